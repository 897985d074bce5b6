"""Copy a tour, or put a draft aside."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from escale.apps.audit.actors import require
from escale.apps.schedule.actions.drafting import copy_plan, discard_plan
from escale.apps.schedule.models import Plan
from escale.web.journeys import Journey, Visitor, enter


@require_POST
@enter(Journey.STEERING)
def copy(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Make a draft with the visits of a tour, and show it."""
    plan = plan_seen_by(visitor, number, "schedule.draft")
    try:
        draft = copy_plan(actor=visitor.user, plan=plan)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("steering:plan", number)
    messages.success(request, f"C’est le brouillon n° {draft.number}, {draft.note}.")
    return redirect("steering:plan", draft.number)


@require_POST
@enter(Journey.STEERING)
def discard(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Put a draft aside, and go back to the list."""
    plan = plan_seen_by(visitor, number, "schedule.draft")
    try:
        discard_plan(actor=visitor.user, plan=plan)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Le brouillon n° {number} est écarté. Il reste lisible, et peut encore être copié.")
    return redirect("steering:drafts")


def plan_seen_by(visitor: Visitor, number: int, permission: str) -> Plan:
    """Return a tour of the EPCI by its number, for whoever has a permission; else 403 or 404."""
    require(visitor.user, permission, visitor.epci)
    return get_object_or_404(Plan.objects.visible_to(visitor.user).select_related("epci"), epci=visitor.epci, number=number)
