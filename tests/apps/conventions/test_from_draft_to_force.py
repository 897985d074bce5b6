"""From the draft to the notification: each step only when the one before it holds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries, Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import complete_act, missing_delegation, record_act
from escale.apps.conventions.actions.drafting import (
    DraftChangedError,
    abandon_convention,
    amend_text,
    draft_convention,
    edit_draft,
    freeze_for_deliberation,
)
from escale.apps.conventions.actions.notifying import notify_convention, tell_fate
from escale.apps.conventions.actions.signing import end_offices, place_original, sign
from escale.apps.conventions.journal import first_broken_line
from escale.apps.conventions.models import Act, ActKind, Convention, JournalEntry, Outcome, Party, Signatory
from escale.apps.conventions.queries import recorded, state_of, states_of
from escale.apps.schedule.models import AnnexedPattern, Participation
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.letters import Channel, Returned
from escale.core.convention.life import State
from escale.core.convention.terms import Terms
from tests.apps.conventions.paper import (
    ANNEX,
    day,
    drafted,
    frozen,
    in_force,
    letter,
    refusal,
    signatories,
    signed,
    voted,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


def state(convention: Convention, on: str) -> State:
    (row,) = recorded(Convention.objects.filter(pk=convention.pk))
    return state_of(row, day(on)).state


def _adopt(convention: Convention, kind: ActKind, number: str) -> None:
    """Record an act that is executory on 6 May 2025."""
    held, told = day("2025-05-05"), day("2025-05-06")
    act = record_act(actor=SYSTEM, convention=convention, kind=kind, number=number, held_on=held, proof="extrait")
    complete_act(actor=SYSTEM, act=act, transmitted_on=told, published_on=told, receipt="AR")


def test_a_commune_has_one_convention_in_preparation(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    first = drafted(epci, oisy)
    drafted(epci, bousignies)

    with refusal("E_IN_PREPARATION", "commune"):
        drafted(epci, oisy)
    abandon_convention(actor=SYSTEM, convention=first, reason="Une erreur de texte.")
    assert drafted(epci, oisy).pk != first.pk


def test_one_that_follows_another_is_prepared_beside_the_first_draft(epci: Epci, oisy: Commune) -> None:
    before = in_force(epci, oisy)
    drafted(epci, oisy)

    after = draft_convention(
        actor=SYSTEM, epci=epci, commune=oisy, model="demonstration-2027", model_version="1", terms=Terms(), follows=before
    )

    assert (after.follows, Convention.objects.in_preparation().count()) == (before, 2)


def test_a_convention_goes_from_the_draft_to_its_renewals_with_no_job_run(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)

    days = ("2025-01-05", "2025-01-06", "2025-03-03", "2025-03-10", "2025-03-17", "2026-06-30", "2026-07-01", "2031-07-01")
    states = [state(convention, on) for on in days]

    assert states == [State.DRAFT, State.IN_DELIBERATION, State.TO_SIGN, State.SIGNED, *[State.IN_FORCE] * 4]
    period = state_of(convention, day("2026-11-23")).period
    assert period is not None
    assert (period.number, period.last_day_to_denounce) == (1, day("2027-04-30"))
    assert first_broken_line(convention) is None
    assert JournalEntry.objects.filter(convention=convention).latest("number").event == "conventions.notified"


def test_the_tour_follows_the_notification(epci: Epci, oisy: Commune) -> None:
    in_force(epci, oisy)

    part, pattern = Participation.objects.get(), AnnexedPattern.objects.get()
    assert (part.commune, part.standing, part.starts, part.ends) == (oisy, "firm", day("2025-03-17"), None)
    assert (pattern.value, pattern.starts) == (ANNEX, day("2025-03-17"))


def test_the_states_of_many_cost_as_many_queries_as_of_one(
    epci: Epci, oisy: Commune, bousignies: Commune, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    in_force(epci, oisy)
    with django_assert_num_queries(8) as one:
        states_of(Convention.objects.all(), day("2026-11-23"))
    drafted(epci, oisy)
    frozen(epci, bousignies)

    with django_assert_num_queries(len(one.captured_queries)):
        found = states_of(Convention.objects.all(), day("2026-11-23"))

    assert sorted(situation.state for situation in found.values()) == ["BROUILLON", "EN_DELIBERATION", "EN_VIGUEUR"]


def test_a_thousand_conventions_are_read_at_once(epci: Epci, oisy: Commune) -> None:
    Convention.objects.bulk_create([written(epci, oisy) for _ in range(1100)])

    found = states_of(Convention.objects.all(), day("2026-11-23"))

    assert [situation.state for situation in found.values()] == [State.IN_DELIBERATION] * 1100


def test_the_second_of_two_who_edit_a_draft_is_shown_the_difference(
    epci: Epci, oisy: Commune, coordinator: User, lawyer: User
) -> None:
    convention = drafted(epci, oisy)
    edit_draft(actor=coordinator, convention=convention, version=1, values={"maire": "Paul"}, annex=ANNEX)

    with pytest.raises(DraftChangedError) as caught:
        edit_draft(actor=lawyer, convention=convention, version=1, values={"maire": "Rose"}, annex=ANNEX)

    (difference,) = caught.value.differences
    assert (difference.name, difference.kept, difference.written) == ("maire", "Paul", "Rose")
    edit_draft(actor=lawyer, convention=convention, version=2, values={"maire": "Rose"}, annex=ANNEX)
    convention.refresh_from_db()
    assert (convention.values, convention.version) == ({"maire": "Rose"}, 3)


def test_a_text_that_lacks_something_is_not_frozen(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)

    with pytest.raises(ValidationError, match="Il manque : le nom du maire"):
        freeze_for_deliberation(
            actor=SYSTEM, convention=convention, version=1, text="…", on=day("2026-11-23"), missing=["le nom du maire"]
        )
    # The term of the 2025 model is past: nobody joins by it any more.
    with refusal("E_TEXT_INCOMPLETE", "text"):
        freeze_for_deliberation(actor=SYSTEM, convention=convention, version=1, text="…", on=day("2026-11-23"))


def test_a_text_taken_back_leaves_its_votes_behind(epci: Epci, oisy: Commune) -> None:
    convention = frozen(epci, oisy)
    _adopt(convention, ActKind.COMMUNE_COUNCIL, "2025-07")
    amend_text(actor=SYSTEM, convention=convention, reason="Une faute à l’article 4.")
    convention.refresh_from_db()
    freeze_for_deliberation(
        actor=SYSTEM, convention=convention, version=2, text="Un autre texte.", on=day("2025-02-25"), proof="bordereau"
    )
    convention.refresh_from_db()
    _adopt(convention, ActKind.BUREAU, "B25/014")

    assert state(convention, "2026-11-23") is State.IN_DELIBERATION


def test_a_vote_put_off_waits_for_the_next_council(epci: Epci, oisy: Commune) -> None:
    convention = frozen(epci, oisy)

    act = record_act(
        actor=SYSTEM,
        convention=convention,
        kind=ActKind.COMMUNE_COUNCIL,
        held_on=day("2026-11-20"),
        outcome=Outcome.POSTPONED,
        next_council_on=day("2026-12-18"),
    )

    assert (act.executory_on, act.next_council_on) == (None, day("2026-12-18"))
    with pytest.raises(ValidationError, match="ni transmis ni publié"):
        complete_act(actor=SYSTEM, act=act, transmitted_on=day("2026-11-21"))


def test_one_act_of_the_bureau_authorises_many_conventions(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    voted(epci, oisy)
    other = frozen(epci, bousignies)

    act = record_act(
        actor=SYSTEM, convention=other, kind=ActKind.BUREAU, number="B25/014", held_on=day("2025-02-24"), proof="extrait"
    )

    assert Act.objects.filter(kind="delib_bureau").count() == 1
    assert missing_delegation(act)
    with refusal("E_ACT_KNOWN", "number"):
        record_act(actor=SYSTEM, convention=other, kind=ActKind.BUREAU, number="B25/014", held_on=day("2025-02-25"), proof="?")


def test_the_bureau_acts_under_a_delegation_and_an_opinion_needs_no_frozen_text(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    held_on = day("2026-11-02")
    delegation = record_act(actor=SYSTEM, convention=convention, kind=ActKind.DELEGATION, number="26/041", held_on=held_on)
    record_act(actor=SYSTEM, convention=convention, kind=ActKind.OPINION, held_on=held_on)
    complete_act(actor=SYSTEM, act=delegation, transmitted_on=day("2026-11-04"), published_on=day("2026-11-03"))

    delegation.refresh_from_db()
    assert delegation.executory_on == day("2026-11-04")
    with refusal("E_NOT_FROZEN", "convention"):
        record_act(actor=SYSTEM, convention=convention, kind=ActKind.BUREAU, number="B26", held_on=held_on, delegation=delegation)


@pytest.mark.parametrize(
    ("signed_on", "code", "field"),
    [
        ("2025-02-28", "E_SIGNED_BEFORE_EXECUTORY", "signed_on"),
        ("2026-04-02", "E_SIGNATORY_NOT_IN_OFFICE", "signatory"),
        ("2026-11-24", "E_FUTURE", "signed_on"),
        ("2025-01-02", "E_TRANSITION", "signed_on"),
    ],
)
def test_a_mayor_signs_in_office_after_the_act_is_executory(
    epci: Epci, oisy: Commune, signed_on: str, code: str, field: str
) -> None:
    convention = voted(epci, oisy)
    _, mayor = signatories(epci, oisy)

    with refusal(code, field):
        sign(actor=SYSTEM, convention=convention, signatory=mayor, signed_on=day(signed_on), proof="original")


def test_without_any_act_nobody_signs_unless_the_lawyer_says_why(
    epci: Epci, oisy: Commune, coordinator: User, lawyer: User
) -> None:
    convention = frozen(epci, oisy)
    _, mayor = signatories(epci, oisy)
    on = day("2025-03-10")

    with refusal("E_DELIB_CM_MISSING", "signed_on"):
        sign(actor=lawyer, convention=convention, signatory=mayor, signed_on=on, proof="original")
    with pytest.raises(PermissionDenied):
        sign(actor=coordinator, convention=convention, signatory=mayor, signed_on=on, proof="original", override="Urgence.")
    kept = sign(actor=lawyer, convention=convention, signatory=mayor, signed_on=on, proof="original", override="Acte égaré.")

    assert kept.override == "Acte égaré."
    assert JournalEntry.objects.latest("number").details["override"] == "Acte égaré."


def test_a_third_signature_is_refused(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    convention = voted(epci, oisy)
    president, mayor = signatories(epci, oisy)
    _, neighbour = signatories(epci, bousignies)
    on = day("2025-03-10")
    sign(actor=SYSTEM, convention=convention, signatory=mayor, signed_on=on, proof="original")

    with refusal("E_SIGNED_ALREADY", "signatory"):
        sign(actor=SYSTEM, convention=convention, signatory=mayor, signed_on=on, proof="original")
    with refusal("E_NOT_A_PARTY", "signatory"):
        sign(actor=SYSTEM, convention=convention, signatory=neighbour, signed_on=on, proof="original")
    sign(actor=SYSTEM, convention=convention, signatory=president, signed_on=on, proof="original")
    with refusal("E_TRANSITION", "signed_on"):
        sign(actor=SYSTEM, convention=convention, signatory=president, signed_on=on, proof="original")


def test_back_dating_asks_for_a_proof(epci: Epci, oisy: Commune) -> None:
    convention = voted(epci, oisy)
    president, _ = signatories(epci, oisy)

    with refusal("E_PROOF_MISSING", "proof"):
        sign(actor=SYSTEM, convention=convention, signatory=president, signed_on=day("2026-10-23"))
    sign(actor=SYSTEM, convention=convention, signatory=president, signed_on=day("2026-10-24"))


def test_nothing_is_notified_before_both_have_signed_or_after_the_term(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    unsigned, late = voted(epci, oisy), signed(epci, bousignies)

    with refusal("E_TRANSITION", "sent"):
        notify_convention(actor=SYSTEM, convention=unsigned, posting=letter("2025-03-14", "2025-03-17"))
    with refusal("E_NOTIFICATION_AFTER_TERM", "sent"):
        notify_convention(actor=SYSTEM, convention=late, posting=letter("2026-06-29", "2026-07-06"))
    with refusal("E_VOID_FORM", "channel"):
        notify_convention(actor=SYSTEM, convention=late, posting=letter("2025-03-14", "2025-03-14", channel=Channel.E_MAIL))

    assert not Convention.objects.exclude(notified_on=None).exists()
    assert not Participation.objects.exists()


def test_a_second_convention_of_a_commune_is_refused(epci: Epci, oisy: Commune) -> None:
    in_force(epci, oisy)
    second = voted_again(epci, oisy)

    with refusal("E_OVERLAP", "sent"):
        notify_convention(actor=SYSTEM, convention=second, posting=letter("2025-06-02", "2025-06-04"))


def voted_again(epci: Epci, commune: Commune) -> Convention:
    """Return a second convention of a commune, signed; its acts have other numbers."""
    convention = frozen(epci, commune)
    _adopt(convention, ActKind.BUREAU, "B25/050")
    _adopt(convention, ActKind.COMMUNE_COUNCIL, "2025-50")
    for signatory in signatories(epci, commune):
        sign(actor=SYSTEM, convention=convention, signatory=signatory, signed_on=day("2025-05-12"), proof="original")
    return convention


def test_a_letter_under_way_makes_nothing_take_effect_until_its_fate_is_told(epci: Epci, oisy: Commune) -> None:
    convention = signed(epci, oisy)
    row = notify_convention(actor=SYSTEM, convention=convention, posting=letter("2025-03-14", None))
    assert state(convention, "2025-03-20") is State.SIGNED

    unclaimed = letter("2025-03-14", None, presented=day("2025-03-18"), returned=Returned.UNCLAIMED)
    tell_fate(actor=SYSTEM, notification=row, posting=unclaimed)

    convention.refresh_from_db()
    assert convention.notified_on == day("2025-03-18")
    with refusal("E_FATE_KNOWN", "delivered"):
        tell_fate(actor=SYSTEM, notification=row, posting=unclaimed)


def test_the_number_of_a_registered_letter_serves_once(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    notify_convention(actor=SYSTEM, convention=signed(epci, oisy), posting=letter("2025-03-14", "2025-03-17", "1A 12 3"))
    other = signed(epci, bousignies)

    with refusal("E_LETTER_KNOWN", "number"):
        notify_convention(actor=SYSTEM, convention=other, posting=letter("2025-03-14", "2025-03-17", "1a123"))


def test_there_are_two_originals(epci: Epci, oisy: Commune) -> None:
    convention = signed(epci, oisy)
    for number, holder in ((1, Party.EPCI), (2, Party.COMMUNE)):
        place_original(actor=SYSTEM, convention=convention, number=number, holder=holder, place="Wallers", on=day("2026-11-20"))

    with pytest.raises(ValidationError, match="Il y a deux originaux"):
        place_original(actor=SYSTEM, convention=convention, number=3, holder=Party.EPCI, place="Wallers", on=day("2026-11-20"))


def test_a_draft_is_given_up_and_a_convention_in_force_is_not(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    draft, running = drafted(epci, oisy), in_force(epci, bousignies)

    abandon_convention(actor=SYSTEM, convention=draft, reason="La commune renonce.")

    assert state(draft, "2026-11-23") is State.ABANDONED
    with refusal("E_TRANSITION", "convention"):
        abandon_convention(actor=SYSTEM, convention=running, reason="?")


def test_who_sees_and_who_writes(
    epci: Epci, oisy: Commune, coordinator: User, reader: User, referent_oisy: User, referent_bousignies: User, stranger: User
) -> None:
    draft = drafted(epci, oisy)
    rows = Convention.objects.all
    assert [rows().visible_to(actor).count() for actor in (coordinator, reader, referent_oisy, stranger)] == [1, 0, 0, 0]
    abandon_convention(actor=SYSTEM, convention=draft, reason="Erreur.")
    running = in_force(epci, oisy)

    seen = [list(rows().visible_to(actor)) for actor in (reader, referent_oisy, referent_bousignies, stranger)]

    assert seen == [[running], [running], [], []]
    with pytest.raises(PermissionDenied):
        amend_text(actor=referent_oisy, convention=running, reason="?")


def test_elections_end_the_offices_that_run_and_leave_those_that_follow(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    president, mayor = signatories(epci, oisy)
    _, neighbour = signatories(epci, bousignies)
    Signatory.objects.update(ends=None)
    Signatory.objects.filter(pk=neighbour.pk).update(starts=day("2026-03-28"))

    ended = end_offices(actor=SYSTEM, epci=epci, ends=day("2026-03-27"), communes=[oisy, bousignies])

    assert ended == [mayor]
    assert set(Signatory.objects.filter(ends=None).values_list("pk", flat=True)) >= {president.pk, neighbour.pk}


def test_the_day_is_that_of_the_epci(settings: Settings, epci: Epci, oisy: Commune) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 24)
    convention = voted(epci, oisy)
    president, _ = signatories(epci, oisy)

    assert sign(actor=SYSTEM, convention=convention, signatory=president, signed_on=day("2026-11-24")).pk


def test_an_act_that_the_text_only_cites_lets_nobody_sign(epci: Epci, oisy: Commune) -> None:
    convention = frozen(epci, oisy)

    act = record_act(
        actor=SYSTEM,
        convention=convention,
        kind=ActKind.EPCI_COUNCIL,
        number="23/180",
        held_on=day("2023-10-16"),
        authorises=False,
        proof="extrait",
    )

    assert act.number == "23/180"
    assert not convention.authorisations.exists()
