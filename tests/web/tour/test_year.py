"""The year at a glance: what each role sees of it, which dates stand out and why, and how to begin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.schedule.models import AnnexedPattern, Participation, Plan, PlanChange, PlannedVisit, Publication
from escale.apps.team.models import Leave, Post
from escale.apps.territory.models import Closure, Commune, Epci, Premises, SchoolHoliday, TerritoryClosure
from escale.apps.visits.models import Visit, VisitState
from tests.apps.schedule.sketch import a_draft, a_planned_visit, as_published, take_part
from tests.cast import make_commune
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.tour.conftest import Read
from tests.web.tour.world import World, a_visit, move

pytestmark = pytest.mark.django_db
YEAR_PAGE = "/pilotage/tournee/?annee=2027"


def raw(user: User, path: str) -> str:
    client = Client()
    client.force_login(user)
    return plain(client.get(path))


def test_the_published_year_is_told_in_one_sentence(world: World, coordinator: User, read: Read) -> None:
    shown = read(coordinator, YEAR_PAGE)

    assert "La tournée 2027" in shown
    assert "Publiée le" in shown
    assert "24 demi-journées sur 24 dues (art. 4) · 24 à leur jour habituel · 12 gardées pour 1 commune attendue" in shown
    assert "1er mardi, matin" in shown


def test_each_usual_day_of_the_published_year_can_be_questioned_by_the_coordinator(
    world: World, coordinator: User, reader: User
) -> None:
    assert "/pilotage/tournee/1/pourquoi/" in raw(coordinator, YEAR_PAGE)
    assert "/pourquoi/" not in raw(reader, YEAR_PAGE)


def test_an_expected_commune_is_shown_to_the_coordinator_alone(
    world: World, coordinator: User, lawyer: User, reader: User, read: Read
) -> None:
    assert "Condé attendue" in read(coordinator, YEAR_PAGE)
    for outside in (lawyer, reader):
        shown = read(outside, YEAR_PAGE)
        assert "Abscon" in shown
        assert "Condé" not in shown


def test_who_does_not_know_what_is_due_is_told_what_is_published(world: World, reader: User, read: Read) -> None:
    shown = read(reader, YEAR_PAGE)

    assert "24 demi-journées (art. 4) · 24 à leur jour habituel" in shown
    assert "dues" not in shown


def test_who_does_not_see_the_team_sees_numbers_instead_of_names(
    world: World, coordinator: User, reader: User, read: Read
) -> None:
    assert "Poste de Camille : Camille Exemple" in read(coordinator, YEAR_PAGE)
    shown = read(reader, YEAR_PAGE)
    assert "Camille" not in shown
    assert "Médiateur n° 1" in shown


def test_a_visit_moved_by_hand_says_from_where_and_why(world: World, reader: User, read: Read) -> None:
    move(world.abscon, "2027-05-04", "2027-05-20", "formation de l’équipe")

    shown = read(reader, YEAR_PAGE)

    assert "jeu 20 (déplacé du mardi 4 mai : formation de l’équipe)" in shown
    assert "1 date hors du jour habituel, et pourquoi" in shown
    assert "Abscon , jeudi 20 mai 2027 : déplacé du mardi 4 mai : formation de l’équipe" in shown


def test_a_change_of_half_alone_says_the_half(world: World, reader: User, read: Read) -> None:
    Visit.objects.filter(commune=world.abscon, date="2027-05-04").update(half="PM", origin_half="PM", post=world.other_post)

    assert "4 ap.-midi (place prise" not in read(reader, YEAR_PAGE)
    assert "4 ap.-midi (autre date retenue ce mois-là)" in read(reader, YEAR_PAGE)


def test_a_closed_hall_and_a_closed_territory_are_told(world: World, reader: User, read: Read) -> None:
    hall = Premises.objects.create(commune=world.abscon, name="Mairie")
    Closure.objects.create(premises=hall, starts=dt.date(2027, 6, 1), ends=dt.date(2027, 6, 1), reason="travaux")
    TerritoryClosure.objects.create(epci=world.epci, starts=dt.date(2027, 4, 6), ends=dt.date(2027, 4, 6), reason="élections")
    for was, now in (("2027-06-01", "2027-06-10"), ("2027-04-06", "2027-04-15")):
        day = dt.date.fromisoformat(now)
        Visit.objects.filter(commune=world.abscon, date=was).update(date=day, origin_date=day)

    shown = read(reader, YEAR_PAGE)

    assert "salle fermée le mardi 1er juin : travaux" in shown
    assert "le mardi 6 avril, aucune salle du territoire : élections" in shown


def test_another_hall_of_the_commune_is_no_closed_hall(world: World, reader: User, read: Read) -> None:
    hall = Premises.objects.create(commune=world.abscon, name="Mairie")
    Premises.objects.create(commune=world.abscon, name="Médiathèque", rank=2)
    Closure.objects.create(premises=hall, starts=dt.date(2027, 6, 1), ends=dt.date(2027, 6, 1), reason="travaux")
    Visit.objects.filter(commune=world.abscon, date="2027-06-01").update(date="2027-06-10", origin_date="2027-06-10")

    assert "travaux" not in read(reader, YEAR_PAGE)


def test_an_absence_is_told_to_those_who_see_the_team(world: World, coordinator: User, reader: User, read: Read) -> None:
    Leave.objects.create(mediator=world.camille, starts=dt.date(2027, 6, 1), ends=dt.date(2027, 6, 1))
    Visit.objects.filter(commune=world.abscon, date="2027-06-01").update(date="2027-06-10", origin_date="2027-06-10")

    assert "médiateur absent le mardi 1er juin" in read(coordinator, YEAR_PAGE)
    assert "absent" not in read(reader, YEAR_PAGE)


def test_a_cancelled_visit_leaves_a_month_without_one(world: World, reader: User, coordinator: User, read: Read) -> None:
    Visit.objects.filter(commune=world.abscon, date="2027-05-04").update(state=VisitState.CANCELLED.value, reason="salle inondée")

    shown = read(coordinator, YEAR_PAGE)

    assert "23 demi-journées sur 24 dues" in shown
    assert "Abscon , mai 2027 : annulé : salle inondée" in shown
    assert "annulé : salle inondée" in read(reader, YEAR_PAGE)


def test_a_make_up_stands_for_the_month_that_it_replaces(world: World, coordinator: User, read: Read) -> None:
    Visit.objects.filter(commune=world.abscon, date="2027-05-04").update(date="2027-06-10", origin_date="2027-06-10", half="AM")

    shown = read(coordinator, YEAR_PAGE)

    assert "→ (rattrapé le jeudi 10 juin)" in shown
    assert "jeu 10 (rattrapage, pour mai 2027)" in shown
    assert "24 demi-journées sur 24 dues" in shown


def test_a_date_in_the_holidays_is_marked_as_fragile(world: World, reader: User, read: Read) -> None:
    SchoolHoliday.objects.create(
        epci=world.epci, name="vacances d’été", source="essai", starts=dt.date(2027, 7, 1), ends=dt.date(2027, 8, 31)
    )

    assert "6 (date fragile : vacances d’été)" in read(reader, YEAR_PAGE)


def test_a_month_that_is_not_published_yet_says_so(world: World, coordinator: User, read: Read) -> None:
    Publication.objects.filter(month="2027-12").delete()
    Visit.objects.filter(for_month="2027-12").delete()

    shown = read(coordinator, YEAR_PAGE)

    assert "en partie" in shown
    assert "mois pas encore publié" in shown


def test_the_agreed_day_is_shown_when_the_tour_leaves_it(world: World, reader: User, read: Read) -> None:
    AnnexedPattern.objects.create(epci=world.epci, commune=world.abscon, nth=2, weekday=3, half="AM", starts=dt.date(2026, 1, 1))

    assert "convenu : 2e jeudi, matin" in read(reader, YEAR_PAGE)


@pytest.mark.parametrize("year", ["", "abc", "0", "99999", "²"])
def test_another_text_than_a_year_shows_the_year_of_today(world: World, reader: User, read: Read, year: str) -> None:
    assert "La tournée 2027" in read(reader, f"/pilotage/tournee/?annee={year}&par=nimporte")


def test_a_year_without_a_publication_says_how_to_begin(world: World, coordinator: User, reader: User, read: Read) -> None:
    begin = read(coordinator, "/pilotage/tournee/?annee=2029")
    assert "La tournée 2029 n’est pas encore publiée" in begin
    assert "Chercher une tournée" in begin
    wait = read(reader, "/pilotage/tournee/?annee=2029")
    assert "dès que la coordination les aura publiées" in wait
    assert "Chercher" not in wait


def test_an_epci_without_anything_has_its_empty_year(elsewhere: Epci, stranger: User, read: Read) -> None:
    assert "n’est pas encore publiée" in read(stranger, YEAR_PAGE)


def test_a_draft_leads_from_each_cell_to_a_change(world: World, coordinator: User) -> None:
    plan = a_draft(world.epci, number=3, months=("2027-01", "2027-02"))
    visit = a_planned_visit(plan, world.abscon, world.post, "2027-01-05")

    shown = raw(coordinator, "/pilotage/tournee/3/")

    assert f'href="/pilotage/tournee/3/passage/{visit.pk}/">5</a>' in shown
    assert 'data-commune="59001" data-month="2027-01"' in shown
    assert f'data-visit="{visit.pk}" draggable="true"' in shown
    assert 'href="/pilotage/tournee/3/ajouter/59001/2027-02/"' in shown
    assert 'href="/pilotage/tournee/3/pourquoi/59001/"' in shown


def test_a_draft_tells_its_figures_and_its_expected_communes(world: World, coordinator: User, read: Read) -> None:
    figures = {"cost": 100.0, "km": 9964.2, "served": 4, "due": 6, "usual": 4, "unserved": []}
    plan = a_draft(world.epci, number=3, months=("2027-01", "2027-02"), figures=figures, lower_bound=97.0)
    for date in ("2027-01-05", "2027-02-02"):
        a_planned_visit(plan, world.abscon, world.post, date)
        a_planned_visit(plan, world.conde, world.post, date, "PM")

    shown = read(coordinator, "/pilotage/tournee/3/")

    assert "Brouillon n° 3" in shown
    assert "4 demi-journées sur 6 dues (art. 4) · 4 à leur jour habituel · environ 10 000 km" in shown
    assert "au mieux, on gagnerait encore 3 % (démontré) · 2 prévues pour 1 commune attendue" in shown
    assert "2 mois sans passage" in shown


def test_a_month_without_a_place_says_why(world: World, coordinator: User, read: Read) -> None:
    unserved = [
        {"commune": "59001", "name": "Abscon", "month": "2027-02", "cause": "full", "reason": "aucune demi-journée libre"}
    ]
    plan = a_draft(
        world.epci, number=3, months=("2027-01", "2027-02"), figures={"unserved": unserved, "served": 1, "due": 2, "usual": 1}
    )
    a_planned_visit(plan, world.abscon, world.post, "2027-01-05")

    assert "Abscon , février 2027 : aucune demi-journée libre" in read(coordinator, "/pilotage/tournee/3/")


def test_a_date_chosen_by_hand_says_so(world: World, coordinator: User, read: Read) -> None:
    plan = a_draft(world.epci, number=3, months=("2027-01", "2027-03"))
    for date in ("2027-01-05", "2027-02-02", "2027-03-11"):
        a_planned_visit(plan, world.abscon, world.post, date)
    after = [{"commune": "59001", "mediator": "P1", "date": "2027-03-11", "half": "AM", "for_month": "2027-03"}]
    PlanChange.objects.create(plan=plan, version=2, actor="test", words="Abscon", after=after)

    assert "jeu 11 (choisi à la main)" in read(coordinator, "/pilotage/tournee/3/")


def test_a_published_plan_is_no_more_open_to_changes(world: World, coordinator: User) -> None:
    shown = raw(coordinator, "/pilotage/tournee/1/")

    assert "draggable" not in shown
    assert "/passage/" not in shown
    assert "N° 1, publié" in shown
    assert f"/jour/2027-01-05/{world.post.pk}/?brouillon=1" in shown


def test_a_draft_of_no_commune_says_what_to_do(world: World, coordinator: User, read: Read) -> None:
    a_draft(world.epci, number=3)
    Participation.objects.all().delete()

    assert "Aucune commune dans cette tournée" in read(coordinator, "/pilotage/tournee/3/")


def test_the_draft_of_another_epci_is_not_there(world: World, stranger: User) -> None:
    a_draft(world.epci, number=3)
    client = Client()
    client.force_login(stranger)

    assert client.get("/pilotage/tournee/3/").status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "reader"])
@pytest.mark.parametrize("order", ["mediateur", "jour", "commune"])
def test_a_year_of_fifty_communes_costs_as_many_queries(
    world: World, request: pytest.FixtureRequest, who: str, order: str
) -> None:
    user = request.getfixturevalue(who)
    path = f"{YEAR_PAGE}&par={order}"
    client = Client()
    client.force_login(user)
    few = queries_of(client, path)

    _many(world, world.published)

    assert queries_of(client, path) == few
    assert "Commune 49" in plain(client.get(path))


def test_a_draft_of_fifty_communes_costs_as_many_queries(world: World, coordinator: User) -> None:
    plan = a_draft(world.epci, number=3, months=("2027-01", "2027-02"))
    a_planned_visit(plan, world.abscon, world.post, "2027-01-05")
    client = Client()
    client.force_login(coordinator)
    few = queries_of(client, "/pilotage/tournee/3/")

    _many(world, plan)

    assert queries_of(client, "/pilotage/tournee/3/") == few


def _many(world: World, plan: Plan) -> None:
    """Add fifty communes, each with its place, its closed day, its visits and a post of its own."""
    for number in range(50):
        commune: Commune = make_commune(world.epci, f"99{number:03}", f"Commune {number}")
        post = Post.objects.create(epci=world.epci, label=f"Poste {number}", base=world.bruille)
        take_part(world.epci, [commune])
        hall = Premises.objects.create(commune=commune, name="Mairie")
        Closure.objects.create(premises=hall, starts=dt.date(2027, 2, 9), ends=dt.date(2027, 2, 9))
        for date in ("2027-01-12", "2027-02-11"):
            a_planned_visit(plan, commune, post, date)
            a_visit(world.epci, commune, post, date)
    assert PlannedVisit.objects.filter(plan=plan).count() > 100


def test_a_plan_of_two_years_names_the_year_of_each_month(world: World, coordinator: User, read: Read) -> None:
    plan = a_draft(world.epci, number=3, months=("2027-12", "2028-01"))
    a_planned_visit(plan, world.abscon, world.post, "2027-12-07")

    shown = read(coordinator, "/pilotage/tournee/3/")

    assert "La tournée de décembre 2027 à janvier 2028" in shown
    assert "janv. 2028" in shown


def test_two_publications_of_a_year_are_one_table(world: World, coordinator: User, read: Read) -> None:
    Publication.objects.filter(month="2027-12").delete()
    december = a_draft(world.epci, number=2, months=("2027-12", "2027-12"))
    a_planned_visit(december, world.conde, world.post, "2027-12-16")
    as_published(december)

    shown = read(coordinator, YEAR_PAGE)

    assert "jeu 16" in shown
    assert "12 gardées pour 1 commune attendue" in shown
