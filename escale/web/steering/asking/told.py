"""Say to the coordinator what a sending did: how many letters leave, and which communes are to be reached otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from escale.apps.schedule.actions.sending import Sending

MOST_NAMED = 5


def tell_sending(request: HttpRequest, sending: Sending) -> None:
    """Show what happened at the top of the next page."""
    count = len(sending.written)
    if count:
        many = count > 1
        messages.success(request, f"{count} mairie{'s' if many else ''} {'reçoivent' if many else 'reçoit'} un courriel.")
    if sending.unreached:
        names = [str(commune) for commune in sending.unreached[:MOST_NAMED]]
        rest = len(sending.unreached) - len(names)
        told = ", ".join(names) + (f" et {rest} autre{'s' if rest > 1 else ''}" if rest else "")
        messages.warning(request, f"Sans adresse électronique : {told}. Leur lien est à copier ou à imprimer, sur leur page.")
    if not count and not sending.unreached:
        messages.success(request, "Personne à qui écrire : toutes ont déjà répondu, ou reçu un courriel aujourd’hui.")


def tell_refusal(request: HttpRequest, refusal: ValidationError) -> None:
    """Show why nothing was done."""
    messages.error(request, refusal.messages[0])
