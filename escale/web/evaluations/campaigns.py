"""The evaluations as the Direction Stratégie leads them: campaign by campaign, then one campaign and what may be done at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.evaluation.actions import freeze_evaluations, remind_commune, validate_evaluations
from escale.apps.evaluation.models import OPENS_BEFORE, Campaign, Evaluation, Questionnaire
from escale.apps.evaluation.progress import coming_up, progress_of
from escale.apps.territory import clock
from escale.web.forms import performed
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.STEERING)
def list_campaigns(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show which evaluations are due, who answered, what remains."""
    require(visitor.user, "evaluations.see", visitor.epci)
    campaigns = Campaign.objects.visible_to(visitor.user).filter(epci=visitor.epci).order_by("-month")
    seen = {
        "visitor": visitor,
        "campaigns": progress_of(visitor.user, campaigns),
        "coming": coming_up(visitor.epci, clock.today(visitor.epci)),
        "opens_before": OPENS_BEFORE.days,
    }
    return render(request, "evaluations/list.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_campaign(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """Show the evaluations of a month, and let those that were read through be validated at once."""
    campaign = _campaign(visitor, month)
    [progress] = progress_of(visitor.user, [campaign])
    asked = Questionnaire.objects.visible_to(visitor.user).filter(evaluation__campaign=campaign)
    today = clock.today(visitor.epci)
    seen = {
        "visitor": visitor,
        "progress": progress,
        "silent": list(asked.filter(answered_at=None, evaluation__frozen_at=None).select_related("commune", "evaluation__epci")),
        "may_manage": visitor.holds("evaluations.manage"),
        "may_validate": visitor.holds("evaluations.validate"),
        "ready": [one for one in progress.evaluations if one.read_at and not one.validated_at and not one.empty_criteria],
        "to_freeze": [one for one in progress.evaluations if not one.frozen_at and today > one.last.last],
    }
    return render(request, "evaluations/campaign.html", seen)


@require_POST
@enter(Journey.STEERING)
def freeze_campaign(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """Freeze the figures of the evaluations of a month whose months are over."""
    campaign = _campaign(visitor, month)
    require(visitor.user, "evaluations.manage", campaign)
    today = clock.today(visitor.epci)
    rows = [row for row in campaign.evaluations.filter(frozen_at=None).select_related("epci") if today > row.last.last]
    if performed(request, lambda: freeze_evaluations(actor=visitor.user, evaluations=rows)):
        count = len(rows)
        plural = "s" * (count > 1)
        messages.success(request, f"Chiffres arrêtés pour {count} évaluation{plural}. Relire maintenant chaque synthèse.")
    return redirect("steering:campaign", month)


@require_POST
@enter(Journey.STEERING)
def remind_campaign(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """Write again to the communes that have not answered."""
    campaign = _campaign(visitor, month)
    require(visitor.user, "evaluations.manage", campaign)
    silent = Questionnaire.objects.filter(evaluation__campaign=campaign, answered_at=None, evaluation__frozen_at=None)
    reached = [remind_commune(actor=visitor.user, questionnaire=row) for row in silent.order_by("pk")]
    count = sum(one > 0 for one in reached)
    messages.success(request, f"{count} commune{'s' * (count > 1)} relancée{'s' * (count > 1)}, sur {len(reached)} sans réponse.")
    return redirect("steering:campaign", month)


@require_POST
@enter(Journey.STEERING)
def validate_campaign(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """Validate several evaluations that were read through: all of those that are chosen, or none."""
    campaign = _campaign(visitor, month)
    require(visitor.user, "evaluations.validate", campaign)
    chosen = [int(one) for one in request.POST.getlist("evaluation") if one.isdigit()]
    rows = list(Evaluation.objects.visible_to(visitor.user).filter(campaign=campaign, pk__in=chosen))
    if not rows:
        messages.error(request, "Choisir les évaluations à valider.")
    elif performed(request, lambda: validate_evaluations(actor=visitor.user, evaluations=rows)):
        count = len(rows)
        messages.success(request, f"{count} évaluation{'s' * (count > 1)} validée{'s' * (count > 1)}.")
    return redirect("steering:campaign", month)


def _campaign(visitor: Visitor, month: str) -> Campaign:
    require(visitor.user, "evaluations.see", visitor.epci)
    return get_object_or_404(Campaign.objects.visible_to(visitor.user), epci=visitor.epci, month=month)
