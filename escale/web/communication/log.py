"""What the two journeys share of the log: note, correct, withdraw an action, and give its proof."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from escale.apps.communication.actions import correct_communication, record_communication, withdraw_communication
from escale.apps.communication.labels import medium_words
from escale.apps.communication.models import CommunicationAction
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words
from escale.web.attachments import attached_file
from escale.web.communication.forms import ActionForm
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor


def address_of(journey: Journey, page: str = "communication") -> str:
    """Return the name of the address of a page of the log in a journey."""
    return f"{journey.home.partition(':')[0]}:{page}"


def noted(request: HttpRequest, visitor: Visitor, form: ActionForm, commune: Commune | None) -> bool:
    """Note what was sent; return whether it was done."""

    def note() -> None:
        record_communication(actor=visitor.user, epci=visitor.epci, commune=commune, told=form.told, proof=form.upload)

    if not accepted(form, note):
        return False
    messages.success(request, f"C’est noté, au {date_words(form.cleaned_data['day'])}.")
    return True


def correct(
    request: HttpRequest, visitor: Visitor, action: CommunicationAction, form: ActionForm, journey: Journey, seen: dict[str, Any]
) -> HttpResponse:
    """Show what was noted, and change it."""

    def change() -> None:
        correct_communication(actor=visitor.user, action=action, told=form.told, proof=form.upload)

    if accepted(form, change):
        messages.success(request, "L’action est corrigée.")
        return redirect(address_of(journey))
    shown = {"visitor": visitor, "action": action, "form": form, "medium": medium_words(action), **seen}
    return render(request, "communication/correct.html", shown)


def withdraw(request: HttpRequest, visitor: Visitor, action: CommunicationAction, journey: Journey) -> HttpResponse:
    """Withdraw what was noted by mistake."""
    why = request.POST.get("why", "")
    if performed(request, lambda: withdraw_communication(actor=visitor.user, action=action, why=why)):
        messages.success(request, "L’action est retirée. Elle reste dans la liste, et ne compte plus.")
    return redirect(address_of(journey))


def proof_of(visitor: Visitor, key: int) -> HttpResponse:
    """Give the proof of an action that the visitor may see, as it was given."""
    row = get_object_or_404(_seen(visitor).select_related("proof__content").defer("proof__content__content"), pk=key)
    if row.proof is None:
        raise Http404
    return attached_file(row.proof)


def written_by_commune(visitor: Visitor, key: int) -> CommunicationAction:
    """Return an action that the commune of the visitor noted, and that stands."""
    return _one(_seen(visitor).of_commune(visitor.commune), key)


def written_by_epci(visitor: Visitor, key: int) -> CommunicationAction:
    """Return an action that the EPCI of the visitor noted, and that stands."""
    return _one(_seen(visitor).of_epci(visitor.epci), key)


def _seen(visitor: Visitor) -> Any:
    return CommunicationAction.objects.visible_to(visitor.user).filter(epci=visitor.epci)


def _one(rows: Any, key: int) -> CommunicationAction:
    row: CommunicationAction = get_object_or_404(rows.standing().select_related("epci", "commune"), pk=key)
    return row
