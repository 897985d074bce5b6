"""The month, the week and the day: who goes where, how far it is, and whose draft may be seen."""

from __future__ import annotations

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.territory.models import Commune, Premises
from tests.apps.schedule.sketch import a_draft, a_planned_visit
from tests.web.counting import queries_of
from tests.web.tour.conftest import Read
from tests.web.tour.world import World, a_visit

pytestmark = pytest.mark.django_db


def answer(user: User, path: str) -> int:
    client = Client()
    client.force_login(user)
    return client.get(path).status_code


def test_a_month_shows_its_days_and_where_each_mediator_is(world: World, coordinator: User, read: Read) -> None:
    shown = read(coordinator, "/pilotage/tournee/mois/2027-05/")

    assert "Mai 2027" in shown
    assert "mardi 4 mai matin : Abscon après-midi : Bruille" in shown
    assert "jeudi 6 mai férié : Ascension" in shown
    assert "lundi" not in shown
    assert "Condé" not in shown


def test_a_month_without_a_visit_says_so(world: World, reader: User, read: Read) -> None:
    assert "Aucun passage ce mois-ci" in read(reader, "/pilotage/tournee/mois/2029-05/")


def test_a_month_of_a_draft_shows_what_it_plans(world: World, coordinator: User, read: Read) -> None:
    plan = a_draft(world.epci, number=3)
    a_planned_visit(plan, world.conde, world.post, "2027-01-14")

    shown = read(coordinator, "/pilotage/tournee/mois/2027-01/?brouillon=3")

    assert "Brouillon n° 3" in shown
    assert "jeudi 14 janvier matin : Condé" in shown
    assert "Abscon" not in shown


def test_a_month_of_a_draft_is_changed_there_by_dragging_or_by_a_link(world: World, coordinator: User) -> None:
    plan = a_draft(world.epci, number=3)
    held = a_planned_visit(plan, world.conde, world.post, "2027-01-14")
    client = Client()
    client.force_login(coordinator)

    shown = client.get("/pilotage/tournee/mois/2027-01/?brouillon=3").content.decode()

    assert f'data-visit="{held.pk}" draggable="true"' in shown
    assert f"/pilotage/tournee/3/passage/{held.pk}/" in shown
    assert f'data-date="2027-01-14" data-half="PM" data-post="P{world.post.pk}"' in shown
    assert 'data-date="2027-01-14" data-half="AM"' not in shown
    assert 'data-date="2027-01-01"' not in shown  # a public holiday
    assert "drag.js" in shown
    assert "drag.js" not in client.get("/pilotage/tournee/mois/2027-05/").content.decode()


def test_a_week_tells_the_hours_and_the_place(world: World, coordinator: User, read: Read) -> None:
    Premises.objects.create(commune=world.abscon, name="Mairie", address="1 place Verte")

    shown = read(coordinator, "/pilotage/tournee/semaine/2027-05-06/")

    assert "Du mardi 4 mai 2027 au vendredi 7 mai 2027" in shown
    assert "matin, 9 h – 12 h : Abscon Mairie, 1 place Verte" in shown


def test_the_week_of_a_sunday_is_the_one_that_ends(world: World, reader: User, read: Read) -> None:
    assert "Du mardi 4 mai 2027" in read(reader, "/pilotage/tournee/semaine/2027-05-09/")


def test_the_day_of_a_mediator_is_a_line_with_its_drives(world: World, coordinator: User, read: Read) -> None:
    shown = read(coordinator, f"/pilotage/tournee/jour/2027-05-04/{world.post.pk}/")

    assert "Poste de Camille : Camille Exemple" in shown
    assert "Mardi 4 mai 2027" in shown
    assert "Départ de Bruille environ 14 km 1 Abscon , matin" in shown
    assert "environ 14 km 2 Bruille , après-midi" in shown
    assert "En tout, environ 29 km." in shown or "En tout, environ 28 km." in shown
    assert "Mardi 6 avril 2027 Mardi 1 er juin 2027" in shown


def test_the_day_has_its_map(world: World, coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)

    shown = client.get(f"/pilotage/tournee/jour/2027-05-04/{world.post.pk}/").content.decode()

    assert '<svg class="round"' in shown
    assert shown.count('class="round-stop"') == 2


def test_a_commune_without_a_position_has_a_day_without_a_map(world: World, coordinator: User, read: Read) -> None:
    Commune.objects.filter(pk=world.abscon.pk).update(latitude=None, longitude=None)

    shown = read(coordinator, f"/pilotage/tournee/jour/2027-05-04/{world.post.pk}/")

    assert "distance inconnue" in shown
    assert "La carte se dessine quand la position" in shown
    assert "En tout" not in shown


def test_a_day_without_a_visit_leads_to_those_around(world: World, reader: User, read: Read) -> None:
    shown = read(reader, f"/pilotage/tournee/jour/2027-05-05/{world.post.pk}/")

    assert "Aucun passage ce jour-là" in shown
    assert "Mardi 4 mai 2027" in shown


def test_the_first_and_the_last_day_lead_no_further(world: World, reader: User, read: Read) -> None:
    shown = read(reader, f"/pilotage/tournee/jour/2027-12-07/{world.post.pk}/")

    assert "Mardi 2 novembre 2027" in shown
    assert "2028" not in shown


@pytest.mark.parametrize(
    "path",
    [
        "mois/2027-13/",
        "mois/mai/",
        "mois/0001-01/",
        "semaine/2027-02-30/",
        "semaine/hier/",
        "semaine/0001-01-01/",
        "jour/9999-12-31/1/",
        "jour/2027-05-04/999999/",
        "mois/2027-05/?brouillon=9",
        "mois/2027-05/?brouillon=²",
        "mois/2027-05/?brouillon=trois",
    ],
)
def test_what_is_no_date_and_no_draft_is_not_there(world: World, coordinator: User, path: str) -> None:
    assert answer(coordinator, f"/pilotage/tournee/{path}") == 404


def test_a_draft_is_seen_by_those_who_prepare_it_alone(world: World, coordinator: User, lawyer: User, stranger: User) -> None:
    a_draft(world.epci, number=3)
    paths = [f"{page}?brouillon=3" for page in ("mois/2027-01/", "semaine/2027-01-05/", f"jour/2027-01-05/{world.post.pk}/")]

    assert [answer(coordinator, f"/pilotage/tournee/{path}") for path in paths] == [200, 200, 200]
    assert [answer(lawyer, f"/pilotage/tournee/{path}") for path in paths] == [403, 403, 403]
    assert [answer(stranger, f"/pilotage/tournee/{path}") for path in paths] == [404, 404, 404]


@pytest.mark.parametrize("path", ["mois/2027-05/", "semaine/2027-05-04/"])
def test_days_with_many_visits_cost_as_many_queries(world: World, coordinator: User, path: str) -> None:
    client = Client()
    client.force_login(coordinator)
    few = queries_of(client, f"/pilotage/tournee/{path}")

    for day in ("2027-05-05", "2027-05-07", "2027-05-11", "2027-05-12"):
        a_visit(world.epci, world.conde, world.other_post, day, "PM")

    assert queries_of(client, f"/pilotage/tournee/{path}") == few
