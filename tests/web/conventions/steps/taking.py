"""Take guided steps as a browser does: the question, what it would change, the confirmation."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.test import Client

from escale.apps.conventions.models import Convention


def address(convention: Convention, step: str) -> str:
    return f"/pilotage/conventions/{convention.pk}/faire/{step}/"


def text_of(response: Any) -> str:
    """Return what a page says, on one line, with ordinary spaces."""
    words = html.unescape(response.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", words)


def preview_of(client: Client, convention: Convention, step: str, **typed: Any) -> str:
    """Return the page that shows what a step would change."""
    response = client.post(address(convention, step), typed)
    assert response.status_code == 200, response
    return text_of(response)


def take(client: Client, convention: Convention, step: str, files: Mapping[str, Any] | None = None, **typed: Any) -> str:
    """Take a step: see what it would change, confirm it; return the page of the convention, with its message."""
    shown = preview_of(client, convention, step, **typed)
    assert 'value="confirm"' in shown, mistakes(shown)
    response = client.post(address(convention, step), {**typed, **(files or {}), "do": "confirm"}, follow=True)
    told = text_of(response)
    assert response.redirect_chain, mistakes(told)
    return told


def mistakes(page: str) -> list[str]:
    """Return what a page says is wrong, field by field or above them."""
    found = re.findall(r'<p class="field-error">.*?<span>(.*?)</span></p>', page)
    return found or re.findall(r'<div class="message late".*?</div>', page)


def refused(client: Client, convention: Convention, step: str, **typed: Any) -> list[str]:
    """Return why a step is refused."""
    page = preview_of(client, convention, step, **typed)
    assert 'value="confirm"' not in page
    return mistakes(page)


@contextmanager
def nothing_written() -> Iterator[None]:
    """Expect that no row of any table is added, changed or taken away."""
    before = _everything()
    yield
    assert _everything() == before


def _everything() -> dict[str, list[dict[str, Any]]]:
    watched = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in watched}
