"""The e-mails of reminders: to those who run the conventions, one for a day; to a mairie that has no référent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from escale.apps.obligations.awaited import Awaited
from escale.apps.schedule.contacts import Contact
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import weekday_date_words


def digest_subject(lines: Sequence[Awaited], on: dt.date) -> str:
    """Return the subject of the e-mail of a day."""
    count = f"{len(lines)} rappels" if len(lines) > 1 else "un rappel"
    return f"Conventions : {count}, {weekday_date_words(on)}"


def digest_body(epci: Epci, lines: Sequence[Awaited]) -> str:
    """Return what waits, each with what to do and the page where it is done."""
    told = "\n\n".join(f"- {line.words}.\n  {line.what_to_do} :\n  {address_of(line)}" for line in lines)
    return f"""Bonjour,

Voici ce que les conventions de {epci} attendent, et qui n’a pas encore été rappelé :

{told}

Tout ce qui attend se voit à la première page :
{_absolute("steering:home")}
"""


def vacancy_subject(commune: Commune) -> str:
    """Return the subject of the e-mail to a mairie."""
    return f"Qui est le référent de l’aide numérique {commune.place_name.at} ?"


def vacancy_body(commune: Commune, contact: Contact) -> str:
    """Ask a mairie who its référent is (art. 3-1)."""
    question = f"\nPour toute question : {contact.words}.\n" if contact.words else ""
    return f"""Bonjour,

La convention d’aide numérique prévoit que la commune {commune.place_name.de} nomme un référent (article 3-1).
Nous n’en connaissons pas aujourd’hui.

Pour le nommer, ouvrez cette page :
{_absolute("commune:home")}
{question}"""


def address_of(line: Awaited) -> str:
    """Return the whole address of the page where something is settled."""
    return _absolute(line.address_name, *([] if line.address_key is None else [line.address_key]))


def _absolute(name: str, *arguments: int) -> str:
    return urljoin(settings.ADDRESS, reverse(name, args=arguments))
