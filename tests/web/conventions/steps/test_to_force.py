"""From the first draft to the notification, by the guided steps alone; and what each of them refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import record_act
from escale.apps.conventions.models import Act, ActKind, Convention, Notification, Original, Paper, Signatory, Signature
from escale.apps.conventions.queries import state_of
from escale.apps.schedule.models import AnnexedPattern
from escale.apps.territory.models import Commune
from escale.core.convention.life import State
from tests.apps.conventions.paper import day, drafted, frozen, in_force, signatories, voted
from tests.apps.documents.scans import PDF
from tests.web.cast import Cast
from tests.web.conventions.steps.taking import address, nothing_written, preview_of, refused, take, text_of

pytestmark = pytest.mark.usefixtures("_in_november")

EXECUTORY = {"transmitted_on": "2026-11-12", "published_on": "2026-11-13", "receipt": "AR-1", "proof": ""}
ADOPTED: dict[str, Any] = {"held_on": "2026-11-10", "number": "2026-41", **EXECUTORY}
LETTER: dict[str, Any] = {"channel": "LRAR", "number": "1A 000 000 0001 0", "sent": "2026-11-18", "proof": ""}
OPEN = {"initial_term_end": day("2027-06-30")}


def state(convention: Convention) -> State:
    return state_of(Convention.objects.get(pk=convention.pk), day("2026-11-23")).state


def people(cast: Cast, commune: Commune | None = None) -> tuple[Signatory, Signatory]:
    """Return the president and the mayor, both in office."""
    found = signatories(cast.epci, commune or cast.oisy)
    Signatory.objects.update(ends=None)
    return found


def sign_typed(person: Signatory, **typed: str) -> dict[str, Any]:
    return {"signatory": person.pk, "signed_on": "2026-11-16", "method": "PAPIER", "proof": "", **typed}


def signed_lately(client: Client, cast: Cast) -> Convention:
    """Return a convention that both parties have signed in November 2026."""
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    for kind in ("delib_cm", "delib_bureau"):
        take(client, convention, "deliberation", kind=kind, **ADOPTED)
    for person in people(cast):
        take(client, convention, "signer", **sign_typed(person))
    return convention


def test_a_convention_goes_from_its_first_draft_to_its_force(cast: Cast, client: Client) -> None:
    AnnexedPattern.objects.create(epci=cast.epci, commune=cast.oisy, nth=2, weekday=1, half="AM", starts=day("2026-01-05"))
    people(cast)

    begun = client.post("/pilotage/conventions/nouvelle/", {"commune": cast.oisy.pk, "model": "demonstration-2027"}, follow=True)
    convention = Convention.objects.get()
    assert begun.redirect_chain[-1][0] == f"/pilotage/conventions/{convention.pk}/modifier/"
    assert convention.annex == {"nth": 2, "weekday": 1, "half": "AM"}
    take(client, convention, "envoyer-aux-assemblees", read_version=1, on="2026-11-02", proof="")
    assert Paper.objects.get(convention=convention, kind="texte").is_made_here
    take(client, convention, "deliberation", kind="delib_cm", covers_avenants="on", **ADOPTED)
    told = take(client, convention, "deliberation", kind="delib_bureau", **ADOPTED)
    assert "Délibération du Bureau n° 2026-41 du 10 novembre 2026 : c’est enregistré." in told
    assert state(convention) is State.TO_SIGN
    for person in Signatory.objects.all():
        take(client, convention, "signer", **sign_typed(person))
    assert state(convention) is State.SIGNED
    shown = preview_of(client, convention, "notifier", delivered="2026-11-20", **LETTER)
    take(client, convention, "notifier", delivered="2026-11-20", **LETTER)
    take(client, convention, "situer-les-originaux", epci="Wallers, coffre", commune="Mairie", on="2026-11-20")

    assert "<strong>en vigueur, période initiale</strong>" in shown
    assert "<strong>30 juin 2027, puis reconduction si personne ne dénonce</strong>" in shown
    assert "<strong>vendredi 30 avril 2027</strong>" in shown
    assert "<strong>vendredi 9 avril 2027</strong>" in shown
    assert "<strong>participante à partir du 20 novembre 2026</strong>" in shown
    assert "nommer un référent et assurer le suivi, pour le 20 novembre 2026 (art. 3-1)" in shown
    assert state(convention) is State.IN_FORCE
    assert Original.objects.filter(convention=convention).count() == 2


def test_a_text_that_ends_with_the_convention_that_runs_is_not_begun(cast: Cast, client: Client) -> None:
    in_force(cast.epci, cast.oisy)
    Convention.objects.update(ends_on=day("2027-06-30"), ground="denunciation")

    with nothing_written():
        page = text_of(client.post("/pilotage/conventions/nouvelle/", {"commune": cast.oisy.pk, "model": "demonstration-2027"}))

    assert "Oisy est liée par sa convention jusqu’au 30 juin 2027, et ce texte a pour terme le 30 juin 2027" in page


def test_a_vote_before_the_text_left_is_told_and_so_is_a_delegation_of_the_mandate_before(cast: Cast, client: Client) -> None:
    president, _ = people(cast)
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    Convention.objects.filter(pk=convention.pk).update(frozen_on=day("2026-11-12"))
    Signatory.objects.filter(pk=president.pk).update(starts=day("2026-04-09"))
    old = record_act(
        actor=SYSTEM,
        convention=convention,
        kind=ActKind.DELEGATION,
        held_on=day("2020-07-16"),
        number="20/052",
        authorises=False,
        proof="registre",
    )

    told = preview_of(client, convention, "deliberation", kind="delib_bureau", delegation=old.pk, **ADOPTED)

    assert "Cette séance précède l’envoi du texte, le 12 novembre 2026 : vérifier" in told
    assert "Cette délégation, du 16 juillet 2020, date du mandat précédent" in told


STEPS: dict[str, Any] = {
    "envoyer-aux-assemblees": {"read_version": 1, "on": "2026-11-20", "proof": ""},
    "abandonner": {"reason": "La commune renonce."},
    "autre-acte": {"kind": "delegation", **ADOPTED},
    "nommer-un-signataire": {
        "party": "commune",
        "first_name": "Rose",
        "last_name": "Exemple",
        "title": "Maire",
        "gender": "f",
        "starts": "2026-03-28",
    },
}


@pytest.mark.parametrize("step", STEPS)
def test_the_preview_of_a_step_of_a_draft_leaves_no_trace(cast: Cast, client: Client, step: str) -> None:
    people(cast)
    convention = client_draft(cast, client)

    with nothing_written():
        shown = preview_of(client, convention, step, **STEPS[step])

    assert 'value="confirm"' in shown


def client_draft(cast: Cast, client: Client) -> Convention:
    """Return a draft on the model that is open."""
    client.post("/pilotage/conventions/nouvelle/", {"commune": cast.oisy.pk, "model": "demonstration-2027"})
    convention = Convention.objects.latest("pk")
    Convention.objects.filter(pk=convention.pk).update(annex={"nth": 2, "weekday": 1, "half": "AM"})
    return convention


def test_the_preview_of_a_notification_leaves_no_trace(cast: Cast, client: Client) -> None:
    convention = signed_lately(client, cast)

    with nothing_written():
        preview_of(client, convention, "notifier", delivered="2026-11-20", **LETTER)
    with nothing_written():
        preview_of(client, convention, "situer-les-originaux", epci="Wallers", on="2026-11-20")


def test_the_previews_of_acts_and_signatures_leave_no_trace(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    late = {"outcome": "postponed", "held_on": "2026-11-10", "next_council_on": "2026-12-15", "proof": ""}
    with nothing_written():
        preview_of(client, convention, "deliberation", kind="delib_cm", **ADOPTED)
        preview_of(client, convention, "vote-reporte", kind="delib_cm", **late)
        preview_of(client, convention, "reprendre-le-texte", reason="À revoir.")
    for kind in ("delib_cm", "delib_bureau"):
        take(client, convention, "deliberation", kind=kind, **ADOPTED)
    president, _ = people(cast)

    with nothing_written():
        preview_of(client, convention, "signer", **sign_typed(president))
        preview_of(client, convention, "rendre-executoire", receipt="AR-2", proof="", delegation="")


def test_a_file_is_asked_beside_the_button_and_filed_with_the_step(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    shown = preview_of(client, convention, "deliberation", kind="delib_cm", **ADOPTED)
    assert 'type="file"' in shown

    take(
        client,
        convention,
        "deliberation",
        files={"file": SimpleUploadedFile("extrait.pdf", PDF)},
        kind="delib_cm",
        **ADOPTED,
    )

    paper = Paper.objects.get(kind="deliberation")
    assert (paper.act, paper.filed_for, paper.file.name) == (Act.objects.get(), "commune", "extrait.pdf")


def test_a_file_that_lies_is_refused_beside_it_and_nothing_is_lost(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    typed: dict[str, Any] = {"kind": "delib_cm", **ADOPTED, "do": "confirm"}

    with nothing_written():
        answer = client.post(
            address(convention, "deliberation"), {**typed, "file": SimpleUploadedFile("extrait.pdf", b"bonjour")}
        )

    page = text_of(answer)
    assert "« extrait.pdf » n’est pas un PDF, malgré son nom." in page
    assert 'name="number" value="2026-41"' in page
    assert 'value="confirm"' in page


def test_a_model_whose_term_is_past_is_refused(cast: Cast, client: Client) -> None:
    with nothing_written():
        answer = client.post("/pilotage/conventions/nouvelle/", {"commune": cast.oisy.pk, "model": "porte-du-hainaut-2025"})

    assert "Le terme de ce texte, le 30 juin 2026, est passé" in text_of(answer)


def test_all_that_is_missing_is_listed_before_the_text_leaves(cast: Cast, client: Client) -> None:
    client.post("/pilotage/conventions/nouvelle/", {"commune": cast.oisy.pk, "model": "demonstration-2027"})

    page = text_of(client.get(address(Convention.objects.get(), "envoyer-aux-assemblees")))

    assert "Il manque encore" in page
    assert "Signataire de la commune" in page
    assert "Planning annexé" in page
    assert "Compléter le texte" in page


def test_someone_out_of_office_does_not_sign(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    take(client, convention, "deliberation", kind="delib_cm", **ADOPTED)
    _, mayor = signatories(cast.epci, cast.oisy)

    told = refused(client, convention, "signer", **sign_typed(mayor))

    assert told == ["Ce signataire n’était pas en fonction le 16 novembre 2026 ; corriger la date ou le signataire."]


def test_nobody_signs_before_the_act_is_executory_but_by_the_lawyer(cast: Cast, client: Client, lawyer: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    president, _ = people(cast)

    (told,) = refused(client, convention, "signer", **sign_typed(president))
    assert told == "La délibération qui autorise cette signature n’est pas enregistrée."
    assert "Passer outre" not in text_of(client.get(address(convention, "signer")))
    assert refused(client, convention, "signer", **sign_typed(president, override="Je le veux.")) == [told]

    take(lawyer, convention, "signer", **sign_typed(president, override="Délibération à régulariser, accord des parties."))

    assert Signature.objects.get().override == "Délibération à régulariser, accord des parties."


def test_a_weak_signature_is_refused_beside_its_method(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    take(client, convention, "deliberation", kind="delib_bureau", **ADOPTED)
    president, _ = people(cast)

    (told,) = refused(client, convention, "signer", **sign_typed(president, method="SES"))

    assert told.startswith("Ce procédé est trop faible")


def test_a_party_signs_once(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    take(client, convention, "deliberation", kind="delib_bureau", **ADOPTED)
    president, _ = people(cast)
    take(client, convention, "signer", **sign_typed(president))
    other, _ = people(cast)

    (told,) = refused(client, convention, "signer", **sign_typed(other))

    assert told == "Cette partie a déjà signé : une convention a deux signatures."


def test_nobody_signs_once_both_have(cast: Cast, client: Client) -> None:
    convention = signed_lately(client, cast)
    president, _ = people(cast)

    answer = client.post(address(convention, "signer"), sign_typed(president), follow=True)

    assert "cela ne se fait pas maintenant, la convention est signée" in text_of(answer)
    assert Signature.objects.count() == 2


def test_a_notification_does_not_precede_the_signatures(cast: Cast, client: Client) -> None:
    convention = signed_lately(client, cast)

    told = refused(client, convention, "notifier", **{**LETTER, "sent": "2026-11-13"})

    assert told == ["Une convention se notifie une fois signée par les deux parties."]


def test_a_convention_that_is_not_signed_is_not_notified(cast: Cast, client: Client) -> None:
    answer = client.get(address(voted(cast.epci, cast.oisy), "notifier"), follow=True)

    assert "cela ne se fait pas maintenant, la convention est à signer" in text_of(answer)


def test_a_number_of_a_registered_letter_serves_once(cast: Cast, client: Client) -> None:
    in_force(cast.epci, cast.denain)
    known = Notification.objects.get().number
    convention = signed_lately(client, cast)

    told = refused(client, convention, "notifier", **{**LETTER, "number": known})

    assert told == ["Une lettre porte déjà ce numéro ; vérifier le bordereau."]


def test_an_act_to_come_is_refused(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)

    told = refused(client, convention, "deliberation", kind="delib_cm", held_on="2026-11-24", number="2026-42", proof="")

    assert told == ["Le 24 novembre 2026 n’est pas encore venu ; enregistrer ce qui a eu lieu."]


def test_an_old_act_asks_for_a_proof(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)

    told = refused(client, convention, "deliberation", kind="delib_cm", held_on="2026-10-20", number="2026-42", proof="")

    assert told == ["Le 20 octobre 2026 est à plus de trente jours : dire quelle pièce le prouve."]


def test_a_vote_put_off_asks_for_the_next_council(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    typed: dict[str, Any] = {"kind": "delib_cm", "outcome": "postponed", "held_on": "2026-11-10", "proof": ""}

    assert refused(client, convention, "vote-reporte", **typed) == ["Un vote est reporté à une autre séance : en donner la date."]
    told = take(client, convention, "vote-reporte", **typed, next_council_on="2026-12-15")

    assert "vote reporté, prochaine séance le 15 décembre 2026" in told
    assert state(convention) is State.IN_DELIBERATION


def test_the_bureau_without_delegation_is_warned_of_and_its_delegation_joined_later(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)
    warning = "Le Bureau n’a de pouvoir que par une délégation du conseil communautaire"
    assert warning in preview_of(client, convention, "deliberation", kind="delib_bureau", **ADOPTED)
    take(client, convention, "deliberation", kind="delib_bureau", **ADOPTED)
    delegation = record_act(
        actor=SYSTEM, convention=convention, kind=ActKind.DELEGATION, number="20/101", held_on=day("2020-07-16"), proof="extrait"
    )

    take(client, convention, "rendre-executoire", delegation=delegation.pk, receipt="", proof="")

    assert Act.objects.get(kind="delib_bureau").delegation == delegation


def test_a_letter_under_way_waits_for_its_fate(cast: Cast, client: Client) -> None:
    convention = signed_lately(client, cast)
    told = take(client, convention, "notifier", **LETTER)
    assert "Rien ne change tant que la lettre est en route" in told
    assert state(convention) is State.SIGNED

    take(client, convention, "suivre-la-lettre", presented="2026-11-19", delivered="2026-11-20", proof="")

    assert state(convention) is State.IN_FORCE


def test_a_text_taken_back_is_a_draft_again(cast: Cast, client: Client) -> None:
    convention = frozen(cast.epci, cast.oisy, **OPEN)

    take(client, convention, "reprendre-le-texte", reason="Une date est fausse.")

    assert state(convention) is State.DRAFT


def test_a_file_is_archived_once_its_time_is_over(cast: Cast, client: Client, settings: Settings) -> None:
    convention = drafted(cast.epci, cast.oisy)
    take(client, convention, "abandonner", reason="La commune renonce.")
    assert refused(client, convention, "archiver", slip="W 2027/12")
    settings.ESCALE_TODAY = day("2027-11-25")

    take(client, convention, "archiver", slip="W 2027/12")

    assert state_of(Convention.objects.get(pk=convention.pk), day("2027-11-25")).state is State.ARCHIVED
