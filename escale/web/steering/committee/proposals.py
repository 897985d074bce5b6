"""A proposal of the committee: written, shown whole, corrected, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.committee.actions import correct_proposal, propose, settle_proposal
from escale.apps.committee.clauses import clause_words
from escale.apps.committee.labels import FATES
from escale.apps.committee.models import Fate, Proposal
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import avenant_state, recorded
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.convention.cycles.avenant import AVENANT
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.committee.asking import Asked, ask
from escale.web.steering.committee.proposal_forms import FateForm, ProposalForm


@require_safe
@enter(Journey.STEERING)
def show_proposal(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Show a proposal whole: its words, where it came from, its clauses and communes, its avenants, its fate."""
    row = proposal_seen_by(visitor, number, "committee.see")
    seen = {
        "visitor": visitor,
        "proposal": row,
        "fate": FATES[Fate(row.fate)],
        "clauses": [(one, clause_words(one)) for one in row.clauses.select_related("commune")],
        "avenants": _avenants(visitor, row),
        "trials": list(row.trials.select_related("question")),
        "manages": visitor.holds("committee.manage"),
        "may_open": visitor.manages_conventions and row.fate != Fate.REJECTED,
    }
    return render(request, "steering/committee/proposal.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_proposal(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Write a proposal in the register."""
    epci = visitor.epci
    require(visitor.user, "committee.manage", epci)
    form = ProposalForm(request.POST or None, epci=epci, communes=_communes(visitor))
    made: list[Proposal] = []
    if accepted(form, lambda: made.append(propose(actor=visitor.user, epci=epci, **form.values))):
        messages.success(request, "La proposition est au registre.")
        return redirect("steering:proposal", made[0].number)
    return _form_page(request, visitor, form, "Que propose le comité ?", "Inscrire au registre", reverse("steering:committee"))


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_proposal(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Correct a proposal: its words, for whom it is, the clauses that it touches."""
    row = proposal_seen_by(visitor, number)
    form = ProposalForm(request.POST or None, epci=visitor.epci, communes=_communes(visitor), proposal=row)
    if accepted(form, lambda: correct_proposal(actor=visitor.user, proposal=row, **form.values)):
        messages.success(request, f"La proposition n° {row.number} est corrigée.")
        return redirect("steering:proposal", row.number)
    back = reverse("steering:proposal", args=[row.number])
    return _form_page(request, visitor, form, f"Que dit la proposition n° {row.number} ?", "Enregistrer", back)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def tell_fate(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Say what became of a proposal."""
    row = proposal_seen_by(visitor, number)
    form = FateForm(request.POST or None, epci=visitor.epci, initial={"fate": row.fate, "reason": row.reason})
    if accepted(form, lambda: settle_proposal(actor=visitor.user, proposal=row, **form.cleaned_data)):
        messages.success(request, f"La suite de la proposition n° {row.number} est notée.")
        return redirect("steering:proposal", row.number)
    asked = Asked(
        question=f"Quelle suite à la proposition n° {row.number} ?",
        button="Noter la suite",
        back=reverse("steering:proposal", args=[row.number]),
        back_words=f"Proposition n° {row.number}",
        note=row.words,
    )
    return ask(request, visitor, form, asked)


def proposal_seen_by(visitor: Visitor, number: int, permission: str = "committee.manage") -> Proposal:
    """Return a proposal of the EPCI by its number; one of another EPCI is as if it were not."""
    require(visitor.user, permission, visitor.epci)
    rows = (
        Proposal.objects.visible_to(visitor.user)
        .filter(epci=visitor.epci)
        .select_related("epci", "meeting", "recommendation__evaluation")
    )
    found: Proposal = get_object_or_404(rows.prefetch_related("communes"), number=number)
    return found


def _communes(visitor: Visitor) -> QuerySet[Commune]:
    today = clock.today(visitor.epci)
    return Commune.objects.members_of(visitor.epci, today, today)


def _avenants(visitor: Visitor, row: Proposal) -> list[dict[str, object]]:
    """Return the avenants of a proposal with where each stands today."""
    today = clock.today(visitor.epci)
    linked = list(row.avenants.order_by("convention__commune__sort_key", "number"))
    conventions = {one.pk: one for one in recorded(Convention.objects.filter(pk__in=[one.convention_id for one in linked]))}
    found = []
    for one in linked:
        convention = conventions[one.convention_id]
        words = AVENANT.words[avenant_state(one, convention, today)]
        found.append({"avenant": one, "convention": convention, "state": words, "gone": bool(one.abandoned_on)})
    return found


def _form_page(request: HttpRequest, visitor: Visitor, form: ProposalForm, question: str, button: str, back: str) -> HttpResponse:
    asked = Asked(question=question, button=button, back=back)
    return render(request, "steering/committee/proposal_form.html", {"visitor": visitor, "form": form, "asked": asked})
