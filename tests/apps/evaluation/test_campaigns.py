"""Evaluations (art. 6): opened a month before, answered, frozen, written, validated by whoever may, and put right beside."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record
from escale.apps.audit.actors import SYSTEM
from escale.apps.committee.actions import carry_recommendation, correct_proposal, open_proposed
from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.actions import (
    answer_questionnaire,
    freeze_evaluations,
    lead_evaluations,
    note_drifts,
    recommend,
    rectify_evaluation,
    validate_evaluations,
    withdraw_recommendation,
    write_synthesis,
)
from escale.apps.evaluation.freezing import texts_of
from escale.apps.evaluation.frozen import Frozen
from escale.apps.evaluation.holders import QuestionnaireHolder, find_questionnaire
from escale.apps.evaluation.models import CRITERIA, Evaluation, Questionnaire
from escale.apps.messaging.models import Message
from escale.apps.obligations.kept import Status
from escale.apps.obligations.queries import kept_on
from escale.apps.territory import clock as days
from escale.apps.territory.models import Commune, Epci, Setting
from escale.apps.visits.models import Visit
from escale.core.evaluation.definitions import Family
from escale.web.evaluations.document import months_words
from tests.apps.activity.writing import entry
from tests.apps.booking.service import Clock
from tests.apps.schedule.sketch import a_draft, as_published

TEXTS = {"functioning": "Le service fonctionne.", "number": "Neuf personnes.", "effectiveness": "On ne sait pas encore."}


def now() -> dt.datetime:
    return timezone.now()


def art_6(commune: Commune) -> tuple[Status, str]:
    convention = Convention.objects.get(commune=commune)
    kept = kept_on([convention], days.today(convention.epci))[convention.pk]
    [one] = [line for line in kept if line.obligation.id == "C-6-1"]
    return one.status, one.told


@pytest.fixture
def opened(epci: Epci, told: Visit, clock: Clock) -> Evaluation:
    """The second year of Oisy's convention ends on 17 March 2027: its evaluation opens a month before."""
    as_published(a_draft(epci, months=("2027-01", "2027-03")))
    clock.go("2027-02-20")
    lead_evaluations(actor=SYSTEM, now=now())
    return Evaluation.objects.get(convention__commune__code="59446")


@pytest.fixture
def frozen(opened: Evaluation, coordinator: User, clock: Clock) -> Evaluation:
    clock.go("2027-03-02")
    [row] = freeze_evaluations(actor=coordinator, evaluations=[opened])
    return row


def test_a_round_opens_each_convention_and_the_whole_and_asks_each_commune_once(opened: Evaluation, oisy: Commune) -> None:
    lead_evaluations(actor=SYSTEM, now=now())

    day = dt.date(2027, 3, 17)
    found = {(row.place, row.rank, row.due_on) for row in Evaluation.objects.all()}
    assert found == {("La Porte du Hainaut", 24, day), ("Oisy", 24, day), ("Bousignies", 24, day)}
    assert (opened.first_month, opened.last_month) == ("2026-03", "2027-02")
    assert Questionnaire.objects.count() == 2
    [letter] = Message.objects.filter(to="paul@exemple.fr", subject__startswith="Six questions")
    key = Questionnaire.objects.get(commune=oisy).key
    assert f"/repondre/evaluation/{key}/" in letter.body
    assert "jusqu" in letter.body.lower()


def test_a_commune_is_reminded_once_and_frozen_on_the_day_by_itself(opened: Evaluation, clock: Clock) -> None:
    for day in ("2027-03-08", "2027-03-09", "2027-03-17"):
        clock.go(day)
        lead_evaluations(actor=SYSTEM, now=now())

    opened.refresh_from_db()
    assert Message.objects.filter(to="paul@exemple.fr", subject__startswith="Rappel : Six questions").count() == 1
    assert opened.is_intact
    assert Frozen.from_json(opened.figures).answers.asked == 1


def test_answers_are_put_right_until_the_figures_are_frozen(opened: Evaluation, coordinator: User, clock: Clock) -> None:
    row = opened.questionnaires.get()
    holder = QuestionnaireHolder(questionnaire=row)
    with pytest.raises(ValidationError, match="une question au moins"):
        answer_questionnaire(actor=holder, questionnaire=row, answers={"dates": "", "change": "  "})
    answer_questionnaire(actor=holder, questionnaire=row, answers={"dates": "well", "change": "Venir le matin."})
    answer_questionnaire(actor=holder, questionnaire=row, answers={"dates": "mostly"})
    clock.go("2027-03-02")

    [evaluation] = freeze_evaluations(actor=coordinator, evaluations=[opened])

    answers = Frozen.from_json(evaluation.figures).answers
    assert (answers.asked, answers.answered, answers.counts["dates"]) == (1, 1, {"mostly": 1})
    found = find_questionnaire(row.key)
    assert found is not None
    with pytest.raises(ValidationError, match="clos"):
        answer_questionnaire(actor=holder, questionnaire=found, answers={"dates": "well"})


def test_figures_wait_until_their_months_are_over(opened: Evaluation, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="28 février 2027"):
        freeze_evaluations(actor=coordinator, evaluations=[opened])


def test_frozen_figures_are_those_of_the_half_days_with_a_proposal_for_each_criterion(frozen: Evaluation) -> None:
    figures = Frozen.from_json(frozen.figures)

    assert figures.by_code["N1"].numerator == 15
    assert figures.by_code["E6"].words.startswith("donnée absente")
    assert "15 accompagnements" in frozen.number
    assert len(figures.of_family(Family.EFFECTIVENESS)) == 7
    assert "N5" not in figures.by_code, "it counts communes, and this is one"
    assert figures.by_code["F9"].numerator == 0
    assert months_words(frozen) == "mars 2026 à février 2027, les douze mois depuis l’évaluation précédente"
    assert frozen.read_at is None


def test_a_validation_needs_a_reading_and_all_three_criteria(frozen: Evaluation, coordinator: User, oisy: Commune) -> None:
    with pytest.raises(ValidationError, match="relire"):
        validate_evaluations(actor=coordinator, evaluations=[frozen])
    write_synthesis(actor=coordinator, evaluation=frozen, texts={**TEXTS, "number": " "})
    with pytest.raises(ValidationError) as refused:
        validate_evaluations(actor=coordinator, evaluations=[frozen])
    assert list(refused.value.message_dict) == ["number"]
    assert art_6(oisy)[0] is Status.DUE

    write_synthesis(actor=coordinator, evaluation=frozen, texts=TEXTS)
    validate_evaluations(actor=coordinator, evaluations=[frozen])

    assert art_6(oisy) == (Status.MET, "évaluation de la deuxième année validée le 2 mars 2027")


def test_nobody_else_validates(
    frozen: Evaluation, coordinator: User, lawyer: User, ines: User, reader: User, oisy: Commune
) -> None:
    write_synthesis(actor=coordinator, evaluation=frozen, texts=TEXTS)

    for other in (lawyer, ines, reader):
        with pytest.raises(PermissionDenied):
            validate_evaluations(actor=other, evaluations=[frozen])

    frozen.refresh_from_db()
    assert frozen.validated_at is None


def test_nothing_changes_after_the_validation_not_even_in_the_database(frozen: Evaluation, coordinator: User) -> None:
    write_synthesis(actor=coordinator, evaluation=frozen, texts=TEXTS)
    validate_evaluations(actor=coordinator, evaluations=[frozen])

    for deed in (
        lambda: write_synthesis(actor=coordinator, evaluation=frozen, texts=TEXTS),
        lambda: freeze_evaluations(actor=coordinator, evaluations=[frozen]),
        lambda: recommend(actor=coordinator, evaluation=frozen, words="Venir deux fois", articles=["4"]),
    ):
        with pytest.raises(ValidationError, match="ne change plus"):
            deed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(pk=frozen.pk).update(number="Dix personnes.")


def test_the_database_refuses_a_validation_with_an_empty_criterion(frozen: Evaluation) -> None:
    rows = Evaluation.objects.filter(pk=frozen.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(validated_at=timezone.now(), validated_by="x", read_at=timezone.now(), effectiveness="")


def test_the_whole_is_no_proposal_left_as_it_is(frozen: Evaluation, coordinator: User) -> None:
    whole = Evaluation.objects.of_all().get()
    [whole] = freeze_evaluations(actor=coordinator, evaluations=[whole])
    assert [getattr(whole, name) for name in CRITERIA] == ["", "", ""]

    with pytest.raises(ValidationError, match="en retient"):
        write_synthesis(actor=coordinator, evaluation=whole, texts={"number": frozen.number, **_proposals(whole)})


def test_the_whole_alone_stands_for_every_convention_where_the_epci_reads_it_so(
    epci: Epci, told: Visit, coordinator: User, oisy: Commune, clock: Clock
) -> None:
    Setting.objects.create(epci=epci, key="EVALUATION_SCOPE", value="DISPOSITIF")
    as_published(a_draft(epci, months=("2027-01", "2027-03")))
    clock.go("2027-03-02")
    lead_evaluations(actor=SYSTEM, now=now())
    assert Questionnaire.objects.count() == 2
    [whole] = freeze_evaluations(actor=coordinator, evaluations=[Evaluation.objects.get()])

    write_synthesis(actor=coordinator, evaluation=whole, texts=TEXTS)
    validate_evaluations(actor=coordinator, evaluations=[whole])

    assert art_6(oisy) == (Status.MET, "évaluation de la deuxième année validée le 2 mars 2027")


def test_a_late_record_proposes_a_rectification_and_leaves_the_evaluation(
    frozen: Evaluation, coordinator: User, ines: User, clock: Clock
) -> None:
    write_synthesis(actor=coordinator, evaluation=frozen, texts=TEXTS)
    validate_evaluations(actor=coordinator, evaluations=[frozen])
    before = Evaluation.objects.get(pk=frozen.pk).sha256
    with pytest.raises(ValidationError, match="Rien n’a changé"):
        rectify_evaluation(actor=coordinator, evaluation=frozen, because="Une fiche en retard")
    clock.go("2027-03-03")
    log_record(actor=ines, record=entry(None, commune="59446", entered_at=dt.datetime(2027, 2, 26, 9, tzinfo=dt.UTC)))

    assert note_drifts(actor=SYSTEM, epci=frozen.epci, on=dt.date(2027, 3, 8)) == 1
    made = rectify_evaluation(actor=coordinator, evaluation=frozen, because="Une fiche en retard")

    row = Evaluation.objects.get(pk=frozen.pk)
    assert (row.sha256, row.drifted_on, made.order) == (before, None, 1)
    assert Frozen.from_json(made.figures).by_code["N1"].numerator == 16
    assert Frozen.from_json(row.figures).by_code["N1"].numerator == 15


def test_a_recommendation_carried_to_the_committee_stays_and_learns_of_its_avenants(
    frozen: Evaluation, coordinator: User, oisy: Commune
) -> None:
    row = recommend(actor=coordinator, evaluation=frozen, words="Venir deux fois", articles=["4"], communes=[oisy])
    proposal = carry_recommendation(actor=coordinator, recommendation=row)
    change = Change(article="4", name="sessions_per_month", new=2)
    correct_proposal(actor=coordinator, proposal=proposal, words=proposal.words, communes=[oisy], clauses=[change])

    assert carry_recommendation(actor=coordinator, recommendation=row) == proposal
    with pytest.raises(ValidationError, match="portée au comité"):
        withdraw_recommendation(actor=coordinator, recommendation=row)
    opened = open_proposed(actor=coordinator, proposal=proposal)
    assert list(row.avenants.all()) == opened


def _proposals(row: Evaluation) -> dict[str, str]:
    return texts_of(Frozen.from_json(row.figures))
