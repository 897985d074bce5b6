"""The page that gives the address of a calendar: the same for a town hall, a mediator and the coordination."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from escale.apps.messaging.feeds import Feed, living_token, may_manage, open_feed, renew_feed, revoke_feed
from escale.web.journeys import Visitor

DONE = {
    "open": (open_feed, "L’adresse est prête."),
    "renew": (renew_feed, "L’adresse a changé. L’ancienne ne marche plus : ajoutez la nouvelle dans vos agendas."),
    "revoke": (revoke_feed, "L’adresse est fermée. Plus aucun agenda ne la lit."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a calendar is read: the address to copy, and the one that an agenda opens by itself."""

    copied: str
    opened: str


def feed_page(request: HttpRequest, visitor: Visitor, feed: Feed, template: str, seen: Mapping[str, Any]) -> HttpResponse:
    """Show the address of a feed, or do with it what was asked: open it, change it, close it."""
    if request.method == "POST":
        action, told = DONE.get(request.POST.get("do", ""), (None, ""))
        if action is not None:
            action(actor=visitor.user, feed=feed)
            messages.success(request, told)
        return redirect(request.path)
    token = living_token(feed)
    shown = {
        "visitor": visitor,
        "address": _address(token.key) if token else None,
        "may_manage": may_manage(visitor.user, feed),
        **seen,
    }
    response = render(request, template, shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(key: str) -> Address:
    path = reverse("feeds:calendar", args=[key])
    return Address(copied=f"{settings.ADDRESS.rstrip('/')}{path}", opened=f"webcal://{urlsplit(settings.ADDRESS).netloc}{path}")
