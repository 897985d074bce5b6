"""After elections: end the offices, ask the communes again, and see which ones have answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.electing import Written, open_election_round, remind_round
from escale.apps.conventions.elections import current_round, own_acts, round_lines, round_plan
from escale.apps.territory import clock
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.many.forms import RoundForm

CONFIRM = "confirm"


@require_safe
@enter(Journey.STEERING)
def show_round(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show who has answered since the last elections, and what the EPCI itself has to take again."""
    require(visitor.user, "conventions.manage", visitor.epci)
    asked = current_round(visitor.epci)
    if asked is None:
        return render(request, "steering/conventions/many/no_round.html", {"visitor": visitor})
    today = clock.today(visitor.epci)
    lines = round_lines(asked, today)
    waiting = [line for line in lines if not line.is_complete]
    seen = {
        "visitor": visitor,
        "round": asked,
        "lines": [*waiting, *(line for line in lines if line.is_complete)],
        "complete": len(lines) - len(waiting),
        "reachable": sum(bool(line.addresses) and line.written != today for line in waiting),
        "unreached": [line.commune for line in waiting if not line.addresses],
        "own": own_acts(asked),
    }
    return render(request, "steering/conventions/many/round.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def open_round(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for the day on which offices end, say what that does, and do it when it is confirmed."""
    epci = visitor.epci
    require(visitor.user, "conventions.manage", epci)
    form = RoundForm(request.POST or None)
    sent: list[Written] = []
    is_confirmed = request.POST.get("do") == CONFIRM
    if is_confirmed and accepted(
        form, lambda: sent.append(open_election_round(actor=visitor.user, epci=epci, ends=form.cleaned_data["ends"])[1])
    ):
        messages.success(request, f"Les mandats sont clos. {_told(sent[0])}")
        return redirect("steering:elections")
    plan = None
    if not is_confirmed and request.POST.get("do") != "correct" and form.is_valid():
        plan = round_plan(epci, form.cleaned_data["ends"], clock.today(epci))
    seen = {"visitor": visitor, "form": form, "plan": plan}
    return render(request, "steering/conventions/many/open_round.html", seen)


@require_POST
@enter(Journey.STEERING)
def remind(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Write again to the communes that have not answered."""
    require(visitor.user, "conventions.manage", visitor.epci)
    asked = current_round(visitor.epci)
    if asked is None:
        raise Http404
    try:
        written = remind_round(actor=visitor.user, asked=asked)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _told(written))
    return redirect("steering:elections")


def _told(written: Written) -> str:
    reached, unreached = len(written.reached), len(written.unreached)
    told = f"{reached} mairie{'s' if reached > 1 else ''} {'vont' if reached > 1 else 'va'} recevoir une lettre."
    if not reached:
        told = "Aucune lettre n’est partie."
    if unreached:
        told += f" {unreached} sans adresse : la liste est ci-dessous."
    return told
