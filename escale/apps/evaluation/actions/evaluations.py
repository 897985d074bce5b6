"""The life of an evaluation (art. 6): figures frozen, synthesis written and read through, validated, put right beside."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.conventions.models import Avenant
from escale.apps.evaluation.dues import spans_until
from escale.apps.evaluation.figures import sealed
from escale.apps.evaluation.freezing import counted, texts_of
from escale.apps.evaluation.frozen import Frozen
from escale.apps.evaluation.models import CRITERIA, Evaluation, Recommendation, Rectification
from escale.apps.obligations.accounts import EVALUATIONS, fulfil
from escale.apps.territory import clock
from escale.apps.territory.catalogue import EVALUATION_SCOPE
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import value_of
from escale.apps.territory.saving import refuse
from escale.core.calendar.french import date_words
from escale.core.convention.evaluations import span_of
from escale.core.evaluation.definitions import FAMILIES

MOST_LETTERS = 300
VALIDATED = "Cette évaluation est validée : elle ne change plus. Une correction donne lieu à un rectificatif."
NOT_FROZEN = "Arrêter les chiffres avant d’écrire la synthèse."
EMPTY = "Écrire ce critère : une évaluation ne se valide pas sans lui (art. 6)."
ONLY_FIGURES = "Ces phrases ne sont que les chiffres : y ajouter ce que la Direction Stratégie en retient."
ARTICLES = ("1", "2", "3-1", "3-2", "4", "5-1", "5-2", "6", "7", "8", "9")


def freeze_evaluations(*, actor: Actor, evaluations: Iterable[Evaluation]) -> list[Evaluation]:
    """Freeze the figures of evaluations of one EPCI, or count them anew before they are validated; propose each synthesis.

    All or none. Counting takes a while: nothing is locked meanwhile, so that everybody else may write.
    """
    asked = list(evaluations)
    if not asked:
        return []
    today = clock.today(asked[0].epci)
    for one in asked:
        require(actor, "evaluations.manage", one)
        _refuse_validated(one)
        if today <= one.last.last:
            raise refuse("last_month", f"Les mois comptés finissent le {date_words(one.last.last)} : attendre ce jour.")
    found = counted(asked, today)
    with transaction.atomic():
        rows = [_locked(actor, one, "evaluations.manage") for one in asked]
        for row in rows:
            _refuse_validated(row)
            _freeze(actor, row, found[row.pk])
    return rows


@transaction.atomic
def write_synthesis(*, actor: Actor, evaluation: Evaluation, texts: Mapping[str, str]) -> Evaluation:
    """Write the three criteria of an evaluation, and say that they were read through; one may still be empty.

    That of the whole territory is no proposal left as it is.
    """
    row = _locked(actor, evaluation, "evaluations.manage")
    _refuse_validated(row)
    if row.frozen_at is None:
        raise ValidationError(NOT_FROZEN)
    said = {name: _lines(texts.get(name, "")) for name in CRITERIA}
    if row.is_of_all:
        given = texts_of(Frozen.from_json(row.figures))
        if same := [name for name in CRITERIA if said[name] and said[name] == _lines(given[name])]:
            raise ValidationError(dict.fromkeys(same, ONLY_FIGURES))
    for name, words in said.items():
        setattr(row, name, words)
    row.read_at, row.read_by = clock.moment(row.epci), actor.actor_id
    row.full_clean()
    row.save(update_fields=[*CRITERIA, "read_at", "read_by"])
    events.record("evaluation.written", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def validate_evaluations(*, actor: Actor, evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """Validate evaluations, all or none. Raise ValidationError, by criterion, when one is empty; by place for several."""
    rows = [_locked(actor, one, "evaluations.validate") for one in evaluations]
    for row in rows:
        _refuse_unready(row, alone=len(rows) == 1)
    for row in rows:
        if row.validated_at is None:
            _validate(actor, row)
    return rows


@transaction.atomic
def recommend(
    *, actor: Actor, evaluation: Evaluation, words: str, articles: Sequence[str], communes: Iterable[Commune] = ()
) -> Recommendation:
    """Add what an evaluation recommends on some articles, for some communes; without any, for that of its convention."""
    row = _locked(actor, evaluation, "evaluations.manage")
    _refuse_validated(row)
    said, wanted = _said("words", words, "Écrire la recommandation.", most=400), list(communes)
    if unknown := [one for one in articles if one not in ARTICLES]:
        raise refuse("articles", f"La convention n’a pas d’article {unknown[0]}.")
    if not articles:
        raise refuse("articles", "Choisir l’article, ou les articles, que la recommandation touche.")
    if not wanted and row.convention:
        wanted = [row.convention.commune]
    if not wanted:
        raise refuse("communes", "Choisir les communes que la recommandation concerne.")
    last = row.recommendations.aggregate(last=Max("order"))["last"] or 0
    made = Recommendation(evaluation=row, order=last + 1, words=said, articles=[one for one in ARTICLES if one in articles])
    made.full_clean()
    made.save()
    made.communes.set(wanted)
    events.record("evaluation.recommended", actor=actor, epci=row.epci.siren, subject=made)
    return made


@transaction.atomic
def withdraw_recommendation(*, actor: Actor, recommendation: Recommendation) -> None:
    """Take a recommendation back, before its evaluation is validated."""
    row = _locked(actor, recommendation.evaluation, "evaluations.manage")
    _refuse_validated(row)
    if recommendation.avenants.exists():
        raise ValidationError("Un avenant est né de cette recommandation : elle reste.")
    # A proposal of the committee remembers the recommendation that it carries: its key would protect it without a word.
    if recommendation.proposals.exists():
        raise ValidationError("Cette recommandation est portée au comité : elle reste.")
    events.record("evaluation.recommendation_withdrawn", actor=actor, epci=row.epci.siren, subject=recommendation)
    recommendation.delete()


@transaction.atomic
def link_avenants(*, actor: Actor, recommendation: Recommendation, avenants: Iterable[Avenant]) -> None:
    """Note the avenants that were opened from a recommendation, before or after its evaluation is validated (art. 6, 8)."""
    require(actor, "evaluations.manage", recommendation)
    recommendation.avenants.add(*avenants)
    siren = recommendation.evaluation.epci.siren
    events.record("evaluation.avenants_opened", actor=actor, epci=siren, subject=recommendation)


@transaction.atomic
def rectify_evaluation(*, actor: Actor, evaluation: Evaluation, because: str) -> Rectification:
    """Count anew what a validated evaluation said, beside it: its own figures stay, and its readers are told what changed."""
    row = _locked(actor, evaluation, "evaluations.validate")
    reason = _said("because", because, "Dire ce que le rectificatif corrige.", most=MOST_LETTERS)
    if row.validated_at is None:
        raise ValidationError("Cette évaluation n’est pas encore validée : arrêter de nouveau ses chiffres suffit.")
    now = recounted(row)
    if not now.changed_since(_last_told(row)):
        raise ValidationError("Rien n’a changé depuis : les chiffres sont les mêmes.")
    order = row.rectifications.count() + 1
    figures = now.to_json()
    made = Rectification(evaluation=row, order=order, reason=reason, figures=figures, sha256=sealed(figures), method=now.method)
    made.made_at, made.made_by = clock.moment(row.epci), actor.actor_id
    made.full_clean()
    made.save(force_insert=True)
    row.drifted_on = None
    row.save(update_fields=["drifted_on"])
    events.record("evaluation.rectified", actor=actor, epci=row.epci.siren, subject=made, number=order)
    return made


def recounted(evaluation: Evaluation) -> Frozen:
    """Return what an evaluation would say with what was corrected since, and nothing of what came after its day."""
    return counted([evaluation], Frozen.from_json(evaluation.figures).until)[evaluation.pk]


def _last_told(row: Evaluation) -> Frozen:
    last = max(row.rectifications.all(), key=lambda one: one.order, default=None)
    return Frozen.from_json(last.figures if last else row.figures)


def drifted_among(evaluations: Iterable[Evaluation]) -> list[Evaluation]:
    """Return the frozen evaluations of which something was noted or corrected since; those of one day are counted together."""
    by_day: defaultdict[dt.date, list[Evaluation]] = defaultdict(list)
    for one in evaluations:
        by_day[Frozen.from_json(one.figures).until].append(one)
    found = {key: frozen for day, rows in by_day.items() for key, frozen in counted(rows, day).items()}
    return [one for rows in by_day.values() for one in rows if found[one.pk].changed_since(_last_told(one))]


def _freeze(actor: Actor, row: Evaluation, frozen: Frozen) -> None:
    before = texts_of(Frozen.from_json(row.figures)) if row.frozen_at else dict.fromkeys(CRITERIA, "")
    figures, texts = frozen.to_json(), texts_of(frozen)
    row.figures, row.sha256, row.method = figures, sealed(figures), frozen.method
    for name in CRITERIA:
        # Words that someone wrote stay, to be read again beside the new figures; proposals follow the figures.
        if not row.is_of_all and getattr(row, name) in ("", before[name]):
            setattr(row, name, texts[name])
    row.read_at, row.read_by, row.drifted_on = None, "", None
    row.frozen_at, row.frozen_by = clock.moment(row.epci), actor.actor_id
    row.full_clean()
    row.save()
    events.record("evaluation.frozen", actor=actor, epci=row.epci.siren, subject=row)


def _refuse_unready(row: Evaluation, *, alone: bool) -> None:
    if row.frozen_at is None:
        raise ValidationError(f"{row.place} : {NOT_FROZEN}")
    if not row.is_intact:
        raise ValidationError(f"{row.place} : les chiffres gardés ne sont plus ceux de leur empreinte ; les arrêter de nouveau.")
    if missing := row.empty_criteria:
        if alone:
            raise ValidationError(dict.fromkeys(missing, EMPTY))
        [first, *_] = [FAMILIES[family] for name, family in zip(CRITERIA, FAMILIES, strict=True) if name in missing]
        raise ValidationError(f"{row.place} : un critère est vide (« {first} »). L’écrire avant de valider (art. 6).")
    if row.read_at is None:
        raise ValidationError(f"{row.place} : la synthèse est une proposition ; la relire et l’enregistrer avant de valider.")


def _validate(actor: Actor, row: Evaluation) -> None:
    row.validated_at, row.validated_by = clock.moment(row.epci), actor.actor_id
    row.full_clean()
    row.save(update_fields=["validated_at", "validated_by"])
    today = clock.today(row.epci)
    if row.convention and row.convention.notified_on:
        span = span_of(row.rank, row.convention.notified_on)
        fulfil(epci=row.epci, commune=row.convention.commune, obligation=EVALUATIONS.id, span=span, done_on=today)
    elif not value_of(row.epci, EVALUATION_SCOPE).of_each:
        for case, due in spans_until(row.epci, row.due_on):
            commune = Commune.objects.get(pk=case.commune)
            assert case.effect is not None  # noqa: S101 -- only cases in effect are owed any.
            span = span_of(due.rank, case.effect)
            fulfil(epci=row.epci, commune=commune, obligation=EVALUATIONS.id, span=span, done_on=today)
    events.record("evaluation.validated", actor=actor, epci=row.epci.siren, subject=row)


def _locked(actor: Actor, evaluation: Evaluation, permission: str) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("epci", "convention__commune")
    row = rows.get(pk=evaluation.pk)
    require(actor, permission, row)
    return row


def _refuse_validated(row: Evaluation) -> None:
    if row.validated_at is not None:
        raise ValidationError(VALIDATED)


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _said(field: str, text: str, missing: str, *, most: int) -> str:
    said = " ".join(text.split())
    if not said:
        raise refuse(field, missing)
    if len(said) > most:
        raise refuse(field, f"C’est trop long : {most} signes au plus.")
    return said
