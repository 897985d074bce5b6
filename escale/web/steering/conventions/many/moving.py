"""Move communes from one model of text to another: which texts, which communes, what each assembly must vote, then prepare it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.moving import Moved, move_conventions
from escale.apps.conventions.models import Party
from escale.apps.conventions.moving import MoveLine, differences_between, move_lines
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.many.forms import MoveForm, WayForm

BODIES = {Party.EPCI: "le Bureau, ou le conseil communautaire", Party.COMMUNE: "le conseil municipal de chaque commune"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What an assembly has to vote, and for which communes."""

    body: str
    words: str
    communes: Sequence[Commune]


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def move(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask which texts, then which communes; say what has to be voted, and prepare it when it is confirmed."""
    epci = visitor.epci
    require(visitor.user, "conventions.manage", epci)
    asked = WayForm(request.GET if "source" in request.GET else None)
    if not asked.is_valid():
        return render(request, "steering/conventions/many/move.html", {"visitor": visitor, "asked": asked})
    source, target, way = (asked.cleaned_data[name] for name in ("source", "target", "way"))
    lines = move_lines(epci, source, target, way, clock.today(epci))
    movable = [line for line in lines if not line.refusal]
    form = MoveForm(request.POST if request.method == "POST" else None, conventions=[line.convention for line in movable])
    done: list[Moved] = []
    is_confirmed = request.POST.get("do") == "confirm"
    if is_confirmed and accepted(
        form,
        lambda: done.append(move_conventions(actor=visitor.user, epci=epci, conventions=form.chosen, target=target, way=way)),
    ):
        messages.success(request, _told(done[0]))
        return redirect("steering:conventions")
    ticked = set(form["conventions"].value() or ()) if form.is_bound else {str(line.convention.pk) for line in movable}
    shown = request.method == "POST" and not is_confirmed and request.POST.get("do") != "correct" and form.is_valid()
    chosen = {convention.pk for convention in form.chosen} if shown else set()
    seen = {
        "visitor": visitor,
        "asked": asked,
        "differences": differences_between(source, target),
        "form": form,
        "movable": [(line, str(line.convention.pk) in ticked) for line in movable],
        "stuck": _by_refusal(lines),
        "chosen": len(chosen),
        "votes": _votes([line for line in movable if line.convention.pk in chosen]),
    }
    return render(request, "steering/conventions/many/move.html", seen)


def _votes(lines: Sequence[MoveLine]) -> list[Vote]:
    """Return what is to be voted, by whom and for which communes, each thing once."""
    found: dict[tuple[Party, str], list[Commune]] = {}
    for party in (Party.EPCI, Party.COMMUNE):
        for line in lines:
            found.setdefault((party, line.votes[party]), []).append(line.convention.commune)
    return [Vote(body=BODIES[party], words=words, communes=some) for (party, words), some in found.items()]


def _by_refusal(lines: Iterable[MoveLine]) -> list[tuple[str, list[Commune]]]:
    """Return why some communes cannot move, each reason once with its communes."""
    found: dict[str, list[Commune]] = {}
    for line in lines:
        if line.refusal:
            found.setdefault(line.refusal, []).append(line.convention.commune)
    return list(found.items())


def _told(moved: Moved) -> str:
    many = "s" if len(moved.avenants) + len(moved.drafts) > 1 else ""
    if moved.avenants:
        return f"{len(moved.avenants)} avenant{many} en brouillon : figer leur texte, puis le soumettre aux assemblées."
    return f"{len(moved.drafts)} convention{many} en brouillon, à la suite de celle{many} qui s’arrête{'nt' if many else ''}."
