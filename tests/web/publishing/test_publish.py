"""One page says what a publication will do, month by month, before its one button."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions import annex_pattern
from escale.apps.schedule.actions.drafting import copy_plan, discard_plan
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import AnnexedPattern, Participation, Plan, PlanOrigin, PlanState, Publication, Standing
from escale.apps.team.actions import record_leave
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.problem import Annex
from tests.apps.schedule.team import day
from tests.web.counting import queries_of

pytestmark = pytest.mark.django_db
PAGE = "/pilotage/tournee/1/publier/"
Team = list[tuple[Post, Mediator]]


def words(content: bytes) -> str:
    """Return the text of a page as it is read: without tags, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).replace("\u00a0", " ").split())


def fields(client: Client, page: str = PAGE) -> dict[str, list[str]]:
    """Return what the one form of the page that sends would send."""
    form = client.get(page).content.decode().split('<form method="post" action="/pilotage')[1]
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', form) for name in ("version", "last_seen", "months")}


def test_the_page_says_what_will_happen_and_writes_nothing(draft: Plan, client: Client) -> None:
    shown = words(client.get(PAGE).content)

    assert "9 passages promis à 3 communes : 9 nouveaux" in shown
    assert "Publier la tournée de janvier 2027 à mars 2027" in shown
    assert "3 communes n’ont pas encore de jour convenu" in shown
    assert not Publication.objects.exists()


def test_months_are_chosen_by_a_link_without_any_script(draft: Plan, client: Client) -> None:
    shown = words(client.get(f"{PAGE}?choix=1&months=2027-02").content)

    assert "3 passages promis à 3 communes" in shown
    assert "Publier février 2027" in shown
    assert "Choisir au moins un mois" in words(client.get(f"{PAGE}?choix=1").content)


def test_the_button_publishes_and_leads_to_the_year(draft: Plan, client: Client) -> None:
    response = client.post(PAGE, fields(client) | {"annex_missing": "on"})

    assert response.status_code == 302
    assert response["Location"] == "/pilotage/tournee/?annee=2027"
    draft.refresh_from_db()
    assert draft.state == PlanState.PUBLISHED
    assert Visit.objects.count() == 9
    assert AnnexedPattern.objects.count() == 3


def test_a_repair_leaves_aside_the_months_that_were_published_since(draft: Plan, client: Client, coordinator: User) -> None:
    repair = copy_plan(actor=coordinator, plan=draft)
    Plan.objects.filter(pk=repair.pk).update(origin=PlanOrigin.REPAIR.value)
    publish_plan(actor=coordinator, plan=draft, version=draft.version, months=[Month(2027, 2)], annex_missing=True)
    page = f"/pilotage/tournee/{repair.number}/publier/"

    shown = words(client.get(page).content)

    assert "Publier la réparation" in shown
    assert "Février 2027 publié depuis cette réparation, n° 1" in shown
    assert fields(client, page)["months"] == ["2027-01", "2027-03"]


def test_avenants_and_those_who_wait_are_named(draft: Plan, epci: Epci, communes: dict[str, Commune], client: Client) -> None:
    friday = Annex(nth=4, window=Window.parse("FRI_PM"))
    annex_pattern(actor=SYSTEM, epci=epci, commune=communes["59001"], pattern=friday, starts=day("2027-01-01"))

    shown = words(client.get(PAGE).content)

    assert "1 commune change de jour habituel : 1 avenant." in shown
    assert "1 commune reste à son jour convenu tant que l’avenant n’est pas en vigueur (art. 4)" in shown
    assert "Abscon : quatrième vendredi du mois, après-midi" in shown


def test_an_expected_commune_is_named_as_hidden(draft: Plan, communes: dict[str, Commune], client: Client) -> None:
    Participation.objects.filter(commune=communes["59003"]).update(standing=Standing.EXPECTED)

    assert "1 commune attendue garde sa place, et rien n’en est montré : Condé" in words(client.get(PAGE).content)


def test_a_visit_that_is_no_longer_possible_is_named_and_there_is_no_button(draft: Plan, team: Team, client: Client) -> None:
    first = draft.visits.first()
    assert first is not None
    for _, mediator in team:
        record_leave(actor=SYSTEM, mediator=mediator, starts=first.date, ends=first.date)

    page = client.get(PAGE).content

    assert "ne peuvent plus se tenir" in words(page)
    assert "le médiateur est absent" in words(page)
    assert b'name="version"' not in page


def test_a_stale_page_is_told_what_changed_and_keeps_the_months_that_were_ticked(
    draft: Plan, client: Client, coordinator: User
) -> None:
    sent = fields(client, f"{PAGE}?choix=1&months=2027-02&months=2027-03")
    publish_plan(actor=coordinator, plan=draft, version=1, months=[Month(2027, 1)])

    response = client.post(PAGE, sent)

    assert "Cette tournée a changé pendant que vous la regardiez" in words(response.content)
    assert "Publiée : janvier 2027" in words(response.content)
    assert "Publier ces 2 mois" in words(response.content)
    assert Publication.objects.count() == 1


def test_another_publication_in_between_is_told(draft: Plan, client: Client, coordinator: User) -> None:
    other = copy_plan(actor=coordinator, plan=draft)
    sent = fields(client)
    publish_plan(actor=coordinator, plan=other, version=1)

    response = client.post(PAGE, sent)

    assert "tournée n° 2 vient d’être publiée" in words(response.content)
    assert set(Publication.objects.current().values_list("plan", flat=True)) == {other.pk}


@pytest.mark.parametrize(("months", "told"), [([], "Choisir au moins un mois"), (["2031-01"], "Ce mois ne se publie pas")])
def test_a_month_that_is_none_is_refused(months: list[str], told: str, draft: Plan, client: Client) -> None:
    response = client.post(PAGE, fields(client) | {"months": months})

    assert told in words(response.content)
    assert not Publication.objects.exists()


def test_a_tour_without_any_participation_says_what_to_say_first(draft: Plan, client: Client) -> None:
    Participation.objects.all().delete()

    assert "dire d’abord quelles communes participent" in words(client.get(PAGE).content)


def test_a_draft_that_was_put_aside_says_so(draft: Plan, client: Client, coordinator: User) -> None:
    discard_plan(actor=coordinator, plan=draft)

    assert "a été écartée" in words(client.get(PAGE).content)


def test_the_page_asks_as_often_for_one_month_as_for_three(draft: Plan, client: Client) -> None:
    assert queries_of(client, f"{PAGE}?choix=1&months=2027-02") == queries_of(client, PAGE)


def test_a_tour_is_copied_and_put_aside(draft: Plan, client: Client) -> None:
    client.post("/pilotage/tournee/1/copier/")
    client.post("/pilotage/tournee/2/ecarter/")

    assert list(Plan.objects.order_by("number").values_list("state", flat=True)) == ["draft", "discarded"]
