"""Whose a device's copies are: an opaque key of a person, and the pages that may be kept under it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from escale.apps.accounts.models import User
from escale.web.journeys import View, Visitor

OWNER_HEADER = "X-Escale-Owner"
SPACE = uuid.UUID("6f1c1f0e-7d0b-4c55-9a41-5a4f2c9f7b52")


def owner_key(user: User) -> str:
    """Return what a device calls a person: it tells nothing of them, and stays when their address, name or password changes."""
    return uuid.uuid5(SPACE, f"{user.pk} {user.created_at.timestamp()}").hex


def kept_on_device(view: View) -> Callable[..., HttpResponseBase]:
    """Let the device of its reader keep a page, sealed, for when there is no network; without this none is kept."""

    @wraps(view)
    def marked(request: HttpRequest, visitor: Visitor, **parts: object) -> HttpResponseBase:
        response = view(request, visitor, **parts)
        response[OWNER_HEADER] = owner_key(visitor.user)
        return response

    return marked
