"""The steps of a denunciation: its letter first, what its arrival decides, its sending judged by four rules, its withdrawal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.signing import name_signatory
from escale.apps.conventions.models import Act, Convention, Denonciation, Gender, Paper, Party
from escale.apps.documents.files import bytes_of
from escale.apps.schedule.models import Participation
from escale.apps.territory.actions import reset_setting, set_setting
from tests.apps.conventions.paper import day, in_force, letter
from tests.web.cast import Cast
from tests.web.commune.conftest import pdf
from tests.web.conventions.steps.taking import address, mistakes, nothing_written, preview_of, refused, take, text_of

pytestmark = pytest.mark.usefixtures("_in_november")

PREPARED: dict[str, Any] = {
    "author": "epci",
    "aims_at": "2027-06-30",
    "act": "délibération du Bureau n° B26/081 du 5 octobre 2026",
    "states_fallback": "on",
}
SENT: dict[str, Any] = {
    "author": "commune",
    "channel": "LRAR",
    "number": "1A 111 222 3334 5",
    "sent": "2026-11-16",
    "states_fallback": "on",
}
ON = "si elle est reçue après, elle court jusqu’au 30 juin 2028"


@pytest.fixture
def convention(cast: Cast) -> Convention:
    convention = in_force(cast.epci, cast.oisy)
    names: Any = {"first_name": "Alix", "last_name": "Exemple", "gender": Gender.FEMININE, "starts": day("2026-03-27")}
    name_signatory(actor=SYSTEM, epci=cast.epci, commune=cast.oisy, title="Maire", **names)
    set_setting(actor=SYSTEM, epci=cast.epci, key="EPCI_SEAT", value="Site minier, 59135 Wallers")
    cast.oisy.postal_codes = ["59195"]
    cast.oisy.save()
    return convention


def test_what_the_arrival_of_the_letter_decides_is_told_before_anything_is_written(
    client: Client, convention: Convention
) -> None:
    with nothing_written():
        page = preview_of(client, convention, "preparer-denonciation", **PREPARED)

    assert "Si la lettre est reçue au plus tard le vendredi 30 avril 2027, la convention s’arrête le 30 juin 2027 ;" in page
    assert ON in page
    assert "par la phrase de repli de la lettre" in page
    assert 'name="states_fallback" id="id_states_fallback" checked' in text_of(
        client.get(address(convention, "preparer-denonciation"))
    )
    assert "La poster au plus tard le vendredi 9 avril 2027" in page


def test_the_letter_is_prepared_then_leaves(client: Client, convention: Convention) -> None:
    take(client, convention, "preparer-denonciation", **PREPARED)
    paper = Paper.objects.get()
    assert bytes_of(paper.file).startswith(b"%PDF")
    assert paper.values["aims_at"] == "2027-06-30"
    assert f'value="{paper.pk}" selected' in text_of(client.get(address(convention, "denoncer")))

    told = take(client, convention, "denoncer", **{**SENT, "author": "epci"}, paper=str(paper.pk), aims_at="2027-06-30")

    assert "La dénonciation est en route" in told
    paper.refresh_from_db()
    assert paper.notification == Denonciation.objects.get().notification


def test_a_letter_that_lacks_something_is_not_made_and_says_all_that_it_lacks(
    cast: Cast, client: Client, convention: Convention
) -> None:
    reset_setting(actor=SYSTEM, epci=cast.epci, key="EPCI_SEAT")

    page = preview_of(client, convention, "preparer-denonciation", **PREPARED)

    assert 'value="confirm"' not in page
    assert "Il manque de quoi écrire la lettre" in page
    assert not Paper.objects.exists()


def test_what_a_letter_under_way_will_decide_is_told(client: Client, convention: Convention) -> None:
    page = preview_of(client, convention, "denoncer", **SENT)

    assert ON in page


def test_one_that_was_received_in_time_ends_the_convention_and_its_visits_follow(client: Client, convention: Convention) -> None:
    typed = {**SENT, "delivered": "2026-11-18"}
    with nothing_written():
        page = preview_of(client, convention, "denoncer", **typed)
    assert "dans les délais, de façon certaine" in page
    assert "Date d’envoi (le jour de l’envoi compte) : notifiée le 16 novembre 2026 : dans les délais." in page
    assert page.count(" : dans les délais.") >= 4

    take(client, convention, "denoncer", files={"file": pdf("avis.pdf")}, **typed)

    convention.refresh_from_db()
    assert convention.ends_on == day("2027-06-30")
    assert Participation.objects.get().ends == day("2027-06-30")
    assert Paper.objects.get().notification == Denonciation.objects.get().notification


def test_one_that_can_be_argued_proposes_an_agreement(client: Client, convention: Convention) -> None:
    page = preview_of(
        client,
        convention,
        "denoncer",
        **{**SENT, "sent": "2026-04-29", "presented": "2026-04-30", "delivered": "2026-05-05", "proof": "avis de réception"},
    )

    assert "Cette dénonciation est contestable." in page
    assert "par sa phrase de repli, la convention s’arrête le 30 juin 2027" in page
    assert "proposer un accord écrit sur la date de fin" in page


def test_an_e_mail_is_refused_or_kept_as_without_effect(client: Client, convention: Convention) -> None:
    mail = {**SENT, "channel": "COURRIEL", "number": ""}
    [why] = refused(client, convention, "denoncer", **mail)
    assert "Sans effet – forme." in why

    told = take(client, convention, "denoncer", **mail, keep_void="on")

    assert "sans effet, faute de la forme voulue" in told
    convention.refresh_from_db()
    assert convention.ends_on is None


def test_a_number_that_is_known_is_refused(client: Client, convention: Convention) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=letter("2026-11-10", None, SENT["number"]))

    assert refused(client, convention, "denoncer", **SENT) == ["Une lettre porte déjà ce numéro ; vérifier le bordereau."]


def test_what_became_of_the_letter_is_judged_by_the_four_rules(client: Client, convention: Convention) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=letter("2026-11-10", None))

    page = preview_of(client, convention, "suivre-la-lettre", delivered="2026-11-13")

    assert "dans les délais, de façon certaine" in page
    assert "Règle administrative" in page


def test_both_withdraw_it_in_writing(client: Client, convention: Convention) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-12", "2026-10-14"))
    agreed = {"epci_accepts_on": "2026-11-20", "commune_accepts_on": "2026-11-18"}
    one = {**agreed, "commune_accepts_on": ""}
    assert refused(client, convention, "retirer-la-denonciation", **one) == ["Donner la date de l’accord écrit de la commune."]
    missing = text_of(client.post(address(convention, "retirer-la-denonciation"), {**agreed, "do": "confirm"}))
    assert mistakes(missing) == ["Joindre l’accord écrit des deux parties."]

    told = take(client, convention, "retirer-la-denonciation", files={"file": pdf("accord.pdf")}, **agreed)

    assert "La dénonciation est retirée le 20 novembre 2026, d’un commun accord." in told
    convention.refresh_from_db()
    assert convention.ends_on is None
    assert Participation.objects.filter(ends=None, standing="firm").count() == 1


def test_one_that_has_no_effect_yet_is_withdrawn_too(client: Client, convention: Convention) -> None:
    late = letter("2026-04-29", "2026-05-05", presented=day("2026-04-30"))
    denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=late, states_fallback=False)

    agreed = {"epci_accepts_on": "2026-11-20", "commune_accepts_on": "2026-11-20"}
    take(client, convention, "retirer-la-denonciation", files={"file": pdf("accord.pdf")}, **agreed)

    assert Denonciation.objects.get().withdrawn_on == day("2026-11-20")


def test_after_the_last_day_the_forecast_says_that_it_is_too_late(
    client: Client, convention: Convention, settings: Settings
) -> None:
    settings.ESCALE_TODAY = day("2027-05-03")

    page = preview_of(client, convention, "preparer-denonciation", **{**PREPARED, "states_fallback": ""})

    assert "La lettre devait être reçue au plus tard le vendredi 30 avril 2027 : ce jour est passé" in page
    assert "la convention court jusqu’au 30 juin 2028, puis continue" in page


def test_the_act_that_authorises_is_chosen_among_those_of_the_author(client: Client, convention: Convention) -> None:
    council, bureau = Act.objects.get(kind="delib_cm"), Act.objects.get(kind="delib_bureau")

    (told,) = refused(client, convention, "denoncer", **SENT, act=bureau.pk)
    take(client, convention, "denoncer", **SENT, act=council.pk)

    assert "Cet acte n’est pas de la partie qui dénonce" in told
    assert Denonciation.objects.get().act == council


def test_no_act_is_asked_for_and_its_absence_is_told(client: Client, convention: Convention) -> None:
    shown = preview_of(client, convention, "denoncer", **SENT)

    assert "le texte n’en demande pas, mais qui signe agit au nom de son assemblée" in shown
    assert "La poster au plus tard" not in shown
    take(client, convention, "denoncer", **SENT)
    assert Denonciation.objects.get().act is None
