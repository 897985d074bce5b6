"""Questions on screen: asked by a form, awaited without a page that waits, answered in words, kept as a draft."""

from __future__ import annotations

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.schedule.models import Plan, Question
from escale.apps.schedule.question_tasks import answer
from tests.web.counting import queries_of
from tests.web.reading import plain

pytestmark = pytest.mark.django_db


def text(client: Client, path: str, data: dict[str, object] | None = None) -> str:
    response = client.get(path) if data is None else client.post(path, data, follow=True)
    assert response.status_code == 200
    return plain(response)


def ask(browser: Client, window: str = "TUE_PM") -> Question:
    text(browser, "/pilotage/tournee/1/pourquoi/59003/", {"window": window})
    found: Question = Question.objects.latest("pk")
    return found


def test_the_half_days_of_the_service_are_offered(browser: Client, draft: Plan) -> None:
    shown = text(browser, "/pilotage/tournee/1/pourquoi/59003/")

    assert "troisième jeudi du mois, matin" in shown
    assert "le mardi matin" in shown
    assert "le lundi matin" not in shown
    assert "Choisir une demi-journée." in text(browser, "/pilotage/tournee/1/pourquoi/59003/", {"window": ""})
    assert "Choisir une demi-journée de la liste." in text(browser, "/pilotage/tournee/1/pourquoi/59003/", {"window": "MON_AM"})


def test_an_answer_is_awaited_then_kept_as_a_draft(browser: Client, draft: Plan) -> None:
    question = ask(browser)
    path = f"/pilotage/tournee/questions/{question.pk}/"
    waiting = text(browser, path)
    assert "La réponse arrive" in waiting
    assert 'hx-trigger="every 2s"' in waiting

    answer(question.pk)

    shown = text(browser, path)
    assert "hx-trigger" not in shown
    assert "Possible le mardi après-midi" in shown
    assert "Condé" in shown
    kept = text(browser, f"{path}garder/", {"keep": "plan"})
    assert "C’est le brouillon n° 2. Rien n’est encore publié." in kept
    text(browser, f"{path}garder/", {"keep": "plan"})
    assert Plan.objects.count() == 2


def test_a_question_without_an_answer_says_why(browser: Client, draft: Plan) -> None:
    question = ask(browser)
    Plan.objects.filter(pk=draft.pk).update(version=2)
    answer(question.pk)

    shown = text(browser, f"/pilotage/tournee/questions/{question.pk}/")

    assert "Pas de réponse." in shown
    assert "poser la question de nouveau" in shown
    assert "pas de plan à garder" in text(browser, f"/pilotage/tournee/questions/{question.pk}/garder/", {"keep": "plan"})


def test_a_question_of_another_epci_is_not_there(browser: Client, draft: Plan, stranger: User) -> None:
    question = ask(browser)
    client = Client()
    client.force_login(stranger)

    assert client.get(f"/pilotage/tournee/questions/{question.pk}/").status_code == 404
    assert client.post(f"/pilotage/tournee/questions/{question.pk}/garder/").status_code == 404
    assert client.get("/pilotage/tournee/1/pourquoi/59003/").status_code == 404


def test_two_plans_are_compared(browser: Client, draft: Plan, published: Plan) -> None:
    assert "Les passages sont les mêmes" in text(browser, "/pilotage/tournee/comparer/?de=1&a=2")
    draft.visits.filter(commune__code="59003").delete()

    shown = text(browser, "/pilotage/tournee/comparer/?de=1&a=2")

    assert "6 demi-journées sur 9 dues" in shown
    assert "aucun passage → troisième jeudi du mois, matin" in shown
    assert "3 passages diffèrent" in shown


def test_a_draft_is_first_compared_with_what_is_published(browser: Client, draft: Plan, published: Plan) -> None:
    shown = text(browser, "/pilotage/tournee/comparer/?de=1")

    assert '<option value="2" selected>' in shown.partition('name="a"')[2]
    assert "Les passages sont les mêmes" in shown


def test_what_cannot_be_compared_is_told(browser: Client, draft: Plan) -> None:
    assert "Il faut deux tournées pour comparer" in text(browser, "/pilotage/tournee/comparer/")
    Plan.objects.create(epci=draft.epci, number=2, first_month="2028-01", last_month="2028-01", origin="first", created_by="test")

    assert "aucun mois en commun" in text(browser, "/pilotage/tournee/comparer/?de=1&a=2")
    assert "deux fois la même tournée" in text(browser, "/pilotage/tournee/comparer/?de=1&a=1")
    assert "Choisir deux tournées de la liste" in text(browser, "/pilotage/tournee/comparer/?de=1&a=9")


def test_a_comparison_costs_as_many_queries_when_nearly_everything_differs(browser: Client, draft: Plan, published: Plan) -> None:
    same = queries_of(browser, "/pilotage/tournee/comparer/?de=1&a=2")
    draft.visits.exclude(pk=draft.visits.earliest("date").pk).delete()

    assert queries_of(browser, "/pilotage/tournee/comparer/?de=1&a=2") == same
