"""A change of the pattern is tried on the published months to come, by the worker, and told in one sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions.trying import ask_trial
from escale.apps.schedule.models import QuestionStatus
from escale.apps.schedule.question_tasks import answer
from escale.apps.schedule.trials import NO_PLACE, TrialKind, detail_words
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci, TerritoryClosure
from escale.core.calendar.halfdays import Window
from tests.apps.schedule.sketch import a_draft, a_planned_visit, as_published, take_part

pytestmark = pytest.mark.django_db
Team = list[tuple[Post, Mediator]]


@pytest.fixture(autouse=True)
def _today(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 11)
    monkeypatch.setattr("escale.apps.schedule.question_tasks.TRIAL_SECONDS", 0.5)


@pytest.fixture
def denain(epci: Epci, communes: dict[str, Commune], team: Team) -> Commune:
    """A commune of the tour published from January to March 2027, on the third Tuesday."""
    take_part(epci, [communes["59002"]])
    plan = a_draft(epci, months=("2027-01", "2027-03"))
    for date in ("2027-01-19", "2027-02-16", "2027-03-16"):
        a_planned_visit(plan, communes["59002"], team[0][0], date)
    as_published(plan)
    return communes["59002"]


def test_two_half_days_are_answered_for_the_months_that_have_not_begun(epci: Epci, denain: Commune) -> None:
    question = ask_trial(actor=SYSTEM, epci=epci, kind=TrialKind.VISITS, commune=denain, visits=2)
    again = ask_trial(actor=SYSTEM, epci=epci, kind=TrialKind.VISITS, commune=denain, visits=2)

    answer(question.pk)

    question.refresh_from_db()
    assert again == question
    assert question.status == QuestionStatus.DONE
    found = question.answer
    assert found["months"] == ["2027-02", "2027-03"]
    assert found["words"].startswith(f"Passer {denain.place_name.full} à deux demi-journées par mois : possible, ")
    assert detail_words(question.asked, found)[0].startswith("La demi-journée ajoutée tombe le ")


def test_what_is_impossible_is_told_with_its_month_and_reason(epci: Epci, denain: Commune) -> None:
    TerritoryClosure.objects.create(epci=epci, starts=dt.date(2027, 2, 1), ends=dt.date(2027, 2, 15), reason="Travaux")
    TerritoryClosure.objects.create(epci=epci, starts=dt.date(2027, 2, 17), ends=dt.date(2027, 2, 28), reason="Travaux")
    question = ask_trial(actor=SYSTEM, epci=epci, kind=TrialKind.VISITS, commune=denain, visits=2)

    answer(question.pk)

    question.refresh_from_db()
    assert not question.answer["possible"]
    assert "impossible en février 2027 : aucune demi-journée du mois ne convient" in question.answer["words"]
    assert detail_words(question.asked, question.answer) == [NO_PLACE]


def test_what_cannot_be_tried_is_refused_with_what_to_do(epci: Epci, communes: dict[str, Commune]) -> None:
    with pytest.raises(ValidationError, match="publier une tournée"):
        ask_trial(actor=SYSTEM, epci=epci, kind=TrialKind.MEDIATOR)
    with pytest.raises(ValidationError, match="Choisir la commune"):
        ask_trial(actor=SYSTEM, epci=epci, kind=TrialKind.WINDOW, window=Window.parse("TUE_AM"))
