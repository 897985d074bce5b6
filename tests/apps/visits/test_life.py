"""The life of a half-day: made ready, given up, moved, handed over, made up; each step that the table lacks is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM, Actor
from escale.apps.audit.models import Entry
from escale.apps.booking.models import Appointment, HeldSlot, Telling
from escale.apps.obligations.facts import facts_of
from escale.apps.obligations.promised import promised
from escale.apps.schedule.models import Participation
from escale.apps.team.models import Leave, Mediator, Post
from escale.apps.territory.models import Closure, Commune, Epci, Premises
from escale.apps.visits.actions import (
    cancel_visit,
    change_room,
    close_holding,
    confirm_visit,
    hand_over_visit,
    make_up_visit,
    move_visit,
    refuse_visit,
    waive_visit,
    withdraw_confirmation,
)
from escale.apps.visits.actions.stepping import STEP_WORDS
from escale.apps.visits.answers import HoldingReport, PreparationAnswers
from escale.apps.visits.labels import STORY
from escale.apps.visits.models import Cancellation, Preparation, Visit, VisitState
from escale.apps.visits.queries import (
    free_colleagues,
    free_dates,
    other_places,
    owed_visits,
    visit_counts,
    visit_lines,
    visit_story,
)
from escale.config.effects import EFFECTS
from escale.core.calendar.halfdays import Half
from escale.core.visits.life import VISIT_STEPS, Cause, Side
from escale.core.visits.promises import Tally
from tests.apps.booking.service import Clock, book, promise, settle

pytestmark = pytest.mark.django_db

READY = PreparationAnswers(is_heated=True, has_keys=True, opener="Rose Exemple", opener_phone="03 27 00 00 01")
NEXT_TUESDAY = dt.date(2027, 1, 12)
REPORT = HoldingReport(
    started_at=dt.datetime(2027, 1, 5, 13, 0, tzinfo=dt.UTC), ended_at=dt.datetime(2027, 1, 5, 16, 0, tzinfo=dt.UTC)
)


def cancel(actor: Actor, visit: Visit, side: Side = Side.SERVICE, **said: object) -> Visit:
    return cancel_visit(actor=actor, visit=visit, side=side, cause=Cause.VEHICLE, **said)  # type: ignore[arg-type]


def move(actor: Actor, visit: Visit, date: dt.date = NEXT_TUESDAY, half: Half = Half.PM, post: Post | None = None) -> Visit:
    return move_visit(actor=actor, visit=visit, date=date, half=half, post=post, reason="la salle sert aux vœux")


STEPS: dict[VisitState, Callable[[Visit], object]] = {
    VisitState.PLANNED: lambda visit: withdraw_confirmation(actor=SYSTEM, visit=visit),
    VisitState.HELD: lambda visit: close_holding(actor=SYSTEM, visit=visit, report=REPORT),
    VisitState.CANCELLED: lambda visit: cancel(SYSTEM, visit),
    VisitState.REFUSED: lambda visit: refuse_visit(actor=SYSTEM, visit=visit),
    VisitState.WAIVED: lambda visit: waive_visit(actor=SYSTEM, visit=visit, reason="vœux du maire"),
    VisitState.CONFIRMED: lambda visit: confirm_visit(actor=SYSTEM, visit=visit, preparation=READY),
}


def test_each_state_and_each_event_of_the_story_has_its_words() -> None:
    assert set(STEP_WORDS) == set(STEPS) == set(VisitState)
    assert {f"visits.{state.value}" for state in VisitState if state is not VisitState.PLANNED} <= STORY.keys()
    assert {"visits.cancelled", "visits.refused", "visits.waived", "visits.moved", "visits.handed_over", "visits.made_up"} <= set(
        EFFECTS
    )


@pytest.mark.parametrize(
    ("before", "after"),
    # A confirmation that is said again is the same word with other answers.
    [
        (before, after)
        for before in VisitState
        for after in VisitState
        if (before, after) not in VISIT_STEPS and (before, after) != (VisitState.CONFIRMED, VisitState.CONFIRMED)
    ],
)
def test_a_step_that_the_table_lacks_is_refused_and_writes_nothing(
    visit: Visit, on_the_day: dt.date, before: VisitState, after: VisitState
) -> None:
    Visit.objects.filter(pk=visit.pk).update(state=before.value)

    with pytest.raises(ValidationError, match="Recharger la page"):
        STEPS[after](visit)

    assert Visit.objects.get(pk=visit.pk).state == before
    assert not Cancellation.objects.exists()


@pytest.mark.parametrize(("before", "after"), sorted(VISIT_STEPS))
def test_each_step_of_the_table_is_taken(visit: Visit, on_the_day: dt.date, before: VisitState, after: VisitState) -> None:
    Visit.objects.filter(pk=visit.pk).update(state=before.value)

    STEPS[after](visit)

    assert Visit.objects.get(pk=visit.pk).state == after


def test_the_mairie_confirms_with_what_it_made_ready_and_may_say_it_again(visit: Visit, desk_oisy: User) -> None:
    confirm_visit(actor=desk_oisy, visit=visit, preparation=READY)
    confirm_visit(actor=desk_oisy, visit=visit, preparation=PreparationAnswers(has_power=True))

    prepared = Preparation.objects.get(visit=visit)
    assert (prepared.has_power, prepared.is_heated, prepared.opener) == (True, False, "")
    assert [entry.details["again"] for entry in Entry.objects.filter(event="visits.confirmed").order_by("pk")] == [False, True]
    assert "opener" not in str(Entry.objects.filter(event="visits.confirmed").first().details.values())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "answers"),
    [("opener", {"opener": "Rose, code 1234"}), ("opener_phone", {"opener_phone": "demander à Rose"})],
)
def test_what_must_not_be_stored_is_refused_beside_its_field(
    visit: Visit, desk_oisy: User, field: str, answers: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        confirm_visit(actor=desk_oisy, visit=visit, preparation=PreparationAnswers(**answers))  # type: ignore[arg-type]

    assert list(refusal.value.message_dict) == [field]
    assert not Preparation.objects.exists()


def test_a_visit_of_the_past_is_not_prepared(visit: Visit, clock: Clock, desk_oisy: User) -> None:
    clock.go("2027-01-06")

    with pytest.raises(ValidationError, match="derrière nous"):
        confirm_visit(actor=desk_oisy, visit=visit, preparation=READY)


def test_others_neither_prepare_nor_give_up_nor_move_it(
    visit: Visit, referent_bousignies: User, stranger: User, reader: User, desk_oisy: User, ines: User, other_post: Post
) -> None:
    for actor in (referent_bousignies, stranger, reader):
        with pytest.raises(PermissionDenied):
            confirm_visit(actor=actor, visit=visit, preparation=READY)
        with pytest.raises(PermissionDenied):
            cancel(actor, visit, Side.COMMUNE)
    for actor in (desk_oisy, ines, reader):
        with pytest.raises(PermissionDenied):
            move(actor, visit)
        with pytest.raises(PermissionDenied):
            waive_visit(actor=actor, visit=visit, reason="vœux")
    with pytest.raises(PermissionDenied):
        hand_over_visit(actor=desk_oisy, visit=visit, post=other_post)

    assert Visit.objects.get(pk=visit.pk).sequence == 0


def test_a_mairie_speaks_for_itself_alone(visit: Visit, desk_oisy: User) -> None:
    with pytest.raises(PermissionDenied):
        cancel(desk_oisy, visit, Side.SERVICE)
    with pytest.raises(PermissionDenied):
        cancel(desk_oisy, visit, Side.COMMUNE, is_owed=True)

    cancel(desk_oisy, visit, Side.COMMUNE)

    assert Cancellation.objects.get().is_owed is False


def test_any_mediator_of_the_service_gives_up_any_visit_and_the_service_owes_it(visit: Visit, epci: Epci, tom: User) -> None:
    cancel(tom, visit, force_majeure=True, reason="arbre sur la route")

    lost = Cancellation.objects.get(visit=visit)
    row = Visit.objects.get(pk=visit.pk)
    assert (lost.side, lost.cause, lost.force_majeure, lost.is_owed) == ("service", "vehicle", True, True)
    assert (row.state, row.reason, row.sequence) == ("cancelled", "arbre sur la route", 1)
    assert list(owed_visits(epci)) == [row]


def test_appointments_go_with_a_visit_that_is_given_up_and_their_people_are_to_be_told(
    visit: Visit, ines: User, desk_oisy: User
) -> None:
    book(desk_oisy, visit)

    cancel(ines, visit)

    assert Appointment.objects.get().state == "cancelled"
    assert not HeldSlot.objects.exists()
    assert Telling.objects.get().change == "cancelled"


def test_a_one_off_move_keeps_the_uid_and_tells_in_the_shape_of_a_settlement(
    visit: Visit, coordinator: User, desk_oisy: User, mine: Post
) -> None:
    confirm_visit(actor=desk_oisy, visit=visit, preparation=READY)
    book(desk_oisy, visit)

    move(coordinator, visit)

    row = Visit.objects.get(pk=visit.pk)
    assert (row.uid, row.sequence, row.state, row.origin_date) == (visit.uid, 1, "planned", dt.date(2027, 1, 5))
    assert not Preparation.objects.exists()
    assert Entry.objects.get(event="visits.moved").details == {
        "created": [],
        "cancelled": [],
        "moved": [{"visit": visit.pk, "from": [mine.pk, "2027-01-05", "PM"], "to": [mine.pk, "2027-01-12", "PM"]}],
    }
    assert Telling.objects.get().change == "moved"


@pytest.mark.parametrize(
    ("date", "half", "field"),
    [
        (dt.date(2026, 11, 3), Half.PM, "date"),
        (dt.date(2027, 1, 11), Half.PM, "half"),
        (dt.date(2027, 1, 13), Half.AM, "half"),
        (dt.date(2027, 5, 6), Half.PM, "date"),
        (dt.date(2027, 1, 7), Half.PM, "post"),
        (dt.date(2027, 1, 5), Half.PM, "date"),
    ],
    ids=["past", "a Monday", "Wednesday morning", "Ascension Day", "taken by Bousignies", "where it is"],
)
def test_a_move_to_where_it_cannot_be_is_refused_beside_its_field(
    visit: Visit, coordinator: User, date: dt.date, half: Half, field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        move(coordinator, visit, date, half)

    assert list(refusal.value.message_dict) == [field]
    assert Visit.objects.get(pk=visit.pk).sequence == 0


def test_a_visit_does_not_go_past_the_end_of_a_denounced_convention(visit: Visit, oisy: Commune, coordinator: User) -> None:
    Participation.objects.filter(commune=oisy).update(ends=dt.date(2027, 1, 10))

    with pytest.raises(ValidationError, match="pas de convention en vigueur"):
        move(coordinator, visit)

    assert Visit.objects.get(pk=visit.pk).date == dt.date(2027, 1, 5)
    assert not Entry.objects.filter(event="visits.moved").exists()


def test_a_move_to_a_closed_place_or_to_nobody_is_refused(visit: Visit, oisy: Commune, coordinator: User, ines: User) -> None:
    Leave.objects.create(mediator=Mediator.objects.get(user=ines), kind="LEAVE", starts=NEXT_TUESDAY, ends=NEXT_TUESDAY)
    with pytest.raises(ValidationError, match="Personne n’est présent"):
        move(coordinator, visit)
    Closure.objects.create(premises=Premises.objects.get(commune=oisy), starts=NEXT_TUESDAY, ends=NEXT_TUESDAY)
    with pytest.raises(ValidationError, match="ne peut ouvrir aucune salle"):
        move(coordinator, visit)


def test_a_free_colleague_takes_the_half_day_and_what_was_prepared_holds(
    visit: Visit, ines: User, desk_oisy: User, other_post: Post, mine: Post
) -> None:
    confirm_visit(actor=desk_oisy, visit=visit, preparation=READY)
    book(desk_oisy, visit)
    assert [one.mediator.first_name for one in free_colleagues(visit)] == ["Tom"]

    hand_over_visit(actor=ines, visit=visit, post=other_post)

    row = Visit.objects.get(pk=visit.pk)
    assert (row.post, row.state, row.date) == (other_post, "confirmed", visit.date)
    assert not Telling.objects.exists()
    assert [one.mediator.first_name for one in free_colleagues(row)] == ["Inès"]


def test_a_colleague_who_is_taken_is_not_free(
    visit: Visit, epci: Epci, bousignies: Commune, coordinator: User, other_post: Post
) -> None:
    move(coordinator, Visit.objects.get(commune=bousignies), dt.date(2027, 1, 5), Half.PM, other_post)

    assert free_colleagues(visit) == []
    with pytest.raises(ValidationError, match="a déjà un passage"):
        hand_over_visit(actor=coordinator, visit=visit, post=other_post)


def test_another_place_of_the_commune_shows_at_once_and_is_forgotten_by_a_move(
    visit: Visit, oisy: Commune, bousignies: Commune, desk_oisy: User, coordinator: User
) -> None:
    hall = Premises.objects.create(commune=oisy, name="Salle des fêtes", rank=2)
    assert other_places(visit, Premises.objects.get(name="Mairie", commune=oisy)) == [hall]

    change_room(actor=desk_oisy, visit=visit, premises=hall)

    [line] = visit_lines(Visit.objects.filter(pk=visit.pk))
    assert (line.premises, line.visit.sequence) == (hall, 1)
    with pytest.raises(ValidationError, match="pas de la commune"):
        change_room(actor=desk_oisy, visit=visit, premises=Premises.objects.get(commune=bousignies))
    assert move(coordinator, visit).premises is None


def test_a_make_up_keeps_the_promise_of_the_same_month_once(visit: Visit, coordinator: User, epci: Epci, mine: Post) -> None:
    cancel(coordinator, visit)

    made = make_up_visit(actor=coordinator, visit=visit, date=dt.date(2027, 2, 2), half=Half.AM, post=mine)

    assert (made.for_month, made.makes_up, made.is_make_up) == ("2027-01", visit, True)
    assert not owed_visits(epci)
    with pytest.raises(ValidationError, match="déjà prévu"):
        make_up_visit(actor=coordinator, visit=visit, date=dt.date(2027, 2, 3), half=Half.PM, post=mine)


def test_a_half_day_that_stands_is_not_made_up(visit: Visit, coordinator: User, mine: Post) -> None:
    with pytest.raises(ValidationError, match="pas à rattraper"):
        make_up_visit(actor=coordinator, visit=visit, date=NEXT_TUESDAY, half=Half.PM, post=mine)


def test_free_dates_leave_out_what_is_taken_and_what_art_4_does_not_give(visit: Visit, clock: Clock) -> None:
    dates = free_dates(visit, dt.date(2027, 1, 4))

    taken = {(dt.date(2027, 1, 5), Half.PM), (dt.date(2027, 1, 7), Half.PM)}
    assert len(dates) == 8
    assert not {(one.date, one.half) for one in dates} & taken
    assert all(one.date.weekday() in {1, 2, 3, 4} for one in dates)


def test_a_new_tour_does_not_promise_again_what_was_given_up(
    visit: Visit, epci: Epci, oisy: Commune, bousignies: Commune, mine: Post, desk_oisy: User
) -> None:
    cancel(desk_oisy, visit, Side.COMMUNE)
    neighbour = promise(bousignies, mine, "2027-01-07")

    settle(epci, promise(oisy, mine, "2027-01-05"), neighbour)
    settle(epci, promise(oisy, mine, "2027-01-19"), neighbour)

    assert Visit.objects.filter(commune=oisy).count() == 1


def test_a_new_tour_makes_up_for_what_the_service_owes(visit: Visit, epci: Epci, oisy: Commune, mine: Post, ines: User) -> None:
    cancel(ines, visit)

    for _ in range(2):
        settle(epci, promise(oisy, mine, "2027-01-05"), promise(oisy, mine, "2027-01-19"))

    made = Visit.objects.standing().get(commune=oisy)
    assert (made.makes_up, made.date) == (visit, dt.date(2027, 1, 19))


def test_a_year_that_was_mistyped_is_refused(visit: Visit, coordinator: User, mine: Post) -> None:
    cancel(coordinator, visit)

    with pytest.raises(ValidationError, match="Le mardi 8 janvier 2030 est dans plus d’un an ; vérifier l’année"):
        make_up_visit(actor=coordinator, visit=visit, date=dt.date(2030, 1, 8), half=Half.AM, post=mine)


def test_a_new_tour_leaves_what_was_agreed_apart_and_what_was_held(
    visit: Visit, epci: Epci, oisy: Commune, bousignies: Commune, mine: Post, coordinator: User, clock: Clock
) -> None:
    move(coordinator, visit)
    neighbour = Visit.objects.get(commune=bousignies)
    Visit.objects.filter(pk=neighbour.pk).update(state="held")

    settle(epci, promise(oisy, mine, "2027-01-05"), promise(bousignies, mine, "2027-01-21"))

    assert {(row.commune, row.date, row.state) for row in Visit.objects.all()} == {
        (oisy, NEXT_TUESDAY, "planned"),
        (bousignies, neighbour.date, "held"),
    }


def test_what_was_agreed_apart_goes_when_the_commune_is_promised_nothing_more(
    visit: Visit, epci: Epci, coordinator: User
) -> None:
    move(coordinator, visit)

    settle(epci)

    assert Visit.objects.get(pk=visit.pk).state == "cancelled"


def test_a_make_up_by_hand_stays_through_a_new_tour(
    visit: Visit, epci: Epci, oisy: Commune, mine: Post, coordinator: User
) -> None:
    cancel(coordinator, visit)
    made = make_up_visit(actor=coordinator, visit=visit, date=dt.date(2027, 1, 20), half=Half.PM, post=mine)

    settle(epci, promise(oisy, mine, "2027-01-05"))

    assert list(Visit.objects.standing().filter(commune=oisy)) == [made]


def test_the_counts_of_the_evaluation_add_up(
    visit: Visit, epci: Epci, oisy: Commune, bousignies: Commune, coordinator: User, desk_oisy: User, mine: Post
) -> None:
    cancel(desk_oisy, visit, Side.COMMUNE, force_majeure=True)
    neighbour = Visit.objects.get(commune=bousignies)
    cancel(coordinator, neighbour)
    make_up_visit(actor=coordinator, visit=neighbour, date=dt.date(2027, 1, 20), half=Half.PM, post=mine)

    counts = visit_counts(epci, dt.date(2027, 1, 1), dt.date(2027, 1, 31), today=dt.date(2027, 1, 8))
    of_oisy = visit_counts(epci, dt.date(2027, 1, 1), dt.date(2027, 1, 31), today=dt.date(2027, 1, 8), commune=oisy)

    assert (counts.proposed, counts.coming, counts.cancelled_by_service, counts.cancelled_by_commune) == (3, 1, 1, 1)
    assert (counts.owed, counts.made_up, counts.force_majeure) == (0, 1, 1)
    assert (of_oisy.proposed, of_oisy.cancelled, of_oisy.owed) == (1, 1, 0)


def test_what_is_refused_was_proposed_and_what_is_owed_was_not(
    visit: Visit, bousignies: Commune, oisy: Commune, desk_oisy: User, ines: User
) -> None:
    refuse_visit(actor=desk_oisy, visit=visit)
    cancel(ines, Visit.objects.get(commune=bousignies))

    found = promised([oisy.pk, bousignies.pk], dt.date(2027, 1, 31))

    assert found[oisy.pk]["2027-01"] == [frozenset({Tally.PROPOSED, Tally.REFUSED})]
    assert found[bousignies.pk]["2027-01"] == [frozenset({Tally.CANCELLED_BY_SERVICE})]
    assert facts_of([], dt.date(2027, 1, 31)).promised == {}


def test_the_story_tells_what_was_done_and_by_whom(visit: Visit, coordinator: User, desk_oisy: User) -> None:
    confirm_visit(actor=desk_oisy, visit=visit, preparation=READY)
    move(coordinator, visit)
    cancel(coordinator, visit)

    story = visit_story(coordinator, visit)

    assert [(line.words, line.author) for line in story.lines] == [
        ("la commune confirme", "Lina Mercier"),
        ("déplacé ; c’était le mardi 5 janvier 2027, après-midi", "Nadia Lefebvre"),
        ("n’a pas lieu : le service, panne ou transport", "Nadia Lefebvre"),
    ]


def test_the_database_alone_refuses_two_make_ups_and_a_cancellation_without_a_side(
    visit: Visit, coordinator: User, mine: Post
) -> None:
    cancel(coordinator, visit)
    made = make_up_visit(actor=coordinator, visit=visit, date=dt.date(2027, 1, 20), half=Half.PM, post=mine)
    made.pk, made.uid, made.date = None, type(visit)().uid, dt.date(2027, 1, 21)

    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.bulk_create([made])
    with pytest.raises(IntegrityError), transaction.atomic():
        Cancellation.objects.update(side="nobody")
