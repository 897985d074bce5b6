"""What the data show, rule by rule, and the proposal that each may become: no commune is judged, none is ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.committee.actions import propose
from escale.apps.committee.models import Proposal
from escale.apps.evaluation.insights import bounds_of, insights_of, months_before
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.french import period_words
from escale.core.evaluation.insights import TITLES, Insight, Kind, rule_of
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.committee.asking import Asked
from escale.web.steering.committee.proposal_forms import ProposalForm
from escale.web.steering.conventions.steps.clauses import TERM


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An insight as it is shown: what it watches, its rule, and the open proposal that came from it, if there is one."""

    insight: Insight
    title: str
    rule: str
    proposal: int | None


@require_safe
@enter(Journey.STEERING)
def show_insights(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what the rules find today, then what they watch without finding anything."""
    epci, today = visitor.epci, clock.today(visitor.epci)
    require(visitor.user, "committee.see", epci)
    bounds, months, found = bounds_of(epci), months_before(today), insights_of(epci, today)
    proposed = _proposed(visitor)
    kinds = {one.kind for one in found}
    seen = {
        "visitor": visitor,
        "period": period_words(months[0].first, months[-1].last),
        "cards": [
            Card(insight=one, title=TITLES[one.kind], rule=rule_of(one.kind, bounds), proposal=_number(proposed, one))
            for one in found
        ],
        "quiet": [(TITLES[kind], rule_of(kind, bounds)) for kind in Kind if kind not in kinds],
        "manages": visitor.holds("committee.manage"),
    }
    return render(request, "steering/insights.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def propose_from(request: HttpRequest, visitor: Visitor, kind: str) -> HttpResponse:
    """Write the proposal that an insight suggests: its words, its communes and its clause are there to be corrected."""
    epci, today = visitor.epci, clock.today(visitor.epci)
    require(visitor.user, "committee.manage", epci)
    found = next((one for one in insights_of(epci, today) if one.kind == kind), None)
    # What was typed is not lost when the data change meanwhile.
    if found is None and (request.method != "POST" or kind not in set(Kind)):
        raise Http404("nothing of this kind is seen today")
    form = ProposalForm(request.POST or None, epci=epci, communes=Commune.objects.members_of(epci, today, today))
    form.initial.update(_prefilled(found) if found else {})
    made: list[Proposal] = []
    observation = found.observation if found else ""
    if accepted(form, lambda: made.append(propose(actor=visitor.user, epci=epci, observation=observation, **form.values))):
        messages.success(request, "La proposition est au registre.")
        return redirect("steering:proposal", made[0].number)
    asked = Asked(
        question="Que proposer au comité ?",
        button="Inscrire au registre",
        back=reverse("steering:insights"),
        back_words="Constats",
        note=observation,
    )
    return render(request, "steering/committee/proposal_form.html", {"visitor": visitor, "form": form, "asked": asked})


def _prefilled(found: Insight) -> dict[str, object]:
    """Return what the form holds before anything is typed."""
    communes = list(Commune.objects.filter(code__in=[line.code for line in found.lines]).defer("outline"))
    clause = {f"{TERM}{found.clause.name}": found.clause.new} if found.clause else {}
    return {"words": found.suggestion, "communes": communes, **clause}


def _proposed(visitor: Visitor) -> dict[int, str]:
    """Return what led to each open proposal, by its number."""
    rows = Proposal.objects.visible_to(visitor.user).filter(epci=visitor.epci).open().exclude(observation="")
    return dict(rows.order_by("number").values_list("number", "observation"))


def _number(proposed: Mapping[int, str], found: Insight) -> int | None:
    return next((number for number, observation in proposed.items() if observation.startswith(found.sentence)), None)
