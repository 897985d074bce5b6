"""Drafts and searches: asked for, watched, stopped, started again; no page waits."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.schedule.actions import request_run, stop_run
from escale.apps.schedule.models import Run, RunStatus
from escale.apps.schedule.tasks import perform
from escale.core.calendar.months import Month
from tests.apps.schedule.sketch import a_draft
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.tour.conftest import Read
from tests.web.tour.world import World

pytestmark = pytest.mark.django_db
DRAFTS = "/pilotage/tournee/brouillons/"
ASKED = {"first": "2028-01", "last": "2028-02", "preset": "regular", "seconds": "60"}
MONTHS = Month.range("2028-01..2028-02")


@pytest.fixture
def client(coordinator: User) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def text(client: Client, path: str) -> str:
    return plain(client.get(path))


def test_a_search_is_asked_for_and_its_page_shown_at_once(world: World, client: Client) -> None:
    response = client.post(DRAFTS, ASKED)

    run = Run.objects.get()
    assert (run.first_month, run.last_month, run.preset, run.seconds) == ("2028-01", "2028-02", "regular", 60)
    assert response["Location"] == f"/pilotage/tournee/recherches/{run.pk}/"
    shown = text(client, response["Location"])
    assert "en attente" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert "Actualiser" in shown


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"last": "2027-12"}, "Le dernier mois est avant le premier"),
        ({"first": "2027-03", "last": "2029-06"}, "Une tournée compte au plus 24 mois"),
        ({"first": "1999-01"}, "Choisir dans la liste."),
        ({"preset": "fast"}, "Choisir dans la liste."),
        ({"seconds": "7"}, "Choisir dans la liste."),
        ({"seconds": ""}, "Choisir dans la liste."),
    ],
)
def test_a_search_that_makes_no_sense_is_refused_beside_its_field(
    world: World, client: Client, changes: dict[str, str], refusal: str
) -> None:
    response = client.post(DRAFTS, ASKED | changes)

    assert refusal in plain(response)
    assert not Run.objects.exists()


def test_the_same_months_are_not_searched_twice_at_once(world: World, client: Client) -> None:
    client.post(DRAFTS, ASKED)

    response = client.post(DRAFTS, ASKED)

    assert "Ces mois sont déjà en cours de planification" in plain(response)
    assert Run.objects.count() == 1


def test_a_territory_that_cannot_be_planned_says_what_to_do(stranger: User) -> None:
    client = Client()
    client.force_login(stranger)

    year = timezone.localdate().year + 1
    response = client.post(DRAFTS, ASKED | {"first": f"{year}-01", "last": f"{year}-02"})

    assert response.status_code == 200
    assert "Un champ est à corriger" not in plain(response)
    assert "commune" in plain(response).partition('role="alert"')[2][:400]


def test_a_search_that_waits_is_stopped_before_it_begins(world: World, client: Client, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS)
    page = f"/pilotage/tournee/recherches/{run.pk}/"

    assert "Ne pas commencer" in text(client, page)
    client.post(page)

    shown = text(client, page)
    assert Run.objects.get().status == RunStatus.STOPPED
    assert "il n’y a pas de plan" in shown
    assert "hx-get" not in shown


def test_a_search_that_has_ended_is_not_stopped_again(world: World, client: Client, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS)
    stop_run(actor=coordinator, run=run)

    response = client.post(f"/pilotage/tournee/recherches/{run.pk}/", follow=True)

    assert response.status_code == 200
    assert "s’arrête" not in plain(response)


def test_a_search_that_runs_tells_how_far_it_is_and_what_is_proved(world: World, client: Client, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS)
    Run.objects.update(status=RunStatus.RUNNING.value, phase="search", share=0.4, cost=100.0, lower_bound=97.0)

    shown = text(client, f"/pilotage/tournee/recherches/{run.pk}/")

    assert "Le plan s’améliore" in shown
    assert 'value="0.4"' in shown
    assert "au mieux, on gagnerait encore 3 % (démontré)" in shown
    assert "Arrêter et garder la meilleure" in shown


def test_a_search_that_failed_says_why_and_is_started_again(world: World, client: Client, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS, seconds=60)
    Run.objects.update(status=RunStatus.FAILED.value, error="le disque est plein", finished_at=timezone.now())

    shown = text(client, f"/pilotage/tournee/recherches/{run.pk}/")
    assert "La recherche n’a pas abouti : le disque est plein" in shown
    assert "Relancer la recherche" in shown

    again = {"first": run.first_month, "last": run.last_month, "preset": run.preset, "seconds": "60"}
    client.post(DRAFTS, again)
    assert Run.objects.filter(status=RunStatus.QUEUED.value, fingerprint=run.fingerprint).count() == 1


@pytest.mark.slow
def test_a_search_that_is_done_tells_what_it_serves(world: World, client: Client, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS, seconds=1)
    perform(run.pk)

    assert "6 demi-journées sur 6 dues (art. 4)" in text(client, f"/pilotage/tournee/recherches/{run.pk}/")


def test_months_without_room_are_told_together(world: World, client: Client, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS, seconds=10)
    perform(run.pk)
    run.refresh_from_db()
    why = "3 visites se partagent 1 demi-journée"
    run.result |= {"unserved": [{"name": name, "month": "2028-02", "reason": why} for name in ("Abscon", "Oisy")]}
    run.save()

    shown = text(client, f"/pilotage/tournee/recherches/{run.pk}/")

    assert "Février 2028 : Abscon, Oisy (3 visites se partagent 1 demi-journée)" in shown
    assert "/pilotage/tournee/capacite/?annee=2028" in shown


def test_the_draft_of_a_search_is_whose_who_asked_for_it(world: World, client: Client, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS, seconds=10)
    perform(run.pk)

    listed = text(client, DRAFTS).partition("Chercher une tournée")[0]

    assert f"{coordinator.name}, " in listed
    assert "l’installation" not in listed


def test_the_search_of_another_epci_is_not_there(world: World, coordinator: User, stranger: User) -> None:
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS)
    client = Client()
    client.force_login(stranger)

    assert client.get(f"/pilotage/tournee/recherches/{run.pk}/").status_code == 404
    assert client.post(f"/pilotage/tournee/recherches/{run.pk}/").status_code == 404
    assert not Run.objects.get().stop_requested


def test_a_lawyer_asks_for_no_search(world: World, lawyer: User) -> None:
    client = Client()
    client.force_login(lawyer)

    assert client.post(DRAFTS, ASKED).status_code == 403
    assert not Run.objects.exists()


def test_the_drafts_tell_their_figures_and_their_author(world: World, client: Client, coordinator: User, read: Read) -> None:
    figures = {"cost": 100.0, "km": 9964.2, "served": 560, "due": 564, "usual": 540}
    a_draft(world.epci, number=3, figures=figures, lower_bound=97.0, created_by=coordinator.actor_id, note="Après la réunion")

    shown = read(coordinator, DRAFTS)

    assert "N° 3, tournée de janvier 2027 à février 2027" in shown
    assert "560 demi-journées sur 564 dues (art. 4) · 540 à leur jour habituel · environ 10 000 km" in shown
    assert f"Premier plan, équilibre. {coordinator.name}" in shown
    assert "Après la réunion" in shown
    assert "Tournées publiées ou écartées (1)" in shown


def test_without_a_draft_the_page_says_what_one_is(world: World, coordinator: User, read: Read) -> None:
    shown = read(coordinator, DRAFTS)

    assert "Aucun brouillon pour le moment" in shown
    assert "Kilomètres que nous acceptons de faire pour éviter une date déplacée : 500." in shown


def test_fifty_drafts_cost_as_many_queries(world: World, client: Client, coordinator: User) -> None:
    a_draft(world.epci, number=2, created_by=coordinator.actor_id)
    run = request_run(actor=coordinator, epci=world.epci, months=MONTHS)
    few = queries_of(client, DRAFTS)

    for number in range(3, 53):
        a_draft(world.epci, number=number, created_by=f"user:{number}")
    run.pk, run.first_month = None, "2028-02"
    run.save()

    assert queries_of(client, DRAFTS) == few
