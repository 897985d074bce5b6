"""The committee at a glance: when it meets, who sits, what it proposed; and who sits is named here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.committee.actions import add_member, end_member
from escale.apps.committee.labels import FATES, STATES
from escale.apps.committee.models import Fate, Meeting, MeetingState, Member, Proposal
from escale.apps.committee.queries import communes_without_member
from escale.apps.territory import clock
from escale.apps.territory.catalogue import COMMITTEE_MAX_PER_YEAR, COMMITTEE_YEAR
from escale.apps.territory.labels import COMMITTEE_YEARS
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import value_of
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.committee.asking import Asked, ask
from escale.web.steering.committee.forms import EndForm, MemberForm


@require_safe
@enter(Journey.STEERING)
def show_committee(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the meetings, the register of proposals and the members of the day."""
    epci, today = visitor.epci, clock.today(visitor.epci)
    require(visitor.user, "committee.see", epci)
    meetings = Meeting.objects.visible_to(visitor.user).filter(epci=epci)
    proposals = Proposal.objects.visible_to(visitor.user).filter(epci=epci)
    known = proposals.prefetch_related("communes", "avenants__convention__commune")
    # Those whose term begins later too: named once, they must not seem lost.
    members = Member.objects.visible_to(visitor.user).filter(epci=epci).exclude(ends__lt=today)
    seen = {
        "visitor": visitor,
        "today": today,
        "meetings": [(row, STATES[MeetingState(row.state)]) for row in _next_first(meetings, today)],
        "proposals": [(row, FATES[Fate(row.fate)]) for row in known],
        "members": list(members.select_related("commune", "epci")),
        "missing": communes_without_member(epci, today),
        "most": value_of(epci, COMMITTEE_MAX_PER_YEAR),
        "year": COMMITTEE_YEARS[value_of(epci, COMMITTEE_YEAR)],
        "manages": visitor.holds("committee.manage"),
    }
    return render(request, "steering/committee/board.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def name_member(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Name someone who represents a commune, or the EPCI."""
    epci, today = visitor.epci, clock.today(visitor.epci)
    require(visitor.user, "committee.manage", epci)
    communes = Commune.objects.members_of(epci, today, today)
    wanted = communes.filter(code=request.GET.get("commune", "")).first()
    form = MemberForm(request.POST or None, communes=communes, initial={"starts": today, "commune": wanted})
    if accepted(form, lambda: add_member(actor=visitor.user, epci=epci, **form.cleaned_data)):
        messages.success(request, "Ce membre sera convoqué aux prochaines réunions.")
        return redirect("steering:committee")
    return ask(request, visitor, form, _asked("Qui siège au comité ?", "Nommer ce membre", plain=True))


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def end_term(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """End the term of a member."""
    require(visitor.user, "committee.manage", visitor.epci)
    row = get_object_or_404(Member.objects.visible_to(visitor.user).filter(epci=visitor.epci), pk=pk)
    form = EndForm(request.POST or None, initial={"ends": clock.today(visitor.epci)})
    if accepted(form, lambda: end_member(actor=visitor.user, member=row, ends=form.cleaned_data["ends"])):
        messages.success(request, f"Le mandat de {row} est clos.")
        return redirect("steering:committee")
    return ask(request, visitor, form, _asked(f"Quand finit le mandat de {row} ?", "Clore ce mandat"))


def _asked(question: str, button: str, *, plain: bool = False) -> Asked:
    return Asked(question=question, button=button, back=reverse("steering:committee"), plain=plain)


def _next_first(meetings: Iterable[Meeting], today: dt.date) -> list[Meeting]:
    """Return the meetings to come, the next one first, then the others, the last one first."""
    rows = list(meetings)
    coming = [row for row in rows if row.is_planned and row.date >= today]
    return [*sorted(coming, key=lambda row: row.date), *(row for row in rows if row not in coming)]
