"""The kits: what is in each of them today, what it lacks (art. 3-2), its pieces, its inventories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.team.actions import add_piece, change_kit, change_piece, lend_piece, open_kit, report_fault, take_inventory
from escale.apps.team.kits import KitOnDay, kits_on
from escale.apps.team.models import Kit, Piece, Post
from escale.apps.territory import clock
from escale.apps.territory.catalogue import KIT_ALLOCATION
from escale.apps.territory.labels import KIT_ALLOCATIONS
from escale.apps.territory.queries import value_of
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.pieces import DEEDS, FaultForm, InventoryForm, LoanForm
from escale.web.steering.means.asking import Asked, ask
from escale.web.steering.means.forms import KitChangeForm, KitForm, PieceChangeForm, PieceForm
from escale.web.steering.queries import team_lines

INVENTORIES_SHOWN = 8


@require_safe
@enter(Journey.STEERING)
def show_kits(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show each kit: complete or not, when it was counted, what is to be done."""
    require(visitor.user, "team.see", visitor.epci)
    today = clock.today(visitor.epci)
    kits = kits_on(_kits(visitor).on(today), today)
    held = {kit.kit.post_id for kit in kits}
    lines = team_lines(visitor.user, visitor.epci, today)
    seen = {
        "visitor": visitor,
        "kits": [(kit, next((line.holder for line in lines if line.post.pk == kit.kit.post_id), None)) for kit in kits],
        "without": [line for line in lines if line.holder and line.post.pk not in held],
        "allocation": KIT_ALLOCATIONS[value_of(visitor.epci, KIT_ALLOCATION)],
        "may_manage": visitor.holds("team.manage"),
    }
    return render(request, "steering/means/kits.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_kit(request: HttpRequest, visitor: Visitor, kit: int) -> HttpResponse:
    """Show the pieces of a kit, and how it was counted lately."""
    require(visitor.user, "team.see", visitor.epci)
    row = get_object_or_404(_kits(visitor), pk=kit)
    seen = {
        "visitor": visitor,
        "kit": _today(visitor, row),
        "inventories": row.inventories.select_related("made_by").prefetch_related("lines__piece")[:INVENTORIES_SHOWN],
        "may_manage": visitor.holds("team.manage"),
    }
    return render(request, "steering/means/kit.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_kit(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Put a kit in service."""
    require(visitor.user, "team.manage", visitor.epci)
    form = KitForm(request.POST or None, initial={"starts": clock.today(visitor.epci)})
    form.among("post", _posts(visitor))
    made: list[Kit] = []
    if accepted(form, lambda: made.append(open_kit(actor=visitor.user, epci=visitor.epci, **form.cleaned_data))):
        messages.success(request, "Malle ajoutée. Mettez-y maintenant son matériel, pièce par pièce.")
        return redirect("steering:kit", made[0].pk)
    return _asked(request, visitor, form, "Quelle malle met-on en service ?", "Ajouter cette malle")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_kit(request: HttpRequest, visitor: Visitor, kit: int) -> HttpResponse:
    """Change how a kit is called, who has it, when it goes."""
    require(visitor.user, "team.manage", visitor.epci)
    row = get_object_or_404(_kits(visitor), pk=kit)
    form = KitChangeForm(request.POST or None, initial={"label": row.label, "post": row.post_id, "ends": row.ends})
    form.among("post", _posts(visitor))
    if accepted(form, lambda: change_kit(actor=visitor.user, kit=row, **form.cleaned_data)):
        messages.success(request, f"{row} : c’est enregistré.")
        return redirect("steering:kit", row.pk)
    return _asked(request, visitor, form, f"{row} : que change-t-on ?", "Enregistrer", kit=row)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_a_piece(request: HttpRequest, visitor: Visitor, kit: int) -> HttpResponse:
    """Put a piece in a kit."""
    require(visitor.user, "team.manage", visitor.epci)
    row = get_object_or_404(_kits(visitor), pk=kit)
    form = PieceForm(request.POST or None, initial={"starts": clock.today(visitor.epci)})
    if accepted(form, lambda: add_piece(actor=visitor.user, kit=row, **form.values)):
        messages.success(request, f"Matériel n° {form.cleaned_data['number']} ajouté à {row}.")
        return redirect("steering:kit", row.pk)
    return _asked(request, visitor, form, f"{row} : quel matériel ajoute-t-on ?", "Ajouter ce matériel", kit=row)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_piece(request: HttpRequest, visitor: Visitor, piece: int) -> HttpResponse:
    """Correct a piece, move it to another kit, take it out of service."""
    require(visitor.user, "team.manage", visitor.epci)
    row = get_object_or_404(_pieces(visitor), pk=piece)
    names = ("number", "kit", "label", "serial", "ends")
    form = PieceChangeForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    form.among("kit", _kits(visitor))
    if accepted(form, lambda: change_piece(actor=visitor.user, piece=row, **form.cleaned_data)):
        messages.success(request, f"Matériel n° {row.number} : c’est enregistré.")
        return redirect("steering:kit", row.kit_id)
    return _asked(request, visitor, form, f"Matériel n° {row.number} : que change-t-on ?", "Enregistrer", kit=row.kit)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def count_kit(request: HttpRequest, visitor: Visitor, kit: int) -> HttpResponse:
    """Count a kit today."""
    return _of_kit(
        request, visitor, kit, InventoryForm, take_inventory, "Inventaire enregistré.", "que contient-elle aujourd’hui ?"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def tell_fault(request: HttpRequest, visitor: Visitor, kit: int) -> HttpResponse:
    """Say that a piece does not work."""
    return _of_kit(request, visitor, kit, FaultForm, report_fault, "Panne notée.", "qu’est-ce qui ne marche pas ?")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def lend(request: HttpRequest, visitor: Visitor, kit: int) -> HttpResponse:
    """Lend a piece."""
    return _of_kit(request, visitor, kit, LoanForm, lend_piece, "Prêt noté.", "que prête-t-on, et à qui ?")


@require_POST
@enter(Journey.STEERING)
def do_to_piece(request: HttpRequest, visitor: Visitor, piece: int, deed: str) -> HttpResponse:
    """Mend, take back or erase a piece."""
    row = get_object_or_404(_pieces(visitor), pk=piece)
    if deed not in DEEDS:
        raise Http404
    if performed(request, lambda: DEEDS[deed].act(visitor.user, row)):
        messages.success(request, f"Matériel n° {row.number}. {DEEDS[deed].told}")
    return redirect("steering:kit", row.kit_id)


def _of_kit(
    request: HttpRequest, visitor: Visitor, kit: int, kind: Any, action: Callable[..., object], told: str, question: str
) -> HttpResponse:
    """Ask one thing about a kit, or about one of the pieces that are in it."""
    require(visitor.user, "team.equip", visitor.epci)
    row = get_object_or_404(_kits(visitor), pk=kit)
    today = _today(visitor, row)
    if kind is InventoryForm:
        form, about = InventoryForm(request.POST or None, kit=today), {"kit": row}
    else:
        initial = {"piece": request.GET.get("materiel"), "starts": today.day}
        form, about = kind(request.POST or None, lines=today.at_hand, initial=initial), {}
    if accepted(form, lambda: action(actor=visitor.user, **about, **form.values)):
        messages.success(request, f"{row} : {told}")
        return redirect("steering:kit", row.pk)
    return _asked(request, visitor, form, f"{row} : {question}", "Enregistrer", kit=row)


def _asked(
    request: HttpRequest, visitor: Visitor, form: Form, question: str, button: str, *, kit: Kit | None = None
) -> HttpResponse:
    asked = Asked(
        question=question,
        button=button,
        here="kits",
        back="kit" if kit else "kits",
        back_words=kit.label if kit else "Les malles",
        key=kit.pk if kit else None,
    )
    return ask(request, visitor, form, asked)


def _today(visitor: Visitor, kit: Kit) -> KitOnDay:
    return kits_on([kit], clock.today(visitor.epci))[0]


def _kits(visitor: Visitor) -> Any:
    rows = Kit.objects.visible_to(visitor.user).filter(epci=visitor.epci).select_related("post", "epci")
    return rows.order_by(F("post__label").asc(nulls_last=True), "label")


def _pieces(visitor: Visitor) -> Any:
    return Piece.objects.visible_to(visitor.user).filter(epci=visitor.epci).select_related("kit", "epci")


def _posts(visitor: Visitor) -> Any:
    return Post.objects.visible_to(visitor.user).filter(epci=visitor.epci).on(clock.today(visitor.epci))
