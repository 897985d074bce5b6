"""The demonstration keeps its word: reports that left, evaluations at every stage, a committee that met; all of it once."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from escale.apps.audit.models import Entry
from escale.apps.committee.actions.opening import opening_of
from escale.apps.committee.models import Invitation, Meeting, Member, Proposal
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.models import Evaluation, Questionnaire, Report
from escale.apps.schedule.actions import annex_pattern
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration import ACTOR, load
from escale.config.demonstration.conventions import conclude_conventions
from escale.config.demonstration.following import evaluate_the_service, gather_the_committee, report_to_communes
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.problem import Annex

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = dt.date(2026, 11, 23)
USUAL = Annex(nth=2, window=Window(weekday=Weekday.TUE, half=Half.AM))


@pytest.fixture
def epci(settings: Settings) -> Epci:
    """The territory with its conventions, whose tour is published since August."""
    settings.ESCALE_TODAY = TODAY
    epci = load("sept mots tirés au sort")
    for commune in Commune.objects.all():
        annex_pattern(actor=ACTOR, epci=epci, commune=commune, pattern=USUAL, starts=dt.date(2025, 1, 1))
    plan = first_draft(actor=ACTOR, epci=epci, months=Month.range("2026-08..2026-11"))
    publish_plan(actor=ACTOR, plan=plan, version=plan.version)
    conclude_conventions(epci)
    return epci


def test_a_year_is_followed_once_by_the_same_actions_as_the_screens(epci: Epci) -> None:
    written: list[int] = []
    for _ in range(2):
        report_to_communes(epci)
        evaluate_the_service(epci)
        gather_the_committee(epci)
        written.append(Entry.objects.count())
    assert written[0] == written[1]

    conventions = Convention.objects.filter(notified_on__isnull=False).count()
    assert Report.objects.filter(period="2026-T3", sent_at__date=dt.date(2026, 10, 15)).count() == conventions
    assert 0 < Report.objects.filter(period="2026-T3", acknowledged_at=None).count() < conventions / 3

    validated, frozen = Evaluation.objects.exclude(validated_at=None), Evaluation.objects.to_validate()
    assert validated.exists()
    assert frozen.exists()
    assert all(row.is_intact for row in (*validated, *frozen))
    open_ones = Questionnaire.objects.filter(evaluation__frozen_at=None)
    assert {row.answered_at is None for row in open_ones} == {True, False}

    assert Member.objects.count() == 10
    assert list(Meeting.objects.order_by("date").values_list("state", flat=True)) == ["held", "planned"]
    assert set(Proposal.objects.values_list("fate", flat=True)) == {"proposed", "retained", "rejected"}
    held, planned = Meeting.objects.order_by("date")
    assert held.minutes
    assert planned.agenda
    assert planned.convened_at
    invited = Invitation.objects.filter(meeting=held)
    assert invited.filter(sent_at__date__lt=held.date).exclude(presence="").count() == invited.count()
    opening = opening_of(Proposal.objects.get(fate="retained"), TODAY)
    assert (len(opening.possible), opening.refused) == (1, ()), "what was retained leads to its avenant"
    assert all("(démonstration)" in str(member) for member in Member.objects.all())
