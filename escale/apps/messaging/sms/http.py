"""Send text messages by the service that an installation chose: one HTTP request each, described by configuration."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from escale.apps.messaging.mobiles import without_numbers
from escale.apps.messaging.sms.provider import ProviderError
from escale.apps.messaging.sms.service import Service

MOST_BYTES = 100_000
MOST_LETTERS = 160
LATER = frozenset({408, 409, 423, 425, 429})
"""Answers below 500 after which trying again helps."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A number goes to the address of the configuration and nowhere else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpProvider:
    """Asks a service to send each message."""

    service: Service

    def send(self, *, to: str, text: str) -> str:
        """Send one message; return what the answer calls it."""
        return _named(self._ask(to, text), self.service.id_path)

    def _ask(self, to: str, text: str) -> bytes:
        kind, body = self.service.body_for(to, text)
        request = urllib.request.Request(  # noqa: S310 -- the scheme is checked when the configuration is read
            self.service.url,
            data=body,
            method=self.service.method,
            headers={"Accept": "application/json", "Content-Type": kind, "User-Agent": "Escale", **self.service.headers},
        )
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=self.service.seconds) as answer:
                return bytes(answer.read(MOST_BYTES))
        except urllib.error.HTTPError as error:
            is_final = error.code < http.client.INTERNAL_SERVER_ERROR and error.code not in LATER
            raise ProviderError(f"Le service d’envoi a refusé ce SMS : {error.code} {_said(error)}", is_final=is_final) from None
        except (OSError, http.client.HTTPException) as error:
            # The reason of an error of this kind may hold the address, which may hold a key.
            raise ProviderError(f"Le service d’envoi ne répond pas ({type(error).__name__})", is_final=False) from None


def _said(error: urllib.error.HTTPError) -> str:
    try:
        words = error.read(MOST_BYTES).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    return without_numbers(" ".join(words.split()))[:MOST_LETTERS]


def _named(answer: bytes, path: tuple[str, ...]) -> str:
    """Return what stands at a path of an answer in JSON; nothing when it is not there: the message left all the same."""
    try:
        found: Any = json.loads(answer)
    except ValueError:
        return ""
    for step in path:
        if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        elif isinstance(found, dict):
            found = found.get(step)
        else:
            return ""
    return str(found)[:120] if path and isinstance(found, str | int) else ""
