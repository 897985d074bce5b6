"""What a desk says of a person, judged before it is written: enough to receive them, and nothing that must not be stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from escale.apps.booking.kinds import Channel, Need
from escale.apps.booking.models.residents import OfResident
from escale.apps.territory.models import Commune
from escale.apps.territory.parameters import read_email, read_phone
from escale.core.booking.motives import Motive
from escale.core.booking.sensitive import REASONS, find_sensitive, find_sensitive_number

MOST_LETTERS = 60
COPIED = ("first_name", "name", "channel", "contact", "residence", "motive", *Need)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A resident as the desk describes them; `name` may be an alias, `contact` is empty when only the mairie reaches them."""

    name: str
    motive: Motive
    first_name: str = ""
    channel: Channel = Channel.MAIRIE
    contact: str = ""
    residence: Commune | None = None
    needs: frozenset[Need] = frozenset()


def read_person(person: Person, *, today: dt.date) -> dict[str, Any]:
    """Return the fields of a person as they are stored. Raise ValidationError, beside each field that cannot be."""
    return {
        **read_identity(person.first_name, person.name, person.channel, person.contact, today=today),
        "residence": person.residence,
        "motive": person.motive.value,
        **{need.value: need in person.needs for need in Need},
    }


def read_identity(first_name: str, name: str, channel: Channel, contact: str, *, today: dt.date) -> dict[str, str]:
    """Return who someone is and how they are reached, as it is stored. Raise ValidationError beside each field that cannot be."""
    errors: dict[str, str] = {}
    first_name, name = (" ".join(text.split()) for text in (first_name, name))
    if not name:
        errors["name"] = "Écrire le nom, ou un alias que la personne choisit."
    for field, text in (("first_name", first_name), ("name", name)):
        if reason := text_refusal(text, today=today, most=MOST_LETTERS):
            errors[field] = reason
    try:
        contact = _read_contact(channel, contact.strip())
    except ValueError as error:
        errors["contact"] = str(error)
    if errors:
        raise ValidationError(dict(errors))
    return {"first_name": first_name, "name": name, "channel": channel.value, "contact": contact}


def text_refusal(text: str, *, today: dt.date, most: int) -> str:
    """Return why a short text cannot be stored, and what to do; empty when it can."""
    if kind := find_sensitive(text, today=today):
        return REASONS[kind]
    return f"C’est trop long : {most} lettres au plus." if len(text) > most else ""


def copied_from(row: OfResident) -> dict[str, Any]:
    """Return the fields of a person that another row takes over."""
    return {name: getattr(row, name) for name in COPIED}


def _read_contact(channel: Channel, contact: str) -> str:
    if kind := find_sensitive_number(contact):
        raise ValueError(REASONS[kind])
    match channel:
        case Channel.MAIRIE if contact:
            raise ValueError("Choisir « par téléphone » ou « par courriel », ou effacer ce contact.")
        case Channel.MAIRIE:
            return ""
        case Channel.PHONE:
            return read_phone(contact)
        case Channel.EMAIL:
            return read_email(contact)
