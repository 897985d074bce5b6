"""Something happens: one question a page, the answer side by side, a draft of the repair; the service when it is reduced."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.schedule.models import Plan, PlanOrigin, Publication, Question, ReducedService
from escale.apps.schedule.problems import mediator_id
from escale.apps.schedule.question_tasks import answer
from escale.apps.team.models import Leave, Mediator, Occupancy, Post
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from tests.apps.schedule.team import day
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
Team = list[tuple[Post, Mediator]]
HERE = "/pilotage/tournee/imprevu/"


def text(client: Client, path: str, data: dict[str, object] | None = None) -> str:
    response = client.get(path) if data is None else client.post(path, data, follow=True)
    assert response.status_code == 200
    return plain(response)


def ill(team: Team, **more: object) -> dict[str, object]:
    return {"post": mediator_id(team[0][0]), "starts": "2027-01-18", "ends": "2027-01-22", **more}


def answered(browser: Client) -> str:
    question = Question.objects.latest("pk")
    answer(question.pk)
    return text(browser, f"/pilotage/tournee/questions/{question.pk}/")


def test_what_can_happen_is_asked_first(browser: Client, published: Plan) -> None:
    shown = text(browser, HERE)

    for told in ("absente", "salle est fermée", "déplacer un passage", "rejoint le service", "ne tient un poste"):
        assert told in shown
    assert browser.get(f"{HERE}autre/").status_code == 404


def promised(post: Post, *visits: tuple[Commune, str]) -> None:
    for commune, date in visits:
        place = {"date": day(date), "half": "AM", "origin_date": day(date), "origin_half": "AM", "for_month": date[:7]}
        Visit.objects.create(epci=post.epci, commune=commune, post=post, **place)


def test_visits_that_an_absence_leaves_without_anyone_are_the_first_to_repair(
    browser: Client, published: Plan, communes: dict[str, Commune], team: Team
) -> None:
    (first, camille), (second, sacha) = team
    promised(first, (communes["59001"], "2027-01-19"), (communes["59003"], "2027-01-21"), (communes["59001"], "2027-02-16"))
    promised(second, (communes["59002"], "2027-02-18"))
    Leave.objects.create(mediator=camille, starts=day("2027-01-18"), ends=day("2027-01-22"))
    Occupancy.objects.filter(mediator=sacha).update(ends=day("2027-01-31"))

    shown = text(browser, HERE)

    assert "2 passages</strong> : Camille, du 18 janvier 2027 au 22 janvier 2027" in shown
    assert "1 passage</strong> : Poste de Sacha vacant, à partir du 18 février 2027" in shown
    team_page = " ".join(text(browser, "/pilotage/equipe/").split())
    assert "2 passages publiés n’ont plus personne" in team_page
    assert "1 passage publié n’a plus personne" in team_page
    address = re.search(r'href="(/pilotage/tournee/imprevu/absence/[^"]+)"', shown)
    assert address is not None
    asked = text(browser, html.unescape(address[1]))
    assert 'value="2027-01-18"' in asked
    assert 'value="2027-01-22"' in asked
    assert re.search(rf'value="{mediator_id(first)}"[^>]* checked', asked)


def test_nothing_is_suggested_while_someone_comes_to_every_visit(
    browser: Client, published: Plan, communes: dict[str, Commune], team: Team
) -> None:
    promised(team[0][0], (communes["59001"], "2027-01-19"))

    assert "n’ont plus personne" not in text(browser, HERE)


def test_nothing_is_repaired_before_anything_is_published(browser: Client, draft: Plan, team: Team) -> None:
    assert "Aucun mois à venir n’est publié" in text(browser, HERE)
    assert "n’est pas publié" in text(browser, f"{HERE}absence/", ill(team))


def test_an_illness_is_repaired_and_written_down_in_the_team(browser: Client, published: Plan, team: Team) -> None:
    waiting = text(browser, f"{HERE}absence/", ill(team, note="on"))
    assert "La réponse arrive" in waiting
    assert "Poste de Camille (Camille), du 18 janvier 2027 au 22 janvier 2027 : absence" in waiting
    text(browser, f"{HERE}absence/", ill(team, note="on"))
    assert Question.objects.count() == 1
    leave = Leave.objects.get()
    assert (leave.mediator, leave.starts, leave.ends) == (team[0][1], day("2027-01-18"), day("2027-01-22"))

    shown = answered(browser)

    assert "3 passages deviennent impossibles, 3 sont déplacés ou confiés à quelqu’un d’autre." in shown
    assert "même date" in shown
    assert "Poste de Sacha (Sacha)" in shown
    question = Question.objects.get()
    response = browser.post(f"/pilotage/tournee/questions/{question.pk}/garder/")
    assert response.status_code == 302
    repaired = Plan.objects.get(origin=PlanOrigin.REPAIR.value)
    assert response["Location"] == f"/pilotage/tournee/{repaired.number}/publier/"
    assert repaired.parent == published


def test_a_tour_that_was_published_meanwhile_is_asked_about_again(browser: Client, published: Plan, team: Team) -> None:
    text(browser, f"{HERE}absence/", ill(team))
    answered(browser)
    Publication.objects.filter(month="2027-02").update(superseded_at=timezone.now())

    question = Question.objects.get()
    shown = text(browser, f"/pilotage/tournee/questions/{question.pk}/")

    assert "Faire un brouillon" not in shown
    assert "a changé depuis cette question" in shown
    assert "a changé depuis cette question" in text(browser, f"/pilotage/tournee/questions/{question.pk}/garder/", {})
    assert not Plan.objects.filter(origin=PlanOrigin.REPAIR.value).exists()


@pytest.mark.parametrize(
    ("what", "change", "words"),
    [
        ("absence", {"post": ""}, "Choisir la personne."),
        ("absence", {"ends": "2027-01-15"}, "Le dernier jour est avant le premier"),
        ("absence", {"starts": "2027-07-01", "ends": "2027-07-02"}, "Le mois de juillet 2027 n’est pas publié"),
        ("salle", {"commune": "59003"}, "Dire si la commune a une autre salle."),
        ("salle", {"commune": "75056", "other_room": "no"}, "Choisir une commune de la liste."),
        ("commune", {"commune": "59003"}, "Donner le jour où la commune arrive."),
        ("passage", {"visit": "59003/2027-01-21", "date": "2027-02-19", "half": "AM"}, "Le passage reste dans son mois"),
        ("passage", {"visit": "59003/2027-01-20", "date": "2027-01-22", "half": "AM"}, "Choisir un passage de la liste."),
        ("poste", {"starts": ""}, "Donner le premier jour sans personne."),
    ],
)
def test_what_is_missing_or_wrong_is_told_beside_its_field(
    browser: Client, published: Plan, team: Team, what: str, change: dict[str, object], words: str
) -> None:
    shown = text(browser, f"{HERE}{what}/", ill(team) | change)

    assert words in shown
    assert "field-error" in shown
    assert not Question.objects.exists()


def test_with_another_room_no_date_moves(browser: Client, published: Plan, team: Team) -> None:
    text(browser, f"{HERE}salle/", ill(team, commune="59003", other_room="yes"))

    shown = answered(browser)

    assert "Aucune date ne bouge" in shown
    assert "Condé, jeudi 21 janvier 2027, matin" in shown
    assert "Faire un brouillon" not in shown


def test_a_closed_hall_moves_its_visit_alone(browser: Client, published: Plan, team: Team) -> None:
    text(browser, f"{HERE}salle/", ill(team, commune="59003", other_room="no"))

    shown = answered(browser)

    assert "1 passage devient impossible, 1 est déplacé" in shown
    assert "jeudi 21 janvier 2027, matin" in shown
    assert "Abscon" not in shown


def test_a_visit_moved_by_hand_is_told_as_such(browser: Client, published: Plan, team: Team) -> None:
    move: dict[str, object] = {"visit": "59003/2027-01-21", "date": "2027-01-22", "half": "PM", "post": mediator_id(team[0][0])}
    text(browser, f"{HERE}passage/", move)

    shown = answered(browser)

    assert "à la main" in shown
    assert "vendredi 22 janvier 2027, après-midi" in shown


def test_a_vacant_post_without_an_end_reaches_the_last_published_month(browser: Client, published: Plan, team: Team) -> None:
    text(browser, f"{HERE}poste/", {"post": mediator_id(team[0][0]), "starts": "2027-01-18"})

    assert Question.objects.get().asked["absences"] == [
        {"mediator": mediator_id(team[0][0]), "starts": "2027-01-18", "ends": "2027-03-31", "vacant": True}
    ]
    assert "Service réduit : les communes qui attendent" in answered(browser)
    assert Occupancy.objects.get(post=team[0][0]).ends is None


def test_a_vacant_post_is_noted_in_the_team_unless_its_end_is_known(browser: Client, published: Plan, team: Team) -> None:
    vacant: dict[str, object] = {"post": mediator_id(team[0][0]), "starts": "2027-01-18", "note": "on"}
    text(browser, f"{HERE}poste/", vacant | {"ends": "2027-02-05"})
    assert Occupancy.objects.get(post=team[0][0]).ends is None

    text(browser, f"{HERE}poste/", vacant)

    assert Occupancy.objects.get(post=team[0][0]).ends == day("2027-01-17")
    shown = answered(browser)
    assert "Pas de réponse" not in shown
    assert "deviennent impossibles" in shown


def test_the_reduced_service_is_announced_and_ended(browser: Client, published: Plan, team: Team) -> None:
    here = "/pilotage/tournee/service-reduit/"
    assert "Aucun : chaque commune a son passage" in text(browser, here)
    assert "Écrire la phrase." in text(browser, here, {"sentence": "", "starts": "2027-01-11"})

    shown = text(browser, here, {"sentence": "Moins de dates ce mois-ci.", "starts": "2027-01-11"})

    assert "Moins de dates ce mois-ci." in shown
    service = ReducedService.objects.get()
    assert "C’est retiré" in text(browser, f"{here}{service.pk}/fin/", {})
    assert not ReducedService.objects.exists(), "it had begun on the same day"


def test_a_vacant_post_and_the_visits_that_are_missing_are_shown(browser: Client, published: Plan, team: Team) -> None:
    Occupancy.objects.filter(post=team[0][0]).update(ends=dt.date(2027, 1, 8))
    missing = {"commune": "59003", "name": "Condé", "month": "2027-02", "cause": "reduced_service", "reason": "service réduit"}
    Plan.objects.filter(pk=published.pk).update(figures={"unserved": [missing]})
    published.visits.filter(commune__code="59003", date=day("2027-02-18")).update(date=day("2027-03-30"))

    shown = text(browser, "/pilotage/tournee/service-reduit/")

    assert "Sans personne aujourd’hui : Poste de Camille" in shown
    assert "février 2027" in shown
    assert "mardi 30 mars 2027" in shown


def test_the_reduced_service_of_another_epci_is_not_there(published: Plan, stranger: User) -> None:
    service = ReducedService.objects.create(epci=published.epci, sentence="Ici.", starts=dt.date(2027, 1, 1))
    client = Client()
    client.force_login(stranger)

    assert client.post(f"/pilotage/tournee/service-reduit/{service.pk}/fin/").status_code == 404
