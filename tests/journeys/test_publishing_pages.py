"""The publication and the participations with something to tell, in a real browser: for everyone, at any width."""

from __future__ import annotations

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions import annex_pattern, change_standings
from escale.apps.schedule.actions.drafting import copy_plan, first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import Participation, Plan, Standing
from escale.apps.team.actions import record_leave
from escale.apps.territory.models import Commune
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.problem import Annex
from tests.apps.schedule.team import day
from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLISH = "/pilotage/tournee/{}/publier/"
PARTICIPATIONS = "/pilotage/tournee/participations/"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A published spring, then a draft of it: one commune waits for its avenant, another is only expected."""
    Commune.objects.update(latitude=50.3, longitude=3.4)
    wanted = dict.fromkeys(Commune.objects.all(), Standing.FIRM)
    change_standings(actor=SYSTEM, epci=cast.epci, wanted=wanted, starts=day("2099-01-01"))
    Participation.objects.filter(commune__code="59564").update(standing=Standing.EXPECTED)
    months = Month.range("2099-03..2099-05")
    first = first_draft(actor=SYSTEM, epci=cast.epci, months=months)
    publish_plan(actor=SYSTEM, plan=first, version=1, months=months[:2])
    friday = Annex(nth=4, window=Window.parse("FRI_PM"))
    annex_pattern(actor=SYSTEM, epci=cast.epci, commune=cast.oisy, pattern=friday, starts=day("2099-01-01"))
    return copy_plan(actor=SYSTEM, plan=first)


def test_what_a_publication_will_do_is_open_to_everyone(walk: Walk, cast: Cast, plan: Plan) -> None:
    assert walk.judge(PUBLISH.format(plan.number), cast.coordinator) == {}


def test_what_stands_in_its_way_is_open_to_everyone(walk: Walk, cast: Cast, plan: Plan) -> None:
    record_leave(actor=SYSTEM, mediator=cast.camille, starts=day("2099-03-01"), ends=day("2099-03-31"))

    assert walk.judge(PUBLISH.format(plan.number), cast.coordinator) == {}


def test_the_participations_are_open_to_everyone(walk: Walk, cast: Cast, plan: Plan) -> None:
    assert walk.judge(PARTICIPATIONS, cast.coordinator) == {}


def test_another_month_is_told_without_leaving_the_page_and_published_without_scripts(walk: Walk, cast: Cast, plan: Plan) -> None:
    page = walk.open(PUBLISH.format(plan.number), user=cast.coordinator)
    page.get_by_label("Mars 2099").uncheck()
    page.get_by_role("button", name="Publier ces 2 mois").wait_for()

    plain = walk.open(PUBLISH.format(plan.number), user=cast.coordinator, scripts=False)
    for name in ("Mars 2099", "Avril 2099"):
        plain.get_by_label(name).uncheck()
    plain.get_by_role("button", name="Voir ce qui va se passer").click()
    plain.get_by_role("button", name="Publier mai 2099").click()

    assert "C’est publié" in plain.locator("main").inner_text()
