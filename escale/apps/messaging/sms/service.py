"""What is asked of a service that sends text messages, as the configuration describes it."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any

USUAL_BODY = '{"to": "$to", "text": "$text", "sender": "$sender"}'
METHODS = ("POST", "PUT")
BLANKS = frozenset({"to", "digits", "text", "sender"})
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where, how and with which fields. Raise ValueError, in French, for what cannot be asked.

    `body` is an object of JSON, or the fields of a form (« to=$to&message=$text »), with $to (« +33612345678 »), $digits (the
    same without +), $text and $sender in it. `id_path` says where the answer names the message.
    """

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = USUAL_BODY
    sender: str = ""
    id_path: tuple[str, ...] = ()
    seconds: int = 20

    def __post_init__(self) -> None:
        if not _is_safe(self.url):
            raise ValueError("ESCALE_SMS_URL : écrire une adresse https:// (http:// pour cette machine seule)")
        blanks = set(Template(self.body).get_identifiers())
        if not Template(self.body).is_valid() or blanks - BLANKS:
            raise ValueError("ESCALE_SMS_BODY : seuls $to, $digits, $text et $sender y sont remplacés")
        if not blanks & {"to", "digits"} or "text" not in blanks:
            raise ValueError("ESCALE_SMS_BODY : écrire $to (ou $digits) et $text là où vont le numéro et le texte")

    def body_for(self, to: str, text: str) -> tuple[str, bytes]:
        """Return the type and the bytes of the request that sends a text."""
        values = {"to": to, "digits": to.removeprefix("+"), "text": text, "sender": self.sender}
        try:
            shape = json.loads(self.body)
        except ValueError:
            fields = [(name, Template(value).substitute(values)) for name, value in urllib.parse.parse_qsl(self.body)]
            return "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode()
        return "application/json", json.dumps(_filled(shape, values)).encode()


def read_headers(text: str) -> dict[str, str]:
    """Read « Authorization: Bearer …; X-Other: … ». Raise ValueError without repeating what may be a key."""
    found = {}
    for line in filter(None, (part.strip() for part in text.split(";"))):
        name, separator, value = (part.strip() for part in line.partition(":"))
        if not separator or not name or not value or not (name + value).isprintable():
            raise ValueError("ESCALE_SMS_HEADERS : écrire « Authorization: Bearer CLÉ ; Autre-Entête: valeur »")
        found[name] = value
    return found


def _is_safe(url: str) -> bool:
    """Tell whether an address is of HTTPS, or of a gateway on this very machine."""
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))


def _filled(shape: Any, values: Mapping[str, str]) -> Any:
    """Fill the texts of a shape: a value never changes what stands around it."""
    match shape:
        case str():
            return Template(shape).substitute(values)
        case list():
            return [_filled(part, values) for part in shape]
        case dict():
            return {name: _filled(part, values) for name, part in shape.items()}
    return shape
