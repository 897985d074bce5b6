"""One evaluation: its figures, what the commune answered, its synthesis, what it recommends, its validation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.models import Convention
from escale.apps.documents.rendering import PDF_TYPE
from escale.apps.documents.spreadsheets import CSV_TYPE
from escale.apps.evaluation.actions import (
    freeze_evaluations,
    recommend,
    rectify_evaluation,
    validate_evaluations,
    withdraw_recommendation,
    write_synthesis,
)
from escale.apps.evaluation.freezing import texts_of
from escale.apps.evaluation.frozen import Frozen
from escale.apps.evaluation.models import CRITERIA, Evaluation, Recommendation
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.web.evaluations.document import months_words, title_of
from escale.web.evaluations.forms import RecommendationForm, RectifyForm, SynthesisForm
from escale.web.evaluations.showing import csv_of, pdf_of, shown, whole_of
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.takeaway.responses import named


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_evaluation(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show an evaluation; keep or validate the synthesis that is sent."""
    evaluation = _evaluation(visitor, pk)
    if request.method == "POST":
        require(visitor.user, "evaluations.manage", evaluation)
    form = SynthesisForm(request.POST or None, initial=_begun(evaluation))
    if accepted(form, lambda: _keep(request, visitor, evaluation, form)):
        return redirect("steering:evaluation", pk)
    return _page(request, visitor, _evaluation(visitor, pk), form)


@require_safe
@enter(Journey.STEERING)
def take_evaluation(request: HttpRequest, visitor: Visitor, pk: int, kind: str) -> HttpResponse:
    """Give an evaluation as a file."""
    evaluation = _evaluation(visitor, pk)
    whole = whole_of(_frozen(evaluation))
    name = f"evaluation-{evaluation.rank}-mois-{evaluation.place.lower().replace(' ', '-')}.{kind}"
    if kind == "pdf":
        return named(HttpResponse(pdf_of(whole), content_type=PDF_TYPE), name, attached=False)
    return named(HttpResponse(csv_of(whole), content_type=CSV_TYPE), name, attached=True)


@require_POST
@enter(Journey.STEERING)
def freeze_evaluation(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Freeze the figures of an evaluation, or count them anew before it is validated."""
    evaluation = _evaluation(visitor, pk)
    require(visitor.user, "evaluations.manage", evaluation)
    if performed(request, lambda: freeze_evaluations(actor=visitor.user, evaluations=[evaluation])):
        messages.success(request, "Les chiffres sont arrêtés. Relire la synthèse, puis valider.")
    return redirect("steering:evaluation", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_recommendation(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Add what an evaluation recommends."""
    evaluation = _evaluation(visitor, pk)
    require(visitor.user, "evaluations.manage", evaluation)
    form = RecommendationForm(request.POST or None, communes=_communes(evaluation))

    def add() -> None:
        told = form.cleaned_data
        # Where there is one commune, nothing is asked.
        communes = told.get("communes") or Commune.objects.filter(pk__in=_communes(evaluation)).defer("outline")
        recommend(actor=visitor.user, evaluation=evaluation, words=told["words"], articles=told["articles"], communes=communes)

    return _asked(request, visitor, evaluation, form, add, "Ajouter une recommandation", "Ajouter")


@require_POST
@enter(Journey.STEERING)
def take_recommendation_back(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Take a recommendation back."""
    row = get_object_or_404(Recommendation.objects.visible_to(visitor.user).select_related("evaluation"), pk=pk)
    if performed(request, lambda: withdraw_recommendation(actor=visitor.user, recommendation=row)):
        messages.success(request, "La recommandation est retirée.")
    return redirect("steering:evaluation", row.evaluation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def rectify(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Make a rectification of a validated evaluation, which stays as it is."""
    evaluation = _evaluation(visitor, pk)
    require(visitor.user, "evaluations.validate", evaluation)
    form = RectifyForm(request.POST or None)

    def put_right() -> None:
        rectify_evaluation(actor=visitor.user, evaluation=evaluation, because=form.cleaned_data["because"])

    return _asked(request, visitor, evaluation, form, put_right, "Faire un rectificatif", "Faire le rectificatif")


def _asked(
    request: HttpRequest,
    visitor: Visitor,
    evaluation: Evaluation,
    form: forms.Form,
    act: Callable[[], object],
    title: str,
    verb: str,
) -> HttpResponse:
    """Show a form of one evaluation, and do what it asks."""
    if accepted(form, act):
        messages.success(request, "C’est fait.")
        return redirect("steering:evaluation", evaluation.pk)
    seen = {"visitor": visitor, "evaluation": evaluation, "title": title, "verb": verb, "form": form}
    return render(request, "evaluations/ask.html", {**seen, "heading": title_of(evaluation)})


def _page(request: HttpRequest, visitor: Visitor, evaluation: Evaluation, form: SynthesisForm) -> HttpResponse:
    seen: dict[str, Any] = {
        "visitor": visitor,
        "evaluation": evaluation,
        "title": title_of(evaluation),
        "months": months_words(evaluation),
        "form": form,
        "may_manage": visitor.holds("evaluations.manage"),
        "may_carry": visitor.holds("committee.manage"),
        "may_validate": visitor.holds("evaluations.validate"),
        "may_freeze": clock.today(visitor.epci) > evaluation.last.last,
        "questionnaires": evaluation.questionnaires.select_related("commune").order_by("commune__sort_key"),
    }
    if evaluation.frozen_at:
        whole = whole_of(evaluation)
        seen |= {"recommendations": whole.recommendations, **shown(whole)}
    return render(request, "evaluations/evaluation.html", seen)


def _keep(request: HttpRequest, visitor: Visitor, evaluation: Evaluation, form: SynthesisForm) -> None:
    """Keep what is written; validate it too when that is asked. What a validation refuses is kept all the same."""
    write_synthesis(actor=visitor.user, evaluation=evaluation, texts=form.cleaned_data)
    if "valider" not in request.POST:
        messages.success(request, "La synthèse est relue et enregistrée.")
        return
    validate_evaluations(actor=visitor.user, evaluations=[evaluation])
    messages.success(request, "L’évaluation est validée : elle ne change plus.")


def _begun(evaluation: Evaluation) -> dict[str, str]:
    """Return what stands in the form: what is written, else what is proposed."""
    if not evaluation.frozen_at:
        return {}
    given = texts_of(Frozen.from_json(evaluation.figures))
    return {name: getattr(evaluation, name) or ("" if evaluation.read_at else given[name]) for name in CRITERIA}


def _communes(evaluation: Evaluation) -> list[int]:
    if evaluation.convention:
        return [evaluation.convention.commune_id]
    bound = Convention.objects.filter(epci=evaluation.epci, notified_on__lte=evaluation.due_on, abandoned_on=None)
    return list(bound.exclude(ends_on__lt=evaluation.due_on).values_list("commune", flat=True))


def _evaluation(visitor: Visitor, pk: int) -> Evaluation:
    rows = Evaluation.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    return get_object_or_404(rows.select_related("epci", "campaign", "convention__commune"), pk=pk)


def _frozen(evaluation: Evaluation) -> Evaluation:
    """Return an evaluation that has figures; one that has none yet has no file."""
    return get_object_or_404(
        Evaluation.objects.select_related("epci", "convention__commune"), pk=evaluation.pk, frozen_at__isnull=False
    )
