"""Points to settle: each party notes and answers for itself, both versions stay, and the lawyer alone makes one evidence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.actions import answer_point, make_evidence, note_point, record_contact
from escale.apps.visits.actions.points import KINDS_OF
from escale.apps.visits.models import Point, Visit
from escale.apps.visits.queries import points_waiting
from escale.core.visits.life import PointAnswer, PointKind, Side
from tests.apps.booking.service import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def point(visit: Visit, on_the_day: dt.date, ines: User) -> Point:
    """Inès found the door shut."""
    return note_point(actor=ines, visit=visit, kind=PointKind.NOT_OPENED, words="porte close à 14 h")


def test_each_side_has_kinds_of_its_own() -> None:
    assert set(KINDS_OF) == set(Side)
    assert KINDS_OF[Side.COMMUNE] | KINDS_OF[Side.SERVICE] == set(PointKind)


def test_the_other_party_answers_in_one_click_and_both_versions_stay(
    point: Point, oisy: Commune, epci: Epci, desk_oisy: User, coordinator: User
) -> None:
    assert [line.noted_by for line in points_waiting(desk_oisy, Side.COMMUNE, oisy)] == ["Inès Carlier"]
    assert points_waiting(coordinator, Side.SERVICE, epci) == []

    answer_point(actor=desk_oisy, point=point, answer=PointAnswer.DISPUTED, words="ouvert à 14 h 10")

    row = Point.objects.get()
    assert (row.words, row.answer, row.answer_words) == ("porte close à 14 h", "disputed", "ouvert à 14 h 10")
    assert points_waiting(desk_oisy, Side.COMMUNE, oisy) == []


def test_a_mairie_notes_that_nobody_came_and_the_service_answers(
    visit: Visit, on_the_day: dt.date, desk_oisy: User, ines: User, epci: Epci
) -> None:
    noted = note_point(actor=desk_oisy, visit=visit, kind=PointKind.MEDIATOR_ABSENT)
    assert note_point(actor=desk_oisy, visit=visit, kind=PointKind.MEDIATOR_ABSENT) == noted
    assert len(points_waiting(ines, Side.SERVICE, epci)) == 1

    with pytest.raises(PermissionDenied):
        answer_point(actor=desk_oisy, point=noted, answer=PointAnswer.AGREED)
    answer_point(actor=ines, point=noted, answer=PointAnswer.AGREED)

    assert Point.objects.get().answered_by == ines.actor_id


@pytest.mark.parametrize(
    ("kind", "words", "field"),
    [
        (PointKind.MEDIATOR_LATE, "", "kind"),
        (PointKind.OTHER, " ", "words"),
        (PointKind.NOT_CLEAN, "le mot de passe de la salle", "words"),
        (PointKind.NOT_CLEAN, "long " * 50, "words"),
    ],
)
def test_a_point_that_is_not_theirs_or_says_too_much_is_refused(
    visit: Visit, on_the_day: dt.date, ines: User, kind: PointKind, words: str, field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        note_point(actor=ines, visit=visit, kind=kind, words=words)

    assert list(refusal.value.message_dict) == [field]
    assert not Point.objects.exists()


def test_nothing_is_noted_of_a_visit_to_come_nor_by_others(
    visit: Visit, ines: User, referent_bousignies: User, reader: User, clock: Clock
) -> None:
    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        note_point(actor=ines, visit=visit, kind=PointKind.NOT_OPENED)
    clock.go("2027-01-05", "18:00")
    for actor in (referent_bousignies, reader):
        with pytest.raises(PermissionDenied):
            note_point(actor=actor, visit=visit, kind=PointKind.OTHER, words="rien")


def test_a_point_is_answered_once(point: Point, desk_oisy: User, referent_oisy: User) -> None:
    answer_point(actor=desk_oisy, point=point, answer=PointAnswer.AGREED)
    answer_point(actor=referent_oisy, point=point, answer=PointAnswer.AGREED)

    with pytest.raises(ValidationError, match="déjà sa réponse"):
        answer_point(actor=referent_oisy, point=point, answer=PointAnswer.DISPUTED)
    with pytest.raises(ValidationError, match="Choisir une réponse"):
        answer_point(actor=referent_oisy, point=point, answer=PointAnswer.NONE)

    assert Point.objects.get().answered_by == desk_oisy.actor_id


def test_the_lawyer_alone_makes_evidence_and_only_after_a_word_between_friends(
    point: Point, coordinator: User, lawyer: User, desk_oisy: User
) -> None:
    with pytest.raises(ValidationError, match="échange amiable"):
        make_evidence(actor=lawyer, point=point)
    with pytest.raises(PermissionDenied):
        record_contact(actor=desk_oisy, point=point, on=dt.date(2027, 1, 5))
    record_contact(actor=coordinator, point=point, on=dt.date(2027, 1, 5), words="la clé change de main")
    for actor in (coordinator, desk_oisy):
        with pytest.raises(PermissionDenied):
            make_evidence(actor=actor, point=point)

    make_evidence(actor=lawyer, point=point)

    assert Point.objects.get().evidence_by == lawyer.actor_id
    with pytest.raises(ValidationError, match="ne change plus"):
        record_contact(actor=coordinator, point=point, on=dt.date(2027, 1, 5))


@pytest.mark.parametrize("day", [dt.date(2027, 1, 4), dt.date(2027, 1, 6)], ids=["before the point", "tomorrow"])
def test_a_word_before_the_point_or_in_the_future_is_refused(point: Point, coordinator: User, day: dt.date) -> None:
    with pytest.raises(ValidationError, match="corriger la date"):
        record_contact(actor=coordinator, point=point, on=day)


def test_the_database_alone_refuses_evidence_without_a_word_and_an_answer_by_nobody(point: Point) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.update(evidence_at=timezone.now(), evidence_by="user:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.update(answer="agreed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.create(visit=point.visit, side="service", kind="not_opened", noted_by_actor="x", noted_at=timezone.now())
