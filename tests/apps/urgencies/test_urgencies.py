"""A commune asks, the one on call is told, answers, solves and closes; what nobody answers is passed on (art. 4)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from enum import StrEnum

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.messaging.models import Message
from escale.apps.team.models import Leave, Mediator
from escale.apps.territory.actions import record_mairie, set_setting
from escale.apps.territory.models import Commune, Epci
from escale.apps.urgencies.actions import (
    answer_urgency,
    close_urgency,
    forget_callers,
    solve_urgency,
    turn_away_urgency,
    withdraw_urgency,
)
from escale.apps.urgencies.labels import MATTERS, OUT_OF_SCOPE, PLACES, STATES, STEPS
from escale.apps.urgencies.models import Request, Step
from escale.apps.urgencies.queries import urgency_counts
from escale.core.urgencies.calling import Place
from escale.core.urgencies.life import Matter, OutOfScope, StepKind, UrgencyState
from tests.apps.booking.service import Clock
from tests.apps.urgencies.service import PHONE, ask, go_round, letters, send_out

Team = dict[str, Mediator]


def kinds(row: Request) -> list[str]:
    return list(row.steps.values_list("kind", flat=True))


def again(row: Request) -> Request:
    return Request.objects.get(pk=row.pk)


def test_the_one_on_call_is_told_by_message_and_the_commune_sees_it(desk_oisy: User, oisy: Commune, team: Team) -> None:
    send_out(team["Inès"], oisy)

    row = ask(desk_oisy, oisy, words="elle clignote en rouge")

    assert row.told == team["Tom"]
    assert not row.in_field
    assert kinds(row) == ["asked", "told"]
    assert letters() == ["tom.delattre@exemple.fr"]
    assert [message.to for message in Message.objects.filter(channel="sms")] == ["+33639980002"]


def test_no_message_and_no_log_hold_what_was_typed(desk_oisy: User, oisy: Commune, team: Team) -> None:
    ask(desk_oisy, oisy, words="elle clignote en rouge")

    written = f"{list(Message.objects.values('subject', 'body'))} {list(Entry.objects.values('details'))}"
    assert "clignote" not in written
    assert PHONE not in str(list(Entry.objects.values("details")))


def test_outside_the_hours_an_answer_is_awaited_from_the_next_ones(
    clock: Clock, desk_oisy: User, oisy: Commune, team: Team
) -> None:
    clock.go("2026-11-23", "10:00")

    row = ask(desk_oisy, oisy)

    assert row.pass_on_at == dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)


def test_with_both_in_a_hall_the_request_says_so(desk_oisy: User, oisy: Commune, bousignies: Commune, team: Team) -> None:
    send_out(team["Inès"], oisy)
    send_out(team["Tom"], bousignies)

    assert ask(desk_oisy, oisy).in_field


def test_with_nobody_there_the_coordination_is_told_at_once(
    epci: Epci, desk_oisy: User, oisy: Commune, team: Team, coordinator: User
) -> None:
    for mediator in team.values():
        Leave.objects.create(mediator=mediator, starts=dt.date(2026, 11, 24), ends=dt.date(2026, 11, 24))

    row = ask(desk_oisy, oisy)

    assert row.state == UrgencyState.WITH_COORDINATION
    assert letters() == [coordinator.email]


def test_a_double_click_is_one_request(desk_oisy: User, oisy: Commune, team: Team) -> None:
    key = uuid.uuid4()

    assert ask(desk_oisy, oisy, key=key) == ask(desk_oisy, oisy, key=key)
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"call_back": "la mairie"}, "call_back"),
        ({"call_back": ""}, "call_back"),
        ({"words": "le mot de passe est azerty"}, "words"),
        ({"words": "x" * 201}, "words"),
        ({"words": "2 69 05 49 588 157 80"}, "words"),
    ],
)
def test_what_must_not_be_kept_is_refused(fields: dict[str, str], wrong: str, desk_oisy: User, oisy: Commune, team: Team) -> None:
    with pytest.raises(ValidationError) as refusal:
        ask(desk_oisy, oisy, **fields)

    assert set(refusal.value.message_dict) == {wrong}
    assert not Request.objects.exists()


def test_each_one_stays_in_their_place(
    desk_oisy: User, referent_bousignies: User, stranger: User, oisy: Commune, reader: User, team: Team
) -> None:
    row = ask(desk_oisy, oisy)

    for actor in (referent_bousignies, stranger, reader):
        with pytest.raises(PermissionDenied):
            ask(actor, oisy)
        with pytest.raises(PermissionDenied):
            answer_urgency(actor=actor, request=row)
        assert not Request.objects.visible_to(actor).exists()
    with pytest.raises(PermissionDenied):
        answer_urgency(actor=desk_oisy, request=row)


def test_the_first_answer_and_the_solution_are_timed(clock: Clock, tom: User, desk_oisy: User, oisy: Commune, team: Team) -> None:
    record_mairie(actor=SYSTEM, commune=oisy, email="accueil@oisy.example")
    row = ask(desk_oisy, oisy)
    clock.go("2026-11-24", "15:20")
    answer_urgency(actor=tom, request=row)
    clock.go("2026-11-24", "16:00")
    solve_urgency(actor=tom, request=row)

    done = close_urgency(actor=tom, request=row, word="Le pilote était à réinstaller.")

    assert kinds(done) == ["asked", "told", "answered", "solved", "closed"]
    assert done.answered_at is not None
    assert done.solved_at is not None
    assert (done.answered_at - done.asked_at, done.solved_at - done.asked_at) == (dt.timedelta(minutes=20), dt.timedelta(hours=1))
    assert Message.objects.get(to="accueil@oisy.example").subject == "Votre urgence technique"
    assert done.steps.get(kind="answered").mediator == team["Tom"]


def test_what_is_back_is_taken_again_and_keeps_its_first_answer(
    clock: Clock, tom: User, desk_oisy: User, oisy: Commune, team: Team
) -> None:
    row = ask(desk_oisy, oisy)
    first = answer_urgency(actor=tom, request=row).answered_at
    solve_urgency(actor=tom, request=row)
    clock.go("2026-11-24", "16:30")

    back = answer_urgency(actor=tom, request=row)

    assert (back.state, back.answered_at, back.solved_at) == (UrgencyState.ANSWERED, first, None)


def test_what_is_no_first_level_matter_is_turned_away_with_a_reason_and_a_word(
    tom: User, desk_oisy: User, oisy: Commune, team: Team
) -> None:
    row = ask(desk_oisy, oisy)

    done = turn_away_urgency(actor=tom, request=row, reason=OutOfScope.SUPPLIER, word="Appeler le loueur du copieur.")

    assert (done.state, done.out_of_scope, done.last_word) == ("turned_away", "supplier", "Appeler le loueur du copieur.")
    assert done.answered_at is not None


@pytest.mark.parametrize("word", ["", "   ", "le code : 1234"])
def test_a_commune_is_never_left_without_a_word(word: str, tom: User, desk_oisy: User, oisy: Commune, team: Team) -> None:
    row = ask(desk_oisy, oisy)

    with pytest.raises(ValidationError):
        turn_away_urgency(actor=tom, request=row, reason=OutOfScope.REPAIR, word=word)

    assert again(row).state == UrgencyState.ASKED


def test_a_step_that_comes_too_late_is_told(tom: User, ines: User, desk_oisy: User, oisy: Commune, team: Team) -> None:
    row = ask(desk_oisy, oisy)
    answer_urgency(actor=tom, request=row)

    with pytest.raises(ValidationError, match="quelqu’un s’en occupe"):
        answer_urgency(actor=ines, request=row)
    with pytest.raises(ValidationError):
        close_urgency(actor=tom, request=row, word="Fait.")


def test_a_commune_that_no_longer_asks_is_left_in_peace(clock: Clock, desk_oisy: User, oisy: Commune, team: Team) -> None:
    row = ask(desk_oisy, oisy)

    withdraw_urgency(actor=desk_oisy, request=row)
    clock.go("2026-11-24", "18:00")

    assert go_round() == 0
    assert kinds(row)[-1] == "withdrawn"


def test_nobody_answers_so_the_colleague_then_the_coordination_are_told(
    clock: Clock, epci: Epci, desk_oisy: User, oisy: Commune, team: Team
) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="COORDINATION_EMAIL", value="coordination@exemple.example")
    row = ask(desk_oisy, oisy)
    first = row.told
    clock.go("2026-11-24", "16:59")
    assert go_round() == 0
    clock.go("2026-11-24", "17:00")
    assert (go_round(), go_round()) == (1, 0)
    second = again(row)
    clock.go("2026-11-24", "19:00")
    assert (go_round(), go_round()) == (1, 0)

    assert {first, second.told} == set(team.values())
    assert second.state == UrgencyState.PASSED_ON
    assert again(row).state == UrgencyState.WITH_COORDINATION
    assert kinds(row) == ["asked", "told", "passed_on", "escalated"]
    assert len(letters()) == 3
    assert "coordination@exemple.example" in letters()


def test_with_one_mediator_what_is_unanswered_goes_straight_to_the_coordination(
    clock: Clock, coordinator: User, desk_oisy: User, oisy: Commune, team: Team
) -> None:
    Leave.objects.create(mediator=team["Tom"], starts=dt.date(2026, 11, 24), ends=dt.date(2026, 11, 24))
    row = ask(desk_oisy, oisy)
    clock.go("2026-11-24", "17:00")

    assert go_round() == 1
    assert again(row).state == UrgencyState.WITH_COORDINATION


def test_what_was_answered_is_passed_on_to_nobody(clock: Clock, tom: User, desk_oisy: User, oisy: Commune, team: Team) -> None:
    answer_urgency(actor=tom, request=ask(desk_oisy, oisy))
    clock.go("2026-11-25", "17:00")

    assert go_round() == 0


def test_whom_to_call_back_is_forgotten_90_days_after_the_end(clock: Clock, desk_oisy: User, oisy: Commune, team: Team) -> None:
    over, open_ = ask(desk_oisy, oisy, words="elle clignote"), ask(desk_oisy, oisy)
    withdraw_urgency(actor=desk_oisy, request=over)

    assert forget_callers(actor=SYSTEM, on=dt.date(2027, 2, 22)) == 0
    assert forget_callers(actor=SYSTEM, on=dt.date(2027, 2, 23)) == 1

    assert (again(over).call_back, again(over).words) == ("", "")
    assert again(open_).call_back == PHONE
    with pytest.raises(PermissionDenied):
        forget_callers(actor=desk_oisy, on=dt.date(2027, 2, 23))


def test_the_database_refuses_what_must_not_be(desk_oisy: User, oisy: Commune, team: Team) -> None:
    row = ask(desk_oisy, oisy)
    impossible: tuple[dict[str, object], ...] = (
        {"state": "closed"},
        {"state": "answered"},
        {"state": "turned_away", "closed_at": row.asked_at, "answered_at": row.asked_at, "last_word": "Non."},
        {"out_of_scope": "supplier"},
        {"matter": "autre"},
        {"call_back": ""},
        {"answered_at": row.asked_at - dt.timedelta(minutes=1)},
    )
    for values in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            Request.objects.filter(pk=row.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(request=row, kind="told", at=row.asked_at, by="test")


def test_counts_for_the_evaluation(
    clock: Clock, coordinator: User, tom: User, desk_oisy: User, oisy: Commune, team: Team
) -> None:
    rows = [ask(desk_oisy, oisy) for _ in range(4)]
    clock.go("2026-11-24", "15:10")
    answer_urgency(actor=tom, request=rows[0])
    clock.go("2026-11-24", "15:30")
    solve_urgency(actor=tom, request=rows[0])
    turn_away_urgency(actor=tom, request=rows[1], reason=OutOfScope.REPAIR, word="À réparer.")
    withdraw_urgency(actor=desk_oisy, request=rows[2])
    clock.go("2026-11-24", "17:00")
    go_round()

    counts = urgency_counts(coordinator, rows[0].epci, dt.date(2026, 11, 1), dt.date(2026, 11, 24))

    assert (counts.asked, counts.answered, counts.answered_same_day, counts.solved) == (4, 2, 2, 1)
    assert (counts.withdrawn, counts.passed_on, counts.with_coordination) == (1, 1, 0)
    assert counts.turned_away[OutOfScope.REPAIR] == 1
    assert counts.by_matter[Matter.PRINTER] == 4
    assert (counts.first_answer, counts.solution) == (10, 30)
    assert urgency_counts(coordinator, rows[0].epci, dt.date(2026, 11, 25), dt.date(2026, 11, 30)).asked == 0


def test_a_delay_leaves_out_the_night(
    clock: Clock, coordinator: User, tom: User, desk_oisy: User, oisy: Commune, team: Team
) -> None:
    clock.go("2026-11-24", "16:45")
    row = ask(desk_oisy, oisy)
    clock.go("2026-11-25", "09:10")
    answer_urgency(actor=tom, request=row)

    counts = urgency_counts(coordinator, row.epci, dt.date(2026, 11, 1), dt.date(2026, 11, 30))

    assert counts.first_answer == 25
    assert counts.hours.startswith("du lundi au vendredi, 9\u202fh – 12\u202fh et 14\u202fh – 17\u202fh")


@pytest.mark.parametrize(
    ("labels", "values"), [(MATTERS, Matter), (OUT_OF_SCOPE, OutOfScope), (STATES, UrgencyState), (STEPS, StepKind)]
)
def test_a_table_of_labels_is_complete(labels: Mapping[StrEnum, str], values: type[StrEnum]) -> None:
    assert set(labels) == set(values)
    assert all(labels.values())
    assert set(PLACES) == set(Place)
