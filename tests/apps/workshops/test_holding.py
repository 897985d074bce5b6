"""Who came is counted; nobody is made up."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.activity.actions import choose_source
from escale.apps.activity.models import Record, Source
from escale.apps.audit.models import Entry
from escale.apps.team.models import Loan, Mediator, Piece, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.workshops.actions import Attended, hold_workshop, mark_attendance, withdraw_person
from escale.apps.workshops.models import Registration, Workshop
from escale.apps.workshops.queries import participants_by_commune
from escale.core.activity.vocabulary import AgeBand, Mission, Theme
from escale.core.team.equipment import PieceKind
from tests.apps.booking.service import Clock
from tests.apps.workshops.service import DAY, fill, make_kit, register
from tests.cast import SINCE


@pytest.fixture
def people(clock: Clock, desk_oisy: User, workshop: Workshop, oisy: Commune) -> list[Registration]:
    """Three people who registered; the workshop is over."""
    rows = fill(desk_oisy, workshop, oisy, 3)
    clock.go("2027-01-12", "11:45")
    return rows


def attended(people: list[Registration], present: int, **counts: Any) -> Attended:
    keys = [row.pk for row in people]
    return Attended(present=frozenset(keys[:present]), absent=frozenset(keys[present:]), **counts)


def test_a_workshop_is_closed_with_counts_and_gives_one_record(
    ines: User, workshop: Workshop, people: list[Registration]
) -> None:
    counts = {"walk_ins": 2, "known": 1, "ages": {AgeBand.FROM_60: 3}}

    held = hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 2, **counts))

    assert (held.state, held.walk_ins, held.known, held.ages) == ("held", 2, 1, {"soixante_soixante_neuf": 3})
    assert [row.attendance for row in Registration.objects.order_by("pk")] == ["present", "present", "absent"]
    record = Record.objects.get()
    assert (record.key, record.people, record.known, record.minutes, record.date) == (workshop.uid, 4, 1, 120, DAY)
    assert record.theme_set == {Theme.EMAIL}
    assert record.entry.missions == {Mission.QUALITY_OF_LIFE, Mission.AWARENESS}
    assert record.mediator == Mediator.objects.get(user=ines)


def test_closed_twice_it_is_one_record(ines: User, workshop: Workshop, people: list[Registration]) -> None:
    for _ in range(2):
        hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 3))

    assert Record.objects.count() == 1
    assert Entry.objects.filter(event="workshops.held").count() == 1


def test_closed_again_with_something_else_it_is_refused(ines: User, workshop: Workshop, people: list[Registration]) -> None:
    hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 3))

    with pytest.raises(ValidationError, match="noté « tenu »"):
        hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 2))


def test_a_workshop_without_anyone_gives_no_record(ines: User, workshop: Workshop, people: list[Registration]) -> None:
    hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 0))

    assert not Record.objects.exists()


def test_a_mediator_of_la_coop_writes_the_record_there(ines: User, workshop: Workshop, people: list[Registration]) -> None:
    choose_source(actor=ines, mediator=Mediator.objects.get(user=ines), source=Source.COOP)

    hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 3))

    assert not Record.objects.exists()


def test_the_laptops_that_served_are_to_be_erased(
    ines: User, epci: Epci, post: Post, workshop: Workshop, people: list[Registration]
) -> None:
    kit = make_kit(post)
    Workshop.objects.update(kit=kit)
    sorts = [PieceKind.LAPTOP, PieceKind.LAPTOP, PieceKind.LAPTOP, PieceKind.PROJECTOR]
    pieces = [Piece(epci=epci, kit=kit, number=number, kind=kind.value, starts=SINCE) for number, kind in enumerate(sorts, 1)]
    Piece.objects.bulk_create(pieces)
    lent = Piece.objects.get(number=3)
    Loan.objects.create(piece=lent, borrower="Mairie", starts=DAY)

    hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 1))

    assert set(Piece.objects.exclude(used_on=None).values_list("number", flat=True)) == {1, 2}


def test_nothing_is_erased_when_everyone_worked_on_their_own(
    ines: User, epci: Epci, post: Post, workshop: Workshop, people: list[Registration]
) -> None:
    kit = make_kit(post)
    Workshop.objects.update(kit=kit)
    Piece.objects.create(epci=epci, kit=kit, number=1, kind=PieceKind.LAPTOP.value, starts=SINCE)
    Registration.objects.update(brings_device=True)

    hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 2))

    assert not Piece.objects.exclude(used_on=None).exists()


def test_everyone_with_a_place_is_noted(ines: User, workshop: Workshop, people: list[Registration]) -> None:
    with pytest.raises(ValidationError, match="2 personnes inscrites ne sont notées"):
        hold_workshop(actor=ines, workshop=workshop, attended=Attended(present=frozenset({people[0].pk})))


@pytest.mark.parametrize(
    ("counts", "field"),
    [({"known": 9}, "known"), ({"ages": {AgeBand.FROM_60: 4}}, "ages"), ({"walk_ins": -1}, "walk_ins")],
)
def test_counts_that_do_not_add_up_are_refused(
    ines: User, workshop: Workshop, people: list[Registration], counts: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 3, **counts))

    assert list(refused.value.message_dict) == [field]
    assert Workshop.objects.get().state == "open"


def test_attendance_is_noted_while_it_goes_on(ines: User, workshop: Workshop, people: list[Registration]) -> None:
    mark_attendance(actor=ines, workshop=workshop, attended=Attended(present=frozenset({people[1].pk}), walk_ins=1))

    assert [row.attendance for row in Registration.objects.order_by("pk")] == ["", "present", ""]
    assert (Workshop.objects.get().walk_ins, Workshop.objects.get().state) == (1, "open")


def test_nothing_is_noted_before_the_day(ines: User, desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    row = register(desk_oisy, workshop, oisy)

    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        hold_workshop(actor=ines, workshop=workshop, attended=Attended(absent=frozenset({row.pk})))


def test_a_mairie_closes_nothing(desk_oisy: User, workshop: Workshop, people: list[Registration]) -> None:
    with pytest.raises(PermissionDenied):
        hold_workshop(actor=desk_oisy, workshop=workshop, attended=attended(people, 3))


def test_nobody_leaves_what_was_held(ines: User, desk_oisy: User, workshop: Workshop, people: list[Registration]) -> None:
    hold_workshop(actor=ines, workshop=workshop, attended=attended(people, 3))

    with pytest.raises(ValidationError, match="noter son absence"):
        withdraw_person(actor=desk_oisy, registration=people[0])


def test_each_participant_is_counted_once_where_they_live(
    clock: Clock, ines: User, desk_oisy: User, epci: Epci, workshop: Workshop, oisy: Commune, bousignies: Commune
) -> None:
    rows = [register(desk_oisy, workshop, oisy, "Un"), register(desk_oisy, workshop, oisy, "Deux", residence=bousignies)]
    clock.go("2027-01-12", "11:45")
    hold_workshop(actor=ines, workshop=workshop, attended=attended(rows, 2, walk_ins=1))

    assert participants_by_commune(epci, DAY, DAY) == {"59446": 2, "59100": 1}
