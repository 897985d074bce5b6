"""The half-days of art. 4 on any day: the same numbers as the reports, and nothing known before it was said."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.conventions.models import Convention
from escale.apps.evaluation.halfdays import due_months, half_days_of
from escale.apps.obligations.cases import cases_of
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.queries import kept_on
from escale.apps.schedule.models import Plan, PlanOrigin, Publication
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Cancellation, Visit
from escale.core.calendar.months import Month
from escale.core.calendar.periods import Period
from escale.core.visits.life import Cause, Side, VisitState
from escale.core.visits.promises import Promises
from tests.apps.conventions.paper import day, in_force

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE, JULY = "2026-04", "2026-05", "2026-06", "2026-07"


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    return in_force(epci, oisy)


@pytest.fixture
def post(epci: Epci, oisy: Commune) -> Post:
    plan = Plan.objects.create(
        epci=epci, number=1, first_month="2026-01", last_month="2026-12", origin=PlanOrigin.FIRST.value, created_by="tests"
    )
    for month in Month.range("2026-01..2026-12"):
        Publication.objects.create(epci=epci, plan=plan, month=str(month), published_by="tests")
    return Post.objects.create(epci=epci, label="Poste 1", base=oisy)


def half_day(post: Post, commune: Commune, month: str, state: VisitState, on: str = "", makes_up: Visit | None = None) -> Visit:
    date = day(on or f"{month}-10")
    held = {"date": date, "half": "AM", "origin_date": date, "origin_half": "AM", "for_month": month, "makes_up": makes_up}
    return Visit.objects.create(epci=post.epci, commune=commune, post=post, state=state.value, **held)


def given_up(visit: Visit, side: Side, on: str, *, is_owed: bool = False) -> None:
    at = dt.datetime.combine(day(on), dt.time(9), tzinfo=dt.UTC)
    Cancellation.objects.create(
        visit=visit, side=side.value, cause=Cause.OTHER.value, is_owed=is_owed, written_by="tests", written_at=at
    )


@pytest.fixture
def year(post: Post, oisy: Commune) -> None:
    """Eleven months: one missing, one given up by each side, one refused, one waived, one make-up."""
    for month in Month.range("2026-01..2026-11"):
        if str(month) not in {APRIL, MAY, JUNE, JULY, "2026-08"}:
            half_day(post, oisy, str(month), VisitState.HELD)
    given_up(half_day(post, oisy, APRIL, VisitState.CANCELLED), Side.COMMUNE, "2026-04-20")
    owed = half_day(post, oisy, MAY, VisitState.CANCELLED)
    given_up(owed, Side.SERVICE, "2026-05-08", is_owed=True)
    half_day(post, oisy, MAY, VisitState.HELD, "2026-06-02", makes_up=owed)
    given_up(half_day(post, oisy, JUNE, VisitState.REFUSED), Side.COMMUNE, "2026-05-20")
    given_up(half_day(post, oisy, JULY, VisitState.WAIVED), Side.SERVICE, "2026-07-01")


def monthly(convention: Convention, on: str) -> Kept:
    return next(line for line in kept_on([convention], day(on))[convention.pk] if line.obligation.id == "C-4-1")


def promises(convention: Convention, on: str) -> Promises:
    found = monthly(convention, on).promises
    assert found is not None
    return found


@pytest.mark.usefixtures("year")
def test_what_the_commune_gave_up_and_make_ups_never_count_against_the_epci(convention: Convention) -> None:
    found = monthly(convention, "2026-11-30")

    assert (found.status, found.due) == (Status.LATE, day("2026-08-31"))
    assert found.told == (
        "10 demi-journées proposées sur 11 dues, 7 tenues ; 1 annulée par la commune, 1 refusée par la commune, "
        "1 annulée par le service, 1 abandonnée d’un commun accord, 1 proposée en rattrapage ; manque août 2026"
    )


@pytest.mark.usefixtures("year")
def test_the_numbers_are_those_of_the_reports(convention: Convention, epci: Epci, oisy: Commune) -> None:
    on, year = day("2026-11-30"), Period(2026)

    found = promises(convention, "2026-11-30")
    [case] = cases_of([convention], on)
    reported = half_days_of(epci, [oisy.pk], year, on)[oisy.pk]

    due = due_months(case, year.months, on)
    assert (found.due, found.proposed) == (len(due), sum(reported.proposed.get(month, 0) for month in due))
    assert found.held == sum(reported.held.values())
    for name in ("cancelled_by_commune", "cancelled_by_service", "refused", "waived", "made_up"):
        assert getattr(found, name) == reported.counts[name] == 1


@pytest.mark.usefixtures("year")
def test_on_an_earlier_day_nothing_is_known_of_what_was_said_later(convention: Convention) -> None:
    before = promises(convention, "2026-04-15")
    after = promises(convention, "2026-04-30")
    in_may = promises(convention, "2026-05-31")

    assert (before.due, before.held, before.cancelled_by_commune) == (3, 3, 0)
    assert (after.due, after.held, after.cancelled_by_commune) == (4, 3, 1)
    # The make-up of May is held in June only: on 31 May it was proposed, and still ahead.
    assert (in_may.proposed, in_may.held, in_may.made_up, in_may.cancelled_by_service) == (5, 3, 1, 1)


def test_a_past_half_day_of_which_nobody_said_anything_is_told_apart(convention: Convention, post: Post, oisy: Commune) -> None:
    half_day(post, oisy, "2026-01", VisitState.PLANNED)

    assert monthly(convention, "2026-01-31").told == "1 demi-journée proposée sur 1 due, aucune tenue ; 1 pas encore close"
