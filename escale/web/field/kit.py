"""The kit of a mediator: counted each week in a few taps, a fault or a loan said on the spot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.audit.actors import require
from escale.apps.team.actions import lend_piece, report_fault, take_inventory
from escale.apps.team.kits import KitOnDay, kit_of_mediator
from escale.apps.team.models import Mediator, Piece
from escale.apps.territory import clock
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.pieces import DEEDS, FaultForm, InventoryForm, LoanForm, PieceForm


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.FIELD)
def show_kit(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what is in the kit, and count it."""
    require(visitor.user, "team.equip", visitor.epci)
    kit = _kit(visitor)
    if kit is None:
        return render(request, "field/no_kit.html", {"visitor": visitor})
    form = InventoryForm(request.POST or None, kit=kit)
    if accepted(form, lambda: take_inventory(actor=visitor.user, kit=kit.kit, **form.values)):
        messages.success(request, "C’est compté. Merci !")
        return redirect("field:kit")
    return render(request, "field/kit.html", {"visitor": visitor, "kit": kit, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.FIELD)
def tell_fault(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say that a piece does not work."""
    return _of_piece(request, visitor, FaultForm, report_fault, "Qu’est-ce qui ne marche pas ?", "Signaler cette panne")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.FIELD)
def lend(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Lend a piece to a commune or a workshop."""
    return _of_piece(request, visitor, LoanForm, lend_piece, "Que prêtez-vous, et à qui ?", "Noter ce prêt")


@require_POST
@enter(Journey.FIELD)
def do_to_piece(request: HttpRequest, visitor: Visitor, piece: int, deed: str) -> HttpResponse:
    """Mend, take back or erase a piece."""
    rows = Piece.objects.visible_to(visitor.user).filter(epci=visitor.epci).select_related("kit", "epci")
    row = get_object_or_404(rows, pk=piece)
    if deed not in DEEDS:
        raise Http404
    if performed(request, lambda: DEEDS[deed].act(visitor.user, row)):
        messages.success(request, f"Matériel n° {row.number}. {DEEDS[deed].told}")
    return redirect("field:kit")


def _of_piece(
    request: HttpRequest, visitor: Visitor, kind: type[PieceForm], action: Callable[..., Any], question: str, button: str
) -> HttpResponse:
    require(visitor.user, "team.equip", visitor.epci)
    kit = _kit(visitor)
    if kit is None:
        return render(request, "field/no_kit.html", {"visitor": visitor})
    initial = {"piece": request.GET.get("materiel"), "starts": kit.day}
    form = kind(request.POST or None, lines=kit.at_hand, initial=initial)
    if accepted(form, lambda: action(actor=visitor.user, **form.values)):
        messages.success(request, "C’est noté.")
        return redirect("field:kit")
    return render(request, "field/kit_asked.html", {"visitor": visitor, "form": form, "question": question, "button": button})


def _kit(visitor: Visitor) -> KitOnDay | None:
    mediator = Mediator.objects.visible_to(visitor.user).filter(epci=visitor.epci, user=visitor.user).first()
    return kit_of_mediator(mediator, clock.today(visitor.epci)) if mediator else None
