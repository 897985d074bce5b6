"""A proposal becomes one avenant for each commune concerned, all or none, and both remember each other (art. 6, 8)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.committee.actions import adopt_trial, correct_proposal, open_proposed, propose, settle_proposal
from escale.apps.committee.actions.opening import opening_of
from escale.apps.committee.clauses import Clause
from escale.apps.committee.models import Fate, Proposal, Trial
from escale.apps.committee.queries import proposals_by_avenant, trials_told
from escale.apps.conventions.actions.amending import Change, draft_avenant
from escale.apps.conventions.models import ANNEX, Avenant, Convention
from escale.apps.schedule.models import Plan, PlanOrigin, Question
from escale.apps.schedule.trials import TrialKind, trial_asked
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import in_force

TODAY = dt.date(2026, 11, 23)
TWICE = Change(article="4", name="sessions_per_month", new=2)
THURSDAY = {"nth": 3, "weekday": 3, "half": "PM"}


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def two(epci: Epci, oisy: Commune, bousignies: Commune) -> list[Convention]:
    """Two conventions in force."""
    return [in_force(epci, oisy), in_force(epci, bousignies)]


def test_drafts_open_together_prefilled_and_lead_back_to_the_proposal(
    coordinator: User, epci: Epci, oisy: Commune, two: list[Convention]
) -> None:
    own = Clause(article="4", name=ANNEX, new=THURSDAY, commune=oisy)
    row = propose(actor=coordinator, epci=epci, words="Venir deux fois par mois", clauses=[TWICE, own])

    opened = open_proposed(actor=coordinator, proposal=row)

    row.refresh_from_db()
    names = {one.convention.commune: sorted(clause.name for clause in one.clauses.all()) for one in opened}
    assert names == {oisy: [ANNEX, TWICE.name], two[1].commune: [TWICE.name]}
    assert {one.purpose for one in opened} == {"Venir deux fois par mois"}
    assert (row.fate, row.settled_on) == (Fate.AVENANT, TODAY)
    assert proposals_by_avenant(two[0]) == {1: [row]}
    with pytest.raises(ValidationError, match="vient de cette proposition"):
        settle_proposal(actor=coordinator, proposal=row, fate=Fate.REJECTED, reason="Trop cher")
    with pytest.raises(ValidationError, match="devenue avenant"):
        correct_proposal(actor=coordinator, proposal=row, words="Autre", communes=[], clauses=[TWICE])


def test_nothing_opens_until_each_refusal_was_seen(coordinator: User, epci: Epci, two: list[Convention]) -> None:
    oisy, bousignies = two
    draft_avenant(
        actor=coordinator, convention=bousignies, purpose="Le planning", changes=[Change(article="4", name=ANNEX, new=THURSDAY)]
    )
    row = propose(actor=coordinator, epci=epci, words="Venir deux fois par mois", clauses=[TWICE])
    before = Avenant.objects.count()

    with pytest.raises(ValidationError, match=r"Bousignies : .* touche déjà l’article 4"):
        open_proposed(actor=coordinator, proposal=row)

    assert (Avenant.objects.count(), Proposal.objects.get().fate) == (before, Fate.PROPOSED)
    seen = [line.convention.pk for line in opening_of(row, TODAY).refused]
    assert [one.convention for one in open_proposed(actor=coordinator, proposal=row, left_out=seen)] == [oisy]
    with pytest.raises(ValidationError, match="touche déjà"):
        open_proposed(actor=coordinator, proposal=row)


def test_a_value_that_is_there_already_and_a_commune_without_convention_are_told(
    coordinator: User, reader: User, epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    in_force(epci, oisy)
    same = Change(article="4", name=TWICE.name, new=1)
    row = propose(actor=coordinator, epci=epci, words="Une fois par mois", communes=[oisy, bousignies], clauses=[same])

    found = opening_of(row, TODAY)

    assert [line.refusal for line in found.lines] == ["sa convention dit déjà ce qui est proposé"]
    assert found.without == (bousignies,)
    with pytest.raises(PermissionDenied):
        open_proposed(actor=reader, proposal=row)


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        (Change(article="4", name="sessions", new=2), "n’est pas un paramètre"),
        (Change(article="5-1", name="sessions_per_month", new=2), "c’est l’article 4"),
        (Change(article="4", name="sessions_per_month", new=0), "nombre entier"),
        (Change(article="9"), "Dire ce que la clause change"),
    ],
)
def test_a_clause_that_no_avenant_could_carry_out_is_refused(coordinator: User, epci: Epci, clause: Change, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        propose(actor=coordinator, epci=epci, words="Autrement", clauses=[clause])
    assert not Proposal.objects.exists()


def test_a_trial_gives_its_clauses_and_the_communes_that_would_move(
    coordinator: User, epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    row = propose(actor=coordinator, epci=epci, words="Deux fois à Oisy", commune=oisy)
    plan = Plan.objects.create(
        epci=epci, number=1, first_month="2027-01", last_month="2027-12", origin=PlanOrigin.FIRST.value, created_by="test"
    )
    moved = [{"commune": bousignies.code, "name": "Bousignies", "dates": 12, "usual": THURSDAY | {"words": ""}}]
    question = Question.objects.create(
        epci=epci,
        plan=plan,
        plan_version=1,
        kind="trial",
        status="done",
        requested_by="test",
        asked=trial_asked(TrialKind.VISITS, commune=oisy.code, visits=2),
        answer={"possible": True, "moved": moved, "usual": None, "words": "Passer Oisy à deux demi-journées : possible."},
    )

    adopt_trial(actor=coordinator, trial=Trial.objects.create(proposal=row, question=question))

    clauses = {(one.commune, one.name): one.new for one in row.clauses.all()}
    assert clauses == {(oisy, TWICE.name): 2, (bousignies, ANNEX): THURSDAY}
    assert set(row.communes.all()) == {oisy, bousignies}
    assert trials_told(Proposal.objects.open()) == [(1, "Passer Oisy à deux demi-journées : possible.")]
