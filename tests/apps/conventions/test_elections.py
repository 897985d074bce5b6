"""After elections: offices end together, every commune is asked again, and what it answers is seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.conventions.actions.acting import record_act
from escale.apps.conventions.actions.electing import answer_round, open_election_round, remind_round
from escale.apps.conventions.actions.signing import name_signatory
from escale.apps.conventions.elections import current_round, own_acts, round_lines, round_plan
from escale.apps.conventions.models import ActKind, Asked, ElectionRound, Gender, Signatory
from escale.apps.messaging.models import Message
from escale.apps.territory.actions import name_referent
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, drafted, in_force, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
NEW: dict[str, Any] = {"first_name": "Dominique", "last_name": "Essai"}


@pytest.fixture
def asked(epci: Epci, oisy: Commune, bousignies: Commune) -> ElectionRound:
    """A round opened today for a commune that can be reached and one that cannot."""
    in_force(epci, oisy)
    drafted(epci, bousignies)
    name_referent(actor=SYSTEM, commune=oisy, starts=day("2025-01-06"), email="referent@oisy.example", **NEW)
    return open_election_round(actor=SYSTEM, epci=epci, ends=day("2026-10-02"))[0]


def test_a_round_ends_the_offices_and_writes_to_each_mairie_that_can_be_reached(
    epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    in_force(epci, oisy)
    drafted(epci, bousignies)
    name_referent(actor=SYSTEM, commune=oisy, starts=day("2025-01-06"), email="referent@oisy.example", **NEW)

    asked, written = open_election_round(actor=SYSTEM, epci=epci, ends=day("2026-10-02"))

    assert (written.reached, written.unreached) == ((oisy,), (bousignies,))
    assert Signatory.objects.get(commune=None).ends == day("2026-10-02")
    letter = Message.objects.get()
    assert letter.to == "referent@oisy.example"
    assert "2 octobre 2026" in letter.body
    assert "Votre convention continue" in letter.body
    assert current_round(epci) == asked
    assert Entry.objects.filter(event="conventions.round_opened").exists()


def test_the_plan_says_beforehand_what_the_round_will_do(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    in_force(epci, oisy)
    convention = drafted(epci, bousignies)
    number: dict[str, Any] = {"kind": ActKind.DELEGATION, "number": "20/101", "proof": "registre"}
    record_act(actor=SYSTEM, convention=convention, held_on=day("2020-07-16"), **number)

    plan = round_plan(epci, day("2026-10-02"), day("2026-11-23"))

    assert [signatory.title for signatory in plan.signatories] == ["Présidente"], "the mayor's office has ended already"
    assert plan.delegation is not None
    assert plan.delegation.number == "20/101"
    assert plan.communes == plan.unreached == (bousignies, oisy)


@pytest.mark.parametrize(
    ("ends", "code"), [("2026-11-24", "E_FUTURE"), ("2025-01-01", "E_SIGNED_LATER"), ("2026-10-02", "E_ROUND_OPEN")]
)
def test_a_day_that_cannot_be_the_end_of_the_offices_is_refused(asked: ElectionRound, ends: str, code: str) -> None:
    name_signatory(
        actor=SYSTEM, epci=asked.epci, commune=None, title="Présidente", gender=Gender.FEMININE, starts=day("2026-10-08"), **NEW
    )
    Signatory.objects.filter(title="Présidente").exclude(starts=day("2026-10-08")).update(ends=None)

    with refusal(code, "ends"):
        open_election_round(actor=SYSTEM, epci=asked.epci, ends=day(ends))


def test_what_a_mairie_answers_and_whom_it_names_are_both_seen(asked: ElectionRound, oisy: Commune, bousignies: Commune) -> None:
    answer_round(actor=SYSTEM, round=asked, commune=oisy, asked=Asked.REFERENT)
    answer_round(actor=SYSTEM, round=asked, commune=oisy, asked=Asked.REFERENT)
    person = {**NEW, "title": "Maire", "gender": Gender.MASCULINE}
    name_signatory(actor=SYSTEM, epci=asked.epci, commune=oisy, starts=day("2026-10-05"), **person)

    lines = {line.commune: line for line in round_lines(asked, day("2026-11-23"))}

    assert (lines[oisy].signatory, lines[oisy].referent) == (day("2026-10-05"), day("2026-11-23"))
    assert lines[oisy].is_complete
    assert (lines[bousignies].signatory, lines[bousignies].referent, lines[bousignies].addresses) == (None, None, ())
    assert asked.answers.count() == 1


def test_a_mairie_is_reminded_of_what_it_has_not_answered_and_never_twice_a_day(asked: ElectionRound, oisy: Commune) -> None:
    Message.objects.update(queued_at="2026-11-23T10:00:00Z")
    assert remind_round(actor=SYSTEM, asked=asked).reached == (), "written to today already"
    Message.objects.update(queued_at="2026-11-01T10:00:00Z")

    assert remind_round(actor=SYSTEM, asked=asked).reached == (oisy,)

    assert Message.objects.filter(subject__startswith="Rappel").count() == 1


def test_the_acts_of_the_epci_are_to_be_taken_again(asked: ElectionRound) -> None:
    assert [act.done for act in own_acts(asked)] == [None, None]

    person = {**NEW, "title": "Président", "gender": Gender.MASCULINE}
    name_signatory(actor=SYSTEM, epci=asked.epci, commune=None, starts=day("2026-10-08"), **person)

    assert [(act.done, act.article) for act in own_acts(asked)] == [
        (day("2026-10-08"), "L. 5211-2 CGCT"),
        (None, "L. 5211-10 CGCT"),
    ]


def test_a_referent_answers_for_its_own_commune_alone(asked: ElectionRound, referent_oisy: User, bousignies: Commune) -> None:
    with pytest.raises(PermissionDenied):
        answer_round(actor=referent_oisy, round=asked, commune=bousignies, asked=Asked.SIGNATORY)
    with pytest.raises(PermissionDenied):
        open_election_round(actor=referent_oisy, epci=asked.epci, ends=day("2026-09-01"))
