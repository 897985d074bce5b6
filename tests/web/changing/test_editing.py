"""One visit of a draft on screen: tried, moved, exchanged, taken away, added, taken back; two people at once."""

from __future__ import annotations

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.schedule.models import Participation, Plan, PlannedVisit, PlanState
from escale.apps.schedule.problems import mediator_id
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from tests.apps.schedule.sketch import a_planned_visit, take_part
from tests.apps.schedule.team import day
from tests.cast import make_commune
from tests.web.counting import queries_of
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
Team = list[tuple[Post, Mediator]]


@pytest.fixture
def visit(draft: Plan) -> PlannedVisit:
    """Abscon, on Tuesday 19 January in the morning."""
    return draft.visits.get(commune__code="59001", date=day("2027-01-19"))


def page(visit: PlannedVisit) -> str:
    return f"/pilotage/tournee/{visit.plan.number}/passage/{visit.pk}/"


def typed(team: Team, date: str, half: str = "AM", *, seat: int = 0, **more: object) -> dict[str, object]:
    return {"date": date, "half": half, "post": mediator_id(team[seat][0]), "version": 1, **more}


def text(client: Client, path: str, data: dict[str, object] | None = None) -> str:
    response = client.get(path) if data is None else client.post(path, data, follow=True)
    assert response.status_code == 200
    return plain(response)


def test_the_page_names_the_visit_and_offers_the_cheapest_half_days(browser: Client, visit: PlannedVisit) -> None:
    shown = text(browser, page(visit))

    assert "<h1>Abscon, mardi 19 janvier 2027, matin</h1>" in shown
    assert "jour habituel : troisième mardi du mois, matin" in shown
    assert shown.count("?date=2027-01-") == 5
    assert "Possible" not in shown


def test_trying_tells_the_cost_and_changes_nothing(browser: Client, visit: PlannedVisit, team: Team) -> None:
    for shown in (
        text(browser, page(visit), typed(team, "2027-01-20", "PM", do="try")),
        text(browser, page(visit), typed(team, "2027-01-20", "PM")),
        text(browser, f"{page(visit)}?date=2027-01-20&half=PM&post={mediator_id(team[0][0])}"),
    ):
        assert "Possible :" in shown
        assert "1 date déplacée" in shown
        assert 'value="2027-01-20"' in shown

    visit.refresh_from_db()
    assert visit.date == day("2027-01-19")


def test_a_move_is_done_told_and_taken_back(browser: Client, visit: PlannedVisit, team: Team) -> None:
    shown = text(browser, page(visit), typed(team, "2027-01-20", "PM", do="move"))

    assert "C’est fait. Abscon : mardi 19 janvier 2027, matin → mercredi 20 janvier 2027, après-midi" in shown
    assert "Annuler ce changement" in shown
    visit.refresh_from_db()
    assert visit.date == day("2027-01-20")

    assert "C’est annulé." in text(browser, "/pilotage/tournee/1/annuler/", {"version": 2})
    visit.refresh_from_db()
    assert visit.date == day("2027-01-19")
    assert "a changé pendant" in text(browser, "/pilotage/tournee/1/annuler/", {"version": 1})


@pytest.mark.parametrize(
    ("date", "half", "words"),
    [
        ("2027-01-25", "AM", "Le lundi matin, le service ne donne pas de demi-journée"),
        ("2027-05-04", "AM", "est hors des mois de cette tournée"),
        ("2027-01-05", "AM", "est passé ; choisir une date à venir"),
        ("", "AM", "Donner la date."),
        ("demain", "AM", "Écrire la date comme 08/12/2026."),
        ("2027-01-20", "soir", "Choisir le matin ou l’après-midi."),
    ],
)
def test_an_impossible_move_is_refused_beside_its_field(
    browser: Client, visit: PlannedVisit, team: Team, date: str, half: str, words: str
) -> None:
    shown = text(browser, page(visit), typed(team, date, half, do="move"))

    assert words in shown
    assert "field-error" in shown
    visit.refresh_from_db()
    assert visit.date == day("2027-01-19")


def test_a_place_that_is_taken_offers_the_exchange(browser: Client, visit: PlannedVisit, team: Team) -> None:
    for do in ("try", "move"):
        shown = text(browser, page(visit), typed(team, "2027-01-21", do=do))
        assert "a déjà un passage le jeudi 21 janvier 2027, matin : Condé." in shown
        assert "Échanger avec Condé" in shown

    text(browser, page(visit), typed(team, "2027-01-21", do="exchange"))

    visit.refresh_from_db()
    assert visit.date == day("2027-01-21")
    assert visit.plan.visits.get(commune__code="59003", for_month="2027-01").date == day("2027-01-19")


def test_the_second_of_two_people_is_shown_what_changed_and_loses_nothing(
    browser: Client, visit: PlannedVisit, draft: Plan, team: Team
) -> None:
    other = draft.visits.get(commune__code="59003", date=day("2027-01-21"))
    text(browser, page(other), typed(team, "2027-01-22", do="move"))

    shown = text(browser, page(visit), typed(team, "2027-01-20", "PM", do="move"))

    assert "Cette tournée a changé pendant que vous la regardiez" in shown
    assert "Condé : jeudi 21 janvier 2027, matin → vendredi 22 janvier 2027, matin" in shown
    assert 'value="2027-01-20"' in shown
    assert '<input type="hidden" name="version" value="2">' in shown
    visit.refresh_from_db()
    assert visit.date == day("2027-01-19")
    text(browser, page(visit), typed(team, "2027-01-20", "PM", do="move") | {"version": 2})
    visit.refresh_from_db()
    assert visit.date == day("2027-01-20")


def test_a_visit_is_taken_away_then_added_again_as_a_make_up(
    browser: Client, visit: PlannedVisit, draft: Plan, team: Team
) -> None:
    shown = text(browser, f"{page(visit)}retirer/", {"version": 1})
    assert "<h1>Abscon, janvier 2027</h1>" in shown
    assert "En rattrapage, en février 2027" in shown

    shown = text(browser, "/pilotage/tournee/1/ajouter/59001/2027-01/", typed(team, "2027-02-23", do="add") | {"version": 2})

    assert "mardi 23 février 2027, matin (rattrapage de janvier 2027)" in shown
    assert draft.visits.get(date=day("2027-02-23")).for_month == "2027-01"
    assert "La commune a déjà un passage" in text(browser, "/pilotage/tournee/1/ajouter/59001/2027-01/")


def test_a_visit_that_somebody_took_away_is_told(browser: Client, visit: PlannedVisit, team: Team) -> None:
    text(browser, f"{page(visit)}retirer/", {"version": 1})

    assert browser.get(page(visit)).status_code == 404
    assert "a été retiré de la tournée entre-temps" in text(browser, page(visit), typed(team, "2027-01-20", "PM", do="move"))


def test_a_published_plan_offers_no_form(browser: Client, visit: PlannedVisit, team: Team) -> None:
    Plan.objects.filter(pk=visit.plan_id).update(state=PlanState.PUBLISHED.value)

    shown = text(browser, page(visit))

    assert "Déplacer ce passage" not in shown
    assert "Imprévu" in shown
    assert "plus un brouillon" in text(browser, page(visit), typed(team, "2027-01-20", "PM", do="move"))


def test_a_plan_whose_problem_cannot_be_built_says_why(browser: Client, visit: PlannedVisit) -> None:
    Participation.objects.all().delete()

    shown = text(browser, page(visit))

    assert "ne peut pas être modifiée pour le moment" in shown


@pytest.mark.parametrize(
    "path", ["ajouter/59001/2027-13/", "ajouter/59001/2028-01/", "ajouter/59999/2027-01/", "passage/999999/"]
)
def test_what_the_plan_does_not_have_is_not_there(browser: Client, draft: Plan, path: str) -> None:
    assert browser.get(f"/pilotage/tournee/1/{path}").status_code == 404


def test_a_plan_of_another_epci_is_not_there(visit: PlannedVisit, stranger: User) -> None:
    client = Client()
    client.force_login(stranger)

    assert client.get(page(visit)).status_code == 404
    assert client.get(f"{page(visit)}depot/?onto={visit.pk}").status_code == 404


def test_a_drag_onto_another_visit_or_a_half_day_is_judged_in_a_fragment(
    browser: Client, visit: PlannedVisit, draft: Plan, team: Team
) -> None:
    other = draft.visits.get(commune__code="59003", date=day("2027-01-21"))

    onto = text(browser, f"{page(visit)}depot/?onto={other.pk}")
    free = text(browser, f"{page(visit)}depot/?date=2027-01-20&half=PM&post={mediator_id(team[0][0])}")
    monday = text(browser, f"{page(visit)}depot/?date=2027-01-25&half=PM&post={mediator_id(team[0][0])}")

    assert "<html" not in onto
    assert "Abscon et Condé" in onto
    assert "Échanger les deux passages" in onto
    assert "Déplacer ce passage" in free
    assert "Impossible." in monday
    assert "Déplacer ce passage" not in monday
    for wrong in (f"onto={visit.pk}", "onto=x", "onto=999999", "date=2027-01-20"):
        assert browser.get(f"{page(visit)}depot/?{wrong}").status_code == 404


def test_a_page_costs_as_many_queries_with_fifty_communes(
    browser: Client, visit: PlannedVisit, draft: Plan, epci: Epci, team: Team, communes: dict[str, Commune]
) -> None:
    few = [queries_of(browser, page(visit)), queries_of(browser, "/pilotage/tournee/1/ajouter/59001/2027-02/")]

    more = [make_commune(epci, f"60{n:03}", f"Commune {n}", latitude=50.3 + n / 1000, longitude=3.4) for n in range(50)]
    take_part(epci, more)
    for n, commune in enumerate(more):
        date = ("2027-02-03", "2027-02-04", "2027-02-05", "2027-02-10", "2027-02-11", "2027-02-12")[n % 6]
        if n < 12:
            a_planned_visit(draft, commune, team[1][0], date, "AM" if n < 6 else "PM")

    assert [queries_of(browser, page(visit)), queries_of(browser, "/pilotage/tournee/1/ajouter/59001/2027-02/")] == few
