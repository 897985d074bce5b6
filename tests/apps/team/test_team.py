"""Posts that mediators hold one after the other, their weeks, their leave, and the days on which nobody works."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.team.actions import (
    add_mediator,
    cancel_leave,
    change_post,
    close_post,
    leave_post,
    occupy_post,
    open_post,
    record_leave,
    set_week,
)
from escale.apps.team.labels import LEAVE_KINDS
from escale.apps.team.models import Leave, LeaveKind, Mediator, Occupancy, Post, WeeklyTemplate
from escale.apps.team.queries import (
    away_days,
    away_days_of,
    days_worked,
    fte_on,
    occupant_on,
    post_windows,
    weeks_beyond_the_reading,
)
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Window

pytestmark = pytest.mark.django_db

JANUARY = [dt.date(2027, 1, day) for day in range(1, 32)]
FIRST, LAST = JANUARY[0], JANUARY[-1]
TUESDAY, FRIDAY = Window.parse("TUE_AM"), Window.parse("FRI_PM")


def jan(first: int, last: int) -> frozenset[dt.date]:
    return frozenset(JANUARY[first - 1 : last])


@pytest.fixture
def post(epci: Epci, oisy: Commune) -> Post:
    return open_post(actor=SYSTEM, epci=epci, label="Poste 1", base=oisy)


@pytest.fixture
def second(epci: Epci) -> Post:
    return open_post(actor=SYSTEM, epci=epci, label="Poste 2", base=(50.4, 3.5), quotite=Decimal("0.8"))


@pytest.fixture
def carlier(epci: Epci) -> Mediator:
    return add_mediator(actor=SYSTEM, epci=epci, first_name="Inès", last_name="Carlier")


@pytest.fixture
def delattre(epci: Epci) -> Mediator:
    return add_mediator(actor=SYSTEM, epci=epci, first_name="Tom", last_name="Delattre")


def test_every_reason_of_a_leave_has_its_words() -> None:
    assert set(LEAVE_KINDS) == set(LeaveKind)


def test_a_post_that_nobody_holds_is_vacant_every_day(post: Post) -> None:
    assert away_days(post, FIRST, LAST) == set(JANUARY)
    assert occupant_on(post, FIRST) is None


def test_a_successor_takes_the_post_where_it_stands(post: Post, carlier: Mediator, delattre: Mediator) -> None:
    held = occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST)
    leave_post(actor=SYSTEM, occupancy=held, ends=dt.date(2027, 1, 10))
    occupy_post(actor=SYSTEM, post=post, mediator=delattre, starts=dt.date(2027, 1, 21))

    assert away_days(post, FIRST, LAST) == jan(11, 20)
    assert (occupant_on(post, FIRST), occupant_on(post, LAST)) == (carlier, delattre)


def test_leave_counts_for_whoever_holds_the_post(post: Post, carlier: Mediator, delattre: Mediator) -> None:
    held = occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST)
    leave_post(actor=SYSTEM, occupancy=held, ends=dt.date(2027, 1, 15))
    occupy_post(actor=SYSTEM, post=post, mediator=delattre, starts=dt.date(2027, 1, 16))
    record_leave(actor=SYSTEM, mediator=carlier, starts=dt.date(2027, 1, 14), ends=dt.date(2027, 1, 20))

    assert away_days(post, FIRST, LAST) == jan(14, 15)


def test_a_post_exists_between_its_dates(epci: Epci, oisy: Commune, carlier: Mediator) -> None:
    post = open_post(actor=SYSTEM, epci=epci, label="Renfort", base=oisy, starts=dt.date(2027, 1, 4))
    occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=dt.date(2027, 1, 4))
    close_post(actor=SYSTEM, post=post, ends=dt.date(2027, 1, 29))

    assert away_days(post, FIRST, LAST) == jan(1, 3) | jan(30, 31)
    assert Occupancy.objects.get().ends == dt.date(2027, 1, 29)


def test_a_post_does_not_close_under_someone_who_is_to_arrive(post: Post, carlier: Mediator) -> None:
    occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=dt.date(2027, 2, 1))

    with pytest.raises(ValidationError, match="doit arriver le 1er février 2027"):
        close_post(actor=SYSTEM, post=post, ends=LAST)

    post.refresh_from_db()
    assert post.ends is None


def test_nobody_holds_a_post_outside_its_dates(epci: Epci, oisy: Commune, carlier: Mediator) -> None:
    post = open_post(actor=SYSTEM, epci=epci, label="Renfort", base=oisy, starts=FIRST, ends=LAST)

    with pytest.raises(ValidationError, match="n’existe que du 1er janvier 2027 au 31 janvier 2027"):
        occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=dt.date(2027, 2, 1))
    assert occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST).ends == LAST


def test_two_people_do_not_hold_one_post(post: Post, carlier: Mediator, delattre: Mediator) -> None:
    occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST)

    with pytest.raises(ValidationError, match="Le poste est déjà occupé"):
        occupy_post(actor=SYSTEM, post=post, mediator=delattre, starts=LAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.bulk_create([Occupancy(post=post, mediator=delattre, starts=LAST)])


def test_one_person_does_not_hold_two_posts(post: Post, second: Post, carlier: Mediator) -> None:
    occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST)

    with pytest.raises(ValidationError, match="occupe déjà un poste"):
        occupy_post(actor=SYSTEM, post=second, mediator=carlier, starts=LAST)


def test_a_mediator_of_another_epci_is_refused(post: Post, elsewhere: Epci) -> None:
    other = add_mediator(actor=SYSTEM, epci=elsewhere, first_name="Val", last_name="Moreau")

    with pytest.raises(ValidationError, match="autre EPCI"):
        occupy_post(actor=SYSTEM, post=post, mediator=other, starts=FIRST)


def test_leave_that_overlaps_is_refused_with_both_dates(carlier: Mediator, coordinator: User) -> None:
    record_leave(actor=coordinator, mediator=carlier, starts=dt.date(2027, 1, 4), ends=dt.date(2027, 1, 8))

    with pytest.raises(ValidationError) as refusal:
        record_leave(actor=coordinator, mediator=carlier, starts=dt.date(2027, 1, 8), ends=dt.date(2027, 1, 12))

    (message,) = refusal.value.message_dict["starts"]
    assert "du 4 janvier 2027 au 8 janvier 2027" in message
    assert "du 8 janvier 2027 au 12 janvier 2027" in message
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.bulk_create([Leave(mediator=carlier, starts=dt.date(2027, 1, 8), ends=dt.date(2027, 1, 8))])


def test_leave_of_two_people_may_meet(carlier: Mediator, delattre: Mediator) -> None:
    for mediator in (carlier, delattre):
        record_leave(actor=SYSTEM, mediator=mediator, starts=FIRST, ends=LAST, kind=LeaveKind.TRAINING)

    assert Leave.objects.between(LAST, LAST).count() == 2


def test_leave_is_taken_back(carlier: Mediator) -> None:
    leave = record_leave(actor=SYSTEM, mediator=carlier, starts=FIRST, ends=LAST)

    cancel_leave(actor=SYSTEM, leave=leave)

    assert record_leave(actor=SYSTEM, mediator=carlier, starts=FIRST, ends=FIRST)


def test_leave_that_ends_before_it_starts_is_refused(carlier: Mediator) -> None:
    with pytest.raises(ValidationError, match="La fin est avant le début"):
        record_leave(actor=SYSTEM, mediator=carlier, starts=LAST, ends=FIRST)


def test_the_service_keeps_its_full_time_equivalents(
    epci: Epci, post: Post, second: Post, carlier: Mediator, delattre: Mediator
) -> None:
    occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST)
    alone = fte_on(epci, FIRST)
    occupy_post(actor=SYSTEM, post=second, mediator=delattre, starts=LAST)
    record_leave(actor=SYSTEM, mediator=carlier, starts=LAST, ends=LAST)

    assert (alone.required, alone.present, alone.missing) == (Decimal(2), Decimal(1), Decimal(1))
    assert (fte_on(epci, LAST).present, fte_on(epci, LAST).missing) == (Decimal("1.80"), Decimal("0.20"))
    set_setting(actor=SYSTEM, epci=epci, key="FTE_REQUIRED", value="1,5")
    assert fte_on(epci, LAST).missing == 0


def test_a_week_takes_half_days_away_from_a_day_on(post: Post, coordinator: User) -> None:
    every = post_windows(post, FIRST)
    set_week(actor=coordinator, post=post, windows=[TUESDAY, FRIDAY])
    set_week(actor=coordinator, post=post, windows=[FRIDAY], starts=dt.date(2027, 1, 18))

    assert len(every) == 7
    assert post_windows(post, dt.date(2027, 1, 17)) == {TUESDAY, FRIDAY}
    assert post_windows(post, dt.date(2027, 1, 18)) == {FRIDAY}


def test_a_week_may_be_set_again_on_the_same_day(post: Post) -> None:
    for windows in ([TUESDAY], [FRIDAY]):
        set_week(actor=SYSTEM, post=post, windows=windows, starts=FIRST)

    assert post_windows(post, LAST) == {FRIDAY}
    assert WeeklyTemplate.objects.count() == 1


def test_a_week_adds_nothing_to_the_reading(post: Post, epci: Epci) -> None:
    set_week(actor=SYSTEM, post=post, windows=[TUESDAY, FRIDAY])
    set_setting(actor=SYSTEM, epci=epci, key="ART4_READING", value="R2")

    with pytest.raises(ValidationError, match="mardi matin"):
        set_week(actor=SYSTEM, post=post, windows=[TUESDAY])
    with pytest.raises(ValidationError, match="Aucune demi-journée"):
        set_week(actor=SYSTEM, post=post, windows=[])
    assert post_windows(post, FIRST) == {FRIDAY}
    assert [week.post for week in weeks_beyond_the_reading(epci)] == [post]


def test_a_base_is_a_commune_or_a_position(post: Post, oisy: Commune) -> None:
    assert post.start == oisy

    change_post(actor=SYSTEM, post=post, label="Poste 1", base=(50.4, 3.5), quotite=Decimal("0.5"))

    post.refresh_from_db()
    assert (post.start, post.quotite) == ((50.4, 3.5), Decimal("0.5"))
    with pytest.raises(ValidationError, match="base du poste"):
        change_post(actor=SYSTEM, post=post, label="Poste 1", base=(95.0, 3.5), quotite=Decimal(1))


@pytest.mark.parametrize("quotite", ["0", "1.01", "-0.5"])
def test_a_post_is_at_most_a_full_time(quotite: str, epci: Epci, oisy: Commune) -> None:
    with pytest.raises(ValidationError, match="quotité est plus grande que 0"):
        open_post(actor=SYSTEM, epci=epci, label="Poste", base=oisy, quotite=Decimal(quotite))


@pytest.mark.parametrize(
    "fields",
    [
        {"quotite": 0},
        {"quotite": 2},
        {"label": ""},
        {"base": None},
        {"base_latitude": 50.0},
        {"starts": LAST, "ends": FIRST},
    ],
)
def test_the_database_refuses_a_post_that_cannot_be(fields: dict[str, object], epci: Epci, oisy: Commune) -> None:
    values: dict[str, object] = {"epci": epci, "label": "Poste", "base": oisy}

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.bulk_create([Post(**(values | fields))])


def test_the_team_is_seen_by_itself_and_its_coordinator(
    coordinator: User,
    ines: User,
    lawyer: User,
    referent_oisy: User,
    stranger: User,
    post: Post,
    carlier: Mediator,
) -> None:
    occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST)
    record_leave(actor=SYSTEM, mediator=carlier, starts=FIRST, ends=LAST)
    set_week(actor=SYSTEM, post=post, windows=[FRIDAY])
    kinds: list[type[models.Model]] = [Post, Mediator, Occupancy, Leave, WeeklyTemplate]

    for kind in kinds:
        rows = kind._default_manager
        assert rows.visible_to(coordinator).exists()  # type: ignore[attr-defined]
        assert rows.visible_to(ines).exists()  # type: ignore[attr-defined]
        for actor in (lawyer, referent_oisy, stranger):
            assert not rows.visible_to(actor).exists()  # type: ignore[attr-defined]


def test_only_a_coordinator_writes_the_team(ines: User, stranger: User, post: Post, carlier: Mediator) -> None:
    for actor in (ines, stranger):
        with pytest.raises(PermissionDenied):
            occupy_post(actor=actor, post=post, mediator=carlier, starts=FIRST)
        with pytest.raises(PermissionDenied):
            record_leave(actor=actor, mediator=carlier, starts=FIRST, ends=LAST)


def test_the_audit_log_holds_no_name_of_the_team(post: Post, carlier: Mediator) -> None:
    occupy_post(actor=SYSTEM, post=post, mediator=carlier, starts=FIRST)

    assert not any("Carlier" in str(entry.details) for entry in Entry.objects.all())


def test_fifty_posts_cost_the_queries_of_one(epci: Epci, oisy: Commune) -> None:
    posts = []
    for number in range(50):
        post = open_post(actor=SYSTEM, epci=epci, label=f"Poste {number}", base=oisy)
        mediator = add_mediator(actor=SYSTEM, epci=epci, first_name="Une", last_name=f"Personne {number}")
        occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=FIRST)
        posts.append(post)

    def count(some: list[Post]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert set(away_days_of(some, FIRST, LAST).values()) == {frozenset()}
        return len(queries)

    assert count(posts[:1]) == count(posts) == 2


SPANS = st.tuples(st.integers(1, 31), st.integers(1, 31)).map(sorted)


@given(st.lists(SPANS, max_size=3), st.lists(SPANS, max_size=3))
def test_a_day_is_worked_when_someone_is_there_and_not_on_leave(held: list[list[int]], leaves: list[list[int]]) -> None:
    occupancies = [Occupancy(mediator_id=1, starts=JANUARY[a - 1], ends=JANUARY[b - 1]) for a, b in held]
    absences = [Leave(mediator_id=1, starts=JANUARY[a - 1], ends=JANUARY[b - 1]) for a, b in leaves]

    worked = days_worked(occupancies, absences, FIRST, LAST)

    for day in JANUARY:
        present = any(a <= day.day <= b for a, b in held)
        absent = any(a <= day.day <= b for a, b in leaves)
        assert (day in worked) == (present and not absent)
