"""A mairie names its référent and who signs for it, and says whether its premises are still as they are known."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.answering import confirm_premises, name_own_referent, name_own_signatory
from escale.apps.conventions.models import Convention, Signatory
from escale.apps.conventions.queries import recorded, state_of
from escale.apps.territory import clock
from escale.apps.territory.actions import add_premises, add_room, change_premises, change_room
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Premises, Referent, Room
from escale.core.convention.life import RUNNING
from escale.web.commune.convention.forms import PlaceForm, ReferentForm, SignatoryForm
from escale.web.commune.convention.reading import conventions_of
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter

NEW = "nouveau"
"""What the address says in place of the key of a place that is not known yet."""


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def name_signatory(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask who signs for the commune."""
    commune, today = visitor.commune, clock.today(visitor.epci)
    require(visitor.user, "conventions.file", commune)
    known = Signatory.objects.visible_to(visitor.user).filter(holding(today), epci=visitor.epci, commune=commune)
    form = SignatoryForm(request.POST or None, known=known, today=today)
    if accepted(form, lambda: name_own_signatory(actor=visitor.user, epci=visitor.epci, commune=commune, **form.person)):
        messages.success(request, f"C’est noté : {form.name} signe pour la commune.")
        return redirect("commune:convention")
    intro = "La personne qui signe la convention et ses avenants : le maire, ou un adjoint par délégation."
    return _ask(request, visitor, form, "Qui signe pour la commune ?", intro, "Enregistrer cette personne")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def name_referent(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask who is the référent of the commune."""
    commune, today = visitor.commune, clock.today(visitor.epci)
    require(visitor.user, "referents.manage", commune)
    known = Referent.objects.visible_to(visitor.user).filter(commune=commune).in_charge_on(today)
    form = ReferentForm(request.POST or None, known=known, today=today)
    if accepted(form, lambda: name_own_referent(actor=visitor.user, epci=visitor.epci, commune=commune, **form.person)):
        messages.success(request, f"C’est noté : le médiateur s’adressera à {form.name}.")
        return redirect("commune:convention")
    intro = "La personne à qui le médiateur s’adresse pour la salle, la clé et les rendez-vous (article 3-1)."
    return _ask(request, visitor, form, "Qui est votre référent ?", intro, "Nommer cette personne")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def check_premises(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what is known of the premises: still right, or to be corrected one place at a time."""
    commune, today = visitor.commune, clock.today(visitor.epci)
    require(visitor.user, "premises.manage", commune)
    places = Premises.objects.visible_to(visitor.user).filter(commune=commune).open_on(today).prefetch_related("rooms")
    asked = request.GET.get("lieu", "")
    if asked:
        place = None if asked == NEW else get_object_or_404(places, pk=int(asked) if asked.isdecimal() else 0)
        return _correct(request, visitor, place)
    if request.method == "POST":
        convention = _in_force(visitor)
        if convention is None:
            messages.warning(request, "Rien à confirmer pour l’instant : aucune convention n’est en vigueur.")
        else:
            confirm_premises(actor=visitor.user, convention=convention)
            messages.success(request, "Merci : vos lieux sont à jour.")
        return redirect("commune:convention")
    seen = {"visitor": visitor, "commune": commune, "places": places, "convention": _in_force(visitor)}
    return render(request, "commune/convention/premises.html", seen)


def _correct(request: HttpRequest, visitor: Visitor, place: Premises | None) -> HttpResponse:
    room = place.rooms.order_by("rank").first() if place else None
    form = PlaceForm(request.POST or None, place=place, room=room)
    if accepted(form, lambda: _save(visitor, place, room, form)):
        messages.success(request, f"C’est noté : {form.cleaned_data['name']}.")
        return redirect("commune:confirm_premises")
    title = f"Corriger : {place.name}" if place else "Ajouter un lieu"
    return _ask(request, visitor, form, title, "", "Enregistrer ce lieu")


@transaction.atomic
def _save(visitor: Visitor, place: Premises | None, room: Room | None, form: PlaceForm) -> None:
    typed, user = form.cleaned_data, visitor.user
    told = {"name": typed["name"], "address": typed["address"], "entry_code": typed["entry_code"]}
    if place is None:
        place = add_premises(actor=user, commune=visitor.commune, **told)
    else:
        change_premises(actor=user, premises=place, **told)
    if room is None:
        add_room(actor=user, premises=place, name=typed["room"], is_private=typed["is_private"], is_heated=typed["is_heated"])
    else:
        change_room(actor=user, room=room, name=typed["room"], is_private=typed["is_private"], is_heated=typed["is_heated"])


def _in_force(visitor: Visitor) -> Convention | None:
    today = clock.today(visitor.epci)
    rows = [row for row in recorded(conventions_of(visitor)) if state_of(row, today).state in RUNNING]
    return rows[0] if rows else None


def _ask(request: HttpRequest, visitor: Visitor, form: object, title: str, intro: str, button: str) -> HttpResponse:
    seen = {"visitor": visitor, "commune": visitor.commune, "form": form, "title": title, "intro": intro, "button": button}
    return render(request, "commune/convention/ask.html", seen)
