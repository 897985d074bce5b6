"""From a proposal to its avenants: what each commune's would change and what is refused, then the drafts, all at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.audit.actors import require
from escale.apps.committee.actions import carry_recommendation, open_proposed
from escale.apps.committee.actions.opening import NO_CLAUSE, opening_of
from escale.apps.committee.models import Proposal
from escale.apps.conventions.models import Avenant
from escale.apps.evaluation.models import Recommendation
from escale.apps.territory import clock
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.committee.proposal_forms import OpenForm
from escale.web.steering.committee.proposals import proposal_seen_by
from escale.web.steering.conventions.steps.clauses import changes_told


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def open_drafts(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Show what opening the avenants of a proposal would do, commune by commune, and do it once that was seen."""
    row = proposal_seen_by(visitor, number)
    require(visitor.user, "conventions.manage", visitor.epci)
    if not row.clauses.exists():
        messages.warning(request, NO_CLAUSE)
        return redirect("steering:edit_proposal", row.number)
    form = OpenForm(request.POST if request.method == "POST" else None)
    opened: list[Avenant] = []
    if accepted(
        form,
        lambda: opened.extend(open_proposed(actor=visitor.user, proposal=row, left_out=form.cleaned_data["left_out"])),
    ):
        many = "s" if len(opened) > 1 else ""
        told = f"{len(opened)} avenant{many} en brouillon."
        messages.success(request, f"{told} Rien ne change avant la notification (art. 8).")
        return redirect("steering:proposal", row.number)
    found = opening_of(row, clock.today(visitor.epci))
    seen = {
        "visitor": visitor,
        "proposal": row,
        "form": form,
        "possible": [(line, list(changes_told(line.convention, line.changes))) for line in found.possible],
        "refused": found.refused,
        "without": found.without,
        "left_out": " ".join(str(line.convention.pk) for line in found.refused),
    }
    return render(request, "steering/committee/open.html", seen)


@require_POST
@enter(Journey.STEERING)
def carry(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Carry the recommendation of an evaluation to the committee; with « then », go on to its avenants."""
    require(visitor.user, "committee.manage", visitor.epci)
    rows = Recommendation.objects.visible_to(visitor.user).filter(evaluation__epci=visitor.epci)
    row = get_object_or_404(rows, pk=pk)
    made: list[Proposal] = []
    if not performed(request, lambda: made.append(carry_recommendation(actor=visitor.user, recommendation=row))):
        return redirect("steering:committee")
    messages.success(request, f"La recommandation est la proposition n° {made[0].number} du comité.")
    return redirect("steering:open_proposed" if request.POST.get("then") == "open" else "steering:proposal", made[0].number)
