"""A device sends what it kept, once or three times, with its clock right or wrong: nothing is lost, nothing is written twice."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escale.apps.accounts.models import Role, User
from escale.apps.activity.actions import settle_conflict
from escale.apps.activity.ledger import Outcome
from escale.apps.activity.models import Conflict, Record, SyncBatch, Tally
from escale.apps.activity.sync import BatchAnswer, receive_batch
from escale.apps.visits.models import Holding, Visit
from escale.core.visits.life import VisitState
from tests.apps.activity.writing import AT_FOUR, batch, item
from tests.apps.booking.service import Clock, book


def outcomes(answer: BatchAnswer) -> list[str]:
    return [row.outcome.value for row in answer.items]


def test_three_sends_of_one_batch_give_one_record(ines: User, visit: Visit) -> None:
    sent = batch(item(visit), item(visit, "tally", kind="repartie_sans_aide"))

    answers = [outcomes(receive_batch(actor=ines, batch=sent)) for _ in range(3)]

    assert answers == [["accepted"] * 2, ["duplicate"] * 2, ["duplicate"] * 2]
    assert (Record.objects.count(), Tally.objects.count(), SyncBatch.objects.count()) == (1, 1, 1)


def test_a_clock_two_hours_wrong_is_put_right_and_both_are_kept(ines: User, visit: Visit) -> None:
    wrong = dt.timedelta(hours=2)
    sent = batch(item(visit, entered_at=(AT_FOUR + wrong).isoformat()), sent_at=timezone.now() + wrong)

    answer = receive_batch(actor=ines, batch=sent)

    row = Record.objects.get()
    assert (row.entered_at, row.device_time, answer.offset_seconds) == (AT_FOUR, AT_FOUR + wrong, -7200)
    assert SyncBatch.objects.get().device_time == timezone.now() + wrong


def test_one_item_that_cannot_be_read_stops_no_other(ines: User, visit: Visit) -> None:
    answer = receive_batch(
        actor=ines, batch=batch(item(visit, minutes=0), item(visit), {**item(visit), "visit": str(uuid.uuid4())})
    )

    assert outcomes(answer) == ["refused", "accepted", "refused"]
    assert ["minutes" in answer.items[0].reasons, "visit" in answer.items[2].reasons] == [True, True]


def test_a_record_and_its_correction_come_in_one_batch(ines: User, visit: Visit) -> None:
    first = item(visit)

    answer = receive_batch(actor=ines, batch=batch(first, {**first, "minutes": 45, "version": 2}))

    assert outcomes(answer) == ["accepted", "accepted"]
    assert Record.objects.get().minutes == 45


def test_a_conflict_keeps_both_versions_until_someone_chooses(ines: User, visit: Visit) -> None:
    first = item(visit)
    receive_batch(actor=ines, batch=batch(first))
    receive_batch(actor=ines, batch=batch({**first, "minutes": 45, "version": 2}))
    other = {**first, "minutes": 60, "version": 2}

    answers = [receive_batch(actor=ines, batch=batch(other)).items[0] for _ in range(2)]

    (conflict,) = Conflict.objects.all()
    assert [answer.outcome for answer in answers] == [Outcome.CONFLICT] * 2
    assert [(answer.kept or {})["minutes"] for answer in answers] == [45, 45]
    assert [(answer.given or {})["minutes"] for answer in answers] == [60, 60]
    row = settle_conflict(actor=ines, conflict=conflict, keep_given=True)
    assert (row.minutes, row.version) == (60, 3)


def test_the_version_that_someone_chose_replaces_the_other(ines: User, visit: Visit) -> None:
    first = item(visit)
    receive_batch(actor=ines, batch=batch(first))
    receive_batch(actor=ines, batch=batch({**first, "minutes": 45, "version": 2}))

    answer = receive_batch(actor=ines, batch=batch({**first, "minutes": 60, "version": 2, "replaces": True}))

    assert outcomes(answer) == ["accepted"]
    assert Record.objects.get().minutes == 60


def test_the_version_that_stands_may_be_chosen_on_the_device_too(ines: User, visit: Visit) -> None:
    first = item(visit)
    other = {**first, "minutes": 60, "version": 2}
    receive_batch(actor=ines, batch=batch(first, {**first, "minutes": 45, "version": 2}))
    receive_batch(actor=ines, batch=batch(other))

    answer = receive_batch(actor=ines, batch=batch({**other, "yields": True}))

    assert outcomes(answer) == ["duplicate"]
    assert Record.objects.get().minutes == 45
    assert Conflict.objects.get().settled_at is not None


def test_what_was_chosen_on_a_page_is_told_to_the_device_and_typed_anew_is_asked_again(ines: User, visit: Visit) -> None:
    first = item(visit)
    other = {**first, "minutes": 60, "version": 2}
    receive_batch(actor=ines, batch=batch(first, {**first, "minutes": 45, "version": 2}))
    receive_batch(actor=ines, batch=batch(other))
    settle_conflict(actor=ines, conflict=Conflict.objects.get(), keep_given=False)
    anew = {**other, "entered_at": (AT_FOUR + dt.timedelta(minutes=1)).isoformat()}

    answers = [receive_batch(actor=ines, batch=batch(one)) for one in (other, anew)]

    assert [outcomes(answer) for answer in answers] == [["duplicate"], ["conflict"]]
    assert Conflict.objects.get().settled_at is None


def test_a_removal_and_a_mark_are_taken(ines: User, desk_oisy: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-04")
    appointment = book(desk_oisy, visit)
    clock.go("2027-01-05", "16:45")
    first = item(visit)
    receive_batch(actor=ines, batch=batch(first))
    mark = {"sort": "mark", "key": str(uuid.uuid4()), "appointment": str(appointment.uid), "is_present": False}

    answer = receive_batch(
        actor=ines, batch=batch({"sort": "removal", "key": first["key"]}, {**mark, "entered_at": AT_FOUR.isoformat()})
    )

    appointment.refresh_from_db()
    assert outcomes(answer) == ["accepted", "accepted"]
    assert (Record.objects.standing().count(), appointment.state) == (0, "absent")


def test_a_half_day_is_closed_from_a_device_and_two_closings_show_both(ines: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-05", "17:30")
    closing = item(visit, "closing", started="14:00", ended="17:00", was_heated="oui")

    first = receive_batch(actor=ines, batch=batch(closing))
    again = receive_batch(actor=ines, batch=batch(closing))
    other = receive_batch(actor=ines, batch=batch({**closing, "ended": "16:30"}))

    visit.refresh_from_db()
    assert [outcomes(answer) for answer in (first, again, other)] == [["accepted"], ["duplicate"], ["conflict"]]
    assert visit.state == VisitState.HELD
    assert Holding.objects.get().was_heated is True
    assert (other.items[0].kept or {})["ended_at"] != (other.items[0].given or {})["ended_at"]


def test_a_batch_of_someone_who_was_removed_is_refused_and_not_stored(ines: User, visit: Visit, clock: Clock) -> None:
    Role.objects.filter(user=ines).update(ends=dt.date(2027, 1, 4))
    gone = User.objects.get(pk=ines.pk)

    with pytest.raises(PermissionDenied):
        receive_batch(actor=gone, batch=batch(item(visit)))

    assert (Record.objects.count(), SyncBatch.objects.count()) == (0, 0)


def test_a_thousand_records_ask_as_many_questions_as_ten(ines: User, visit: Visit, django_assert_max_num_queries: object) -> None:
    few, many = (batch(*(item(visit) for _ in range(count))) for count in (10, 100))

    receive_batch(actor=ines, batch=few)
    with django_assert_max_num_queries(260):  # type: ignore[operator]
        receive_batch(actor=ines, batch=many)

    assert Record.objects.count() == 110
