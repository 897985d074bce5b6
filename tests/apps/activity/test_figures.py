"""What is kept of each month equals what the records say, whatever is written, corrected, taken away or forgotten, and when."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.accounts.models import User
from escale.apps.activity import figures as reading
from escale.apps.activity.actions import (
    figuring,
    forget_links,
    log_record,
    refresh_figures,
    remove_record,
    tally,
    touch_everything,
)
from escale.apps.activity.figures import country_figures, figures_by_commune, figures_by_month, figures_of
from escale.apps.activity.models import MonthFigures, Record, Tally, TouchedMonth
from escale.apps.activity.queries import activity_counts, counts_of
from escale.apps.activity.reckoning import reckon
from escale.apps.activity.sync import receive_batch
from escale.apps.audit.actors import SYSTEM
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.config import due
from escale.core.activity.figures import Answer, Outcome, Table
from escale.core.activity.records import People, RecordEntry
from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Bound,
    Device,
    Gender,
    Level,
    Mandate,
    Mode,
    Orientation,
    Place,
    Posture,
    Procedure,
    Public,
    Status,
    TallyKind,
    Theme,
)
from escale.core.calendar.months import Month
from tests.apps.activity.writing import batch, entry, item
from tests.apps.booking.service import Clock, book, promise, settle

pytestmark = pytest.mark.django_db
FIRST, LAST = Month(2026, 11), Month(2027, 3)


@pytest.fixture
def visits(visit: Visit, post: Post, bousignies: Commune, clock: Clock) -> list[Visit]:
    """Half-days of two communes in two months, all of them over."""
    clock.go("2026-12-01")
    days = ("2027-01-05", "2027-01-12"), ("2027-01-07", "2027-01-29")
    wanted = [
        promise(commune, post, day) for commune, some in zip((visit.commune, bousignies), days, strict=True) for day in some
    ]
    settle(visit.epci, *wanted)
    clock.go("2027-02-03")
    return list(Visit.objects.order_by("pk"))


def assert_right(epci: Epci, communes: list[Commune]) -> None:
    """Judge every reading against the counts that the records themselves give."""
    whole = activity_counts(SYSTEM, epci, FIRST.first, LAST.last)
    assert counts_of(figures_of(epci, FIRST, LAST)) == whole == counts_of(country_figures(FIRST, LAST))
    apart = figures_by_commune(epci, FIRST, LAST)
    for commune in communes:
        told = activity_counts(SYSTEM, epci, FIRST.first, LAST.last, commune=commune)
        own = figures_of(epci, FIRST, LAST, commune=commune)
        assert counts_of(own) == told
        assert apart.get(commune.pk, reading.NOTHING) == own
    for month, found in figures_by_month(epci, FIRST, LAST).items():
        assert counts_of(found) == activity_counts(SYSTEM, epci, month.first, month.last)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_the_store_says_what_the_records_say(seed: int, ines: User, visits: list[Visit]) -> None:
    draw = random.Random(seed)
    epci, communes = visits[0].epci, [visits[0].commune, visits[-1].commune]
    for _ in range(30):
        step(draw, ines, visits)
        if draw.random() < 0.1:
            assert_right(epci, communes)

    refresh_figures(actor=SYSTEM)

    assert not TouchedMonth.objects.exists()
    assert_right(epci, communes)
    assert figures_of(epci, FIRST, LAST).participations > 0


def step(draw: random.Random, actor: User, visits: list[Visit]) -> None:
    """Do one of the things that change counts, or count."""
    rows = list(Record.objects.standing())
    match draw.choice(["log", "log", "correct", "move", "remove", "tap", "untap", "refresh"]):
        case "log":
            log_record(actor=actor, record=random_entry(draw, visits))
        case "correct" | "move" if rows:
            row = draw.choice(rows)
            log_record(actor=actor, record=replace(random_entry(draw, visits), key=row.key, version=row.version + 1))
        case "remove" if rows:
            remove_record(actor=actor, row=draw.choice(rows))
        case "tap":
            why = draw.choice(list(Bound))
            kind = draw.choice([TallyKind.LEFT, TallyKind.OUT_OF_BOUNDS])
            reason = why if kind is TallyKind.OUT_OF_BOUNDS else None
            tally(actor=actor, visit=draw.choice(visits), kind=kind, key=uuid.uuid4(), reason=reason)
        case "untap" if tapped := Tally.objects.filter(delta=1).select_related("visit").order_by("?").first():
            same = Tally.objects.filter(visit=tapped.visit, reason=tapped.reason).of(TallyKind(tapped.kind))
            if same.total() > 0:
                reason = Bound(tapped.reason) if tapped.reason else None
                kind = TallyKind(tapped.kind)
                tally(actor=actor, visit=tapped.visit, kind=kind, key=uuid.uuid4(), reason=reason, delta=-1)
        case "refresh":
            refresh_figures(actor=SYSTEM, seconds=draw.choice([0, 60]))


def random_entry(draw: random.Random, visits: list[Visit]) -> RecordEntry:
    """Return anything that a mediator may write."""
    themes = frozenset(draw.sample(list(Theme), draw.randint(1, 3)))
    kind = draw.choice([ActivityKind.INDIVIDUAL, ActivityKind.INDIVIDUAL, ActivityKind.COLLECTIVE, ActivityKind.SUPPORT])
    is_alone, mode, posture = kind is ActivityKind.INDIVIDUAL, draw.choice(list(Mode)), draw.choice([None, *Posture])
    people = People() if is_alone else People(total=9, known=draw.choice([None, 2]), ages={AgeBand.FROM_60: draw.randint(0, 4)})
    fields: dict[str, Any] = {
        "kind": kind,
        "minutes": draw.randint(5, 90),
        "themes": themes,
        "procedures": frozenset(draw.sample(list(Procedure), 2)) if Theme.PROCEDURES in themes else frozenset(),
        "devices": frozenset({draw.choice(list(Device))}),
        "mode": mode,
        "place": Place.USUAL if mode is Mode.ON_SITE else Place.REMOTE,
        "public": draw.choice(list(Public)),
        "posture": posture,
        "mandate": Mandate.PAPER if posture is Posture.ACTS else Mandate.NONE,
        "autonomy": draw.choice([None, *Autonomy]),
        "orientation": draw.choice([None, *Orientation]),
        "level": draw.choice([None, *Level]) if kind is ActivityKind.COLLECTIVE else None,
        "age": draw.choice([None, *AgeBand]) if is_alone else None,
        "gender": draw.choice([None, *Gender]) if is_alone else None,
        "status": draw.choice([None, *Status]) if is_alone else None,
        "people": people,
        **{name: draw.choice([None, True, False]) for name in ("is_first_time", "is_solved", "took_pix")},
    }
    return entry(draw.choice(visits), **fields)


def test_crossings_count_people_by_how_they_came_and_how_it_ended(
    ines: User, desk_oisy: User, visit: Visit, clock: Clock
) -> None:
    clock.go("2027-01-04")
    booked = book(desk_oisy, visit)
    clock.go("2027-01-05", "16:45")
    late = dt.datetime(2027, 1, 13, 0, 30, tzinfo=dt.UTC)
    procedure = {"themes": frozenset({Theme.PROCEDURES}), "autonomy": Autonomy.PARTLY}
    log_record(actor=ines, record=entry(visit, appointment=booked.uid, is_solved=True, is_first_time=True, **procedure))
    log_record(actor=ines, record=entry(visit, is_solved=False, orientation=Orientation.SOCIAL, is_first_time=False))
    workshop = People(total=6, known=2)
    log_record(actor=ines, record=entry(visit, kind=ActivityKind.COLLECTIVE, people=workshop, age=None, entered_at=late))

    found = figures_of(visit.epci, FIRST, LAST)

    assert (found.by_appointment, found.walk_in, found.in_workshops, found.participations) == (1, 1, 6, 8)
    assert (found.visits, found.visits_in_time) == (1, 1)
    assert found.table(Table.PEOPLE_BY_OUTCOME) == {Outcome.SOLVED: 1, Outcome.SENT_ON: 1}
    assert found.table(Table.PEOPLE_BY_FIRST_TIME) == {Answer.YES: 5, Answer.NO: 3}
    assert found.table(Table.AUTONOMY_IN_PROCEDURES) == {Autonomy.PARTLY: 1}
    assert found.table(Table.PEOPLE_BY_THEME) == {Theme.EMAIL: 7, Theme.PROCEDURES: 1}
    assert found.table(Table.FIRST_TIME) == {Answer.YES: 1, Answer.NO: 1}


def test_figures_do_not_change_when_residents_are_forgotten(ines: User, desk_oisy: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-04")
    booked = book(desk_oisy, visit)
    clock.go("2027-01-05", "16:45")
    log_record(actor=ines, record=entry(visit, appointment=booked.uid))
    refresh_figures(actor=SYSTEM)
    before = figures_of(visit.epci, FIRST, LAST)

    assert due.daily(dt.datetime(2028, 2, 1, tzinfo=dt.UTC)) == []
    assert forget_links(actor=SYSTEM, on=dt.date(2028, 2, 1)) == 0, "the round of the day has cut the link"
    touch_everything(actor=SYSTEM)

    assert Record.objects.get().appointment is None
    assert figures_of(visit.epci, FIRST, LAST) == before
    refresh_figures(actor=SYSTEM)
    assert figures_of(visit.epci, FIRST, LAST) == before
    assert before.by_appointment == 1


def test_what_is_written_while_a_month_is_counted_stays_to_be_counted(
    ines: User, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_record(actor=ines, record=entry(visit))

    def count_then_write(where: Any) -> Any:
        found = reckon(where)
        log_record(actor=ines, record=entry(visit))
        return found

    monkeypatch.setattr(figuring, "reckon", count_then_write)
    refresh_figures(actor=SYSTEM)

    assert MonthFigures.objects.get(commune=visit.commune).activities == 1
    assert TouchedMonth.objects.count() == 1
    assert figures_of(visit.epci, FIRST, LAST).activities == 2


def test_reading_writes_nothing_and_reads_the_records_of_touched_months_alone(ines: User, visits: list[Visit]) -> None:
    for visit in visits:
        receive_batch(actor=ines, batch=batch(*(item(visit) for _ in range(3))))
    epci, oisy = visits[0].epci, visits[0].commune
    refresh_figures(actor=SYSTEM)
    with CaptureQueriesContext(connection) as kept:
        assert figures_of(epci, Month(2027, 1), Month(2027, 1)).activities == 12
    log_record(actor=ines, record=entry(visits[0]))

    with CaptureQueriesContext(connection) as one:
        assert figures_of(epci, Month(2027, 1), Month(2027, 1)).activities == 13
    receive_batch(actor=ines, batch=batch(*(item(visits[0]) for _ in range(50))))
    with CaptureQueriesContext(connection) as many:
        assert figures_of(epci, Month(2027, 1), Month(2027, 1), commune=oisy).activities == 57

    assert not any("activity_record" in query["sql"] for query in kept.captured_queries)
    assert not any(word in query["sql"] for query in one.captured_queries for word in ("INSERT", "UPDATE", "DELETE"))
    assert (len(kept), len(one), len(many)) == (2, 4, 4)


def test_a_round_counts_a_little_at_a_time_and_a_command_all_of_it(
    ines: User, visits: list[Visit], clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    Visit.objects.filter(pk=visits[0].pk).update(date=dt.date(2026, 12, 30))
    clock.go("2027-01-20")
    for visit in Visit.objects.filter(date__lt=dt.date(2027, 1, 20)):
        log_record(actor=ines, record=entry(visit))

    assert refresh_figures(actor=SYSTEM, seconds=0) == 1
    assert figuring.touched_months()
    call_command("figures")
    assert not TouchedMonth.objects.exists()
    MonthFigures.objects.update(activities=0)
    call_command("figures", all=True)

    assert "Mois recomptés : 2." in capsys.readouterr().out
    assert_right(visits[0].epci, [visits[0].commune, visits[-1].commune])


def test_the_tick_counts(ines: User, visit: Visit) -> None:
    log_record(actor=ines, record=entry(visit))

    due.count_months(dt.datetime(2027, 1, 5, tzinfo=dt.UTC))

    assert set(MonthFigures.objects.filter(commune=None).values_list("epci", "activities")) == {(visit.epci_id, 1), (None, 1)}
