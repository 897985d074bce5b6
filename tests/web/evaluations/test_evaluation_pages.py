"""The Direction Stratégie leads an evaluation on its pages; a mairie answers six questions behind its link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.evaluation.models import Evaluation, Questionnaire
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import in_force
from tests.web.evaluations.world import evaluation_of_all

LogIn = Callable[[User], Client]
MONTH = "2027-03"
TEXTS = {"functioning": "Tout va bien.", "number": "Peu de monde.", "effectiveness": "On ne sait pas."}


@pytest.fixture
def evaluation(settings: Settings, epci: Epci, oisy: Commune) -> Evaluation:
    """The evaluation of the whole, on the day that it is due."""
    settings.ESCALE_TODAY = dt.date(2027, 3, 17)
    in_force(epci, oisy)
    return evaluation_of_all(epci, due=dt.date(2027, 3, 17), months=("2026-03", "2027-02"))


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_an_evaluation_is_played_from_its_figures_to_its_document(
    coordinator: User, evaluation: Evaluation, oisy: Commune, logged_in: LogIn
) -> None:
    client, page = logged_in(coordinator), f"/pilotage/evaluations/{evaluation.pk}/"
    assert "Mars 2027" in words(client, "/pilotage/evaluations/")
    client.post(f"/pilotage/evaluations/{MONTH}/arreter/")
    assert "y écrire ce que la Direction Stratégie en retient" in words(client, page)

    refused = client.post(page, {**TEXTS, "number": "", "valider": "1"})
    assert "Écrire ce critère" in refused.content.decode()
    client.post(f"{page}recommander/", {"words": "Deux demi-journées", "articles": ["4"], "communes": [str(oisy.pk)]})
    client.post(page, TEXTS)
    client.post(f"/pilotage/evaluations/{MONTH}/valider/", {"evaluation": [str(evaluation.pk)]})

    told = words(client, page)
    assert "Validée" in told
    assert "Deux demi-journées" in told
    assert "Enregistrer et valider" not in told
    assert client.get(f"{page}evaluation.pdf").content.startswith(b"%PDF")
    assert "donnée absente" in client.get(f"{page}evaluation.csv").content.decode()


def test_nobody_else_validates_on_a_page(
    coordinator: User, lawyer: User, ines: User, referent_oisy: User, evaluation: Evaluation, logged_in: LogIn
) -> None:
    logged_in(coordinator).post(f"/pilotage/evaluations/{evaluation.pk}/arreter/")

    for other in (lawyer, ines, referent_oisy):
        client = logged_in(other)
        assert client.post(f"/pilotage/evaluations/{evaluation.pk}/", {**TEXTS, "valider": "1"}).status_code == 403
        assert client.post(f"/pilotage/evaluations/{MONTH}/valider/", {"evaluation": "1"}).status_code == 403

    evaluation.refresh_from_db()
    assert (evaluation.number, evaluation.validated_at) == ("", None)


def test_a_mairie_answers_corrects_and_is_told_when_it_is_over(evaluation: Evaluation, oisy: Commune, client: Client) -> None:
    row = Questionnaire.objects.create(evaluation=evaluation, commune=oisy, sent_at=timezone.now())
    page = f"/repondre/evaluation/{row.key}/"
    assert "Six questions" in words(client, page)
    assert "Répondre à une question au moins" in client.post(page, {"dates": ""}).content.decode()
    client.post(page, {"dates": "well", "change": "Venir le matin."})
    client.post(page, {"dates": "poorly"})
    row.refresh_from_db()
    assert (row.dates, row.change) == ("poorly", "")

    Evaluation.objects.update(due_on=dt.date(2027, 3, 16))

    assert "Ce questionnaire est clos" in words(client, page)
    assert client.get("/repondre/evaluation/inconnue/").status_code == 404
