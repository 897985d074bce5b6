"""What a mairie answers changes the problem of the tour: half-days shut, dates shut, a weekday preferred."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.schedule.models import Inquiry, Market, Participation, Standing, Wish
from escale.apps.schedule.problems import build_problem
from escale.apps.schedule.wishes import CommuneWish, preferred_weekday, wishes_of
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.readings import WINDOWS, Reading
from tests.apps.schedule.team import day
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
MONTHS = Month.range("2027-01..2027-03")
Team = list[tuple[Post, Mediator]]


def windows(text: str) -> frozenset[Window]:
    return frozenset(map(Window.parse, text.split()))


def ask(epci: Epci, months: str = "2027-01..2027-12") -> Inquiry:
    first, _, last = months.partition("..")
    return Inquiry.objects.create(epci=epci, first_month=first, last_month=last, closes_on=dt.date(2026, 10, 14))


def wish(inquiry: Inquiry, commune: Commune, **fields: object) -> Wish:
    return Wish.objects.create(epci=inquiry.epci, inquiry=inquiry, commune=commune, **fields)


def test_a_wish_changes_the_problem(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    for commune in communes.values():
        Participation.objects.get_or_create(epci=epci, commune=commune, standing=Standing.FIRM.value, starts=SINCE)
    wish(
        ask(epci),
        communes["59001"],
        impossible=["TUE_AM"],
        market="FRI_AM",
        market_effect=Market.AVOID.value,
        wished=["THU_PM"],
        closed_days=["2027-02-04"],
    )

    problem = build_problem(epci, MONTHS)

    asked, silent = problem.commune("59001"), problem.commune("59002")
    assert asked.windows == WINDOWS[Reading.R1] - windows("TUE_AM FRI_AM")
    assert asked.preferred_weekday == Weekday.THU
    assert asked.closed - silent.closed == {day("2027-02-04")}
    assert silent.windows == WINDOWS[Reading.R1]
    assert silent.preferred_weekday is None


def test_what_a_mairie_was_asked_about_a_year_shuts_nothing_in_the_year_before(
    epci: Epci, communes: dict[str, Commune], team: Team
) -> None:
    for commune in communes.values():
        Participation.objects.get_or_create(epci=epci, commune=commune, standing=Standing.FIRM.value, starts=SINCE)
    wish(ask(epci), communes["59001"], impossible=["TUE_AM"])

    asked = build_problem(epci, Month.range("2026-12..2027-01")).commune("59001")

    assert asked.opens(day("2026-12-01"), Half.AM)
    assert not asked.opens(day("2027-01-05"), Half.AM)
    assert asked.opens(day("2027-01-05"), Half.PM)


def test_the_market_shuts_its_half_day_only_when_it_is_to_be_avoided(epci: Epci, oisy: Commune) -> None:
    answer = wish(ask(epci), oisy, market="FRI_AM", market_effect=Market.NEUTRAL.value)
    assert wishes_of(epci, MONTHS) == {oisy.pk: CommuneWish()}

    for effect, expected in (
        (Market.AVOID, CommuneWish(closed_windows=windows("FRI_AM"))),
        (Market.SEEK, CommuneWish(preferred_weekday=Weekday.FRI)),
    ):
        answer.market_effect = effect.value
        answer.save()
        assert wishes_of(epci, MONTHS) == {oisy.pk: expected}


def test_the_last_answer_for_the_months_counts_and_others_do_not(epci: Epci, oisy: Commune) -> None:
    wish(ask(epci, "2026-01..2026-12"), oisy, impossible=["WED_PM"])
    assert wishes_of(epci, MONTHS) == {}

    wish(ask(epci), oisy, impossible=["TUE_AM"], answered_at=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))
    wish(ask(epci, "2027-02..2027-06"), oisy, impossible=["FRI_PM"], answered_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))

    assert wishes_of(epci, MONTHS)[oisy.pk].closed_windows == windows("TUE_AM")


def test_only_the_dates_of_the_months_are_kept(epci: Epci, oisy: Commune) -> None:
    wish(ask(epci), oisy, closed_days=["2027-03-31", "2027-04-01"])

    assert wishes_of(epci, MONTHS)[oisy.pk].closed_days == {day("2027-03-31")}


@pytest.mark.parametrize(
    ("wished", "market", "expected"),
    [
        ("", "", None),
        ("THU_PM", "", Weekday.THU),
        ("TUE_AM THU_AM THU_PM", "", Weekday.THU),
        ("TUE_AM THU_AM", "", Weekday.TUE),
        ("TUE_AM THU_AM", "THU_AM", Weekday.THU),
        ("TUE_AM", "FRI_AM", Weekday.FRI),
    ],
)
def test_one_weekday_is_preferred_the_most_wished_one(wished: str, market: str, expected: Weekday | None) -> None:
    assert preferred_weekday(windows(wished), Window.parse(market) if market else None) == expected


def test_wishes_are_read_in_one_query(epci: Epci, communes: dict[str, Commune]) -> None:
    inquiry = ask(epci)
    for commune in communes.values():
        wish(inquiry, commune, impossible=["TUE_AM"])

    with CaptureQueriesContext(connection) as captured:
        assert len(wishes_of(epci, MONTHS)) == 3
    assert len(captured) == 1
