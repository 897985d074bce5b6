"""The team: its posts, who holds them, and the days on which someone is away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.activity.labels import SOURCES
from escale.apps.activity.models import ActivitySource, Source
from escale.apps.audit.actors import require
from escale.apps.team.actions import cancel_leave, record_leave
from escale.apps.team.labels import LEAVE_KINDS
from escale.apps.team.models import Leave, LeaveKind, Mediator
from escale.apps.territory import clock
from escale.core.calendar.french import period_words
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.changing.losses import losses
from escale.web.steering.forms import LeaveForm
from escale.web.steering.queries import coming_leaves, team_lines


@require_safe
@enter(Journey.STEERING)
def show_team(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the posts of today and the leaves that come."""
    require(visitor.user, "team.see", visitor.epci)
    today = clock.today(visitor.epci)
    lines = team_lines(visitor.user, visitor.epci, today)
    chosen = ActivitySource.objects.visible_to(visitor.user).filter(mediator__epci=visitor.epci)
    known = {mediator: Source(source) for mediator, source in chosen.values_list("mediator", "source")}
    leaves = coming_leaves(visitor.user, visitor.epci, today)
    may_manage = visitor.user.may("team.manage", visitor.epci)
    seen = {
        "visitor": visitor,
        "team": [(line, SOURCES[known.get(line.holder.pk, Source.ESCALE)] if line.holder else "") for line in lines],
        "leaves": [(leave, LEAVE_KINDS[LeaveKind(leave.kind)]) for leave in leaves],
        "may_manage": may_manage,
        "losses": losses(visitor.epci, today) if may_manage else [],
    }
    return render(request, "steering/team.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_leave(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Record days on which someone is away."""
    require(visitor.user, "team.manage", visitor.epci)
    mediators = Mediator.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    form = LeaveForm(request.POST or None, mediators=mediators)
    if accepted(form, lambda: record_leave(actor=visitor.user, **form.values)):
        who = form.cleaned_data["mediator"]
        messages.success(request, f"Absence notée pour {who}.")
        return redirect("steering:team")
    return render(request, "steering/add_leave.html", {"visitor": visitor, "form": form, "mediators": mediators})


@require_POST
@enter(Journey.STEERING)
def remove_leave(request: HttpRequest, visitor: Visitor, leave: int) -> HttpResponse:
    """Take a leave back: it was noted by mistake, or its dates have changed."""
    leaves = Leave.objects.visible_to(visitor.user).filter(mediator__epci=visitor.epci)
    row = get_object_or_404(leaves.select_related("mediator__epci"), pk=leave)
    cancel_leave(actor=visitor.user, leave=row)
    messages.success(request, f"Absence retirée pour {row.mediator}, {period_words(row.starts, row.ends)}.")
    return redirect("steering:team")
