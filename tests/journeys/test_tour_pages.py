"""The pages of the tour with a tour in them, in a real browser: for everyone, at any width, light and dark."""

from __future__ import annotations

import pytest

from escale.apps.schedule.models import Participation, Run, Standing
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci, SchoolHoliday
from escale.core.calendar.halfdays import Weekday
from tests.apps.schedule.sketch import a_draft, a_planned_visit, as_published
from tests.apps.schedule.team import day
from tests.journeys.walk import LOOKS, Walk
from tests.web.cast import Cast
from tests.web.tour.world import a_visit, nth

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    ("coordinator", "/pilotage/tournee/?annee=2027"),
    ("coordinator", "/pilotage/tournee/?annee=2031"),
    ("reader", "/pilotage/tournee/?annee=2027&par=jour"),
    ("coordinator", "/pilotage/tournee/2/?par=commune"),
    ("coordinator", "/pilotage/tournee/mois/2027-05/"),
    ("coordinator", "/pilotage/tournee/semaine/2027-05-04/?brouillon=2"),
    ("coordinator", "/pilotage/tournee/jour/2027-05-04/{post}/"),
    ("coordinator", "/pilotage/tournee/brouillons/"),
    ("coordinator", "/pilotage/tournee/recherches/{run}/"),
    ("coordinator", "/pilotage/communes/59446/"),
]


@pytest.fixture
def tour(cast: Cast) -> dict[str, int]:
    """A published year and a draft of three communes: dates that stand out, a fragile one, a month without a place."""
    epci, post = cast.epci, Post.objects.get()
    Commune.objects.update(latitude=50.3, longitude=3.4)
    Commune.objects.filter(pk=cast.oisy.pk).update(latitude=50.36, longitude=3.43)
    sentinelle = Commune.objects.get(code="59564")
    _take_part(epci, cast.oisy, cast.denain, sentinelle)
    Participation.objects.filter(commune=sentinelle).update(standing=Standing.EXPECTED.value)
    SchoolHoliday.objects.create(
        epci=epci, name="vacances d’été", source="essai", starts=day("2027-07-01"), ends=day("2027-08-31")
    )
    plans = [a_draft(epci, number=number, months=("2027-01", "2027-12")) for number in (1, 2)]
    for month in plans[0].months:
        date = nth(month, 3 if month.number == 4 else 1, Weekday.TUE)
        for plan in plans:
            a_planned_visit(plan, cast.oisy, post, date)
            a_planned_visit(plan, sentinelle, post, date, "PM")
        a_visit(epci, cast.oisy, post, date)
    as_published(plans[0])
    months = {"first_month": "2028-01", "last_month": "2028-12"}
    run = Run.objects.create(epci=epci, problem={}, fingerprint="0" * 64, requested_by="test", **months)
    return {"post": post.pk, "run": run.pk}


def _take_part(epci: Epci, *communes: Commune) -> None:
    for commune in communes:
        Participation.objects.create(epci=epci, commune=commune, standing=Standing.FIRM.value)


def test_each_page_of_the_tour_is_open_to_everyone_with_and_without_scripts(walk: Walk, cast: Cast, tour: dict[str, int]) -> None:
    found: dict[str, list[str]] = {}

    for who, path in PAGES:
        found |= walk.judge_plainly(path.format(**tour), getattr(cast, who), LOOKS)

    assert found == {}
