"""The messages of an urgency: to whoever is on call, to the coordination, to the mairie; what a mairie typed stays here."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role
from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.actions import send_message, send_sms
from escale.apps.messaging.mobiles import mobile_number
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.catalogue import COORDINATION_EMAIL
from escale.apps.territory.queries import mairie_of, value_of
from escale.apps.urgencies.labels import MATTERS
from escale.apps.urgencies.models import Request
from escale.core.calendar.hours import time_words
from escale.core.urgencies.life import Matter, StepKind

CALL = """Bonjour,

{asks} une urgence technique : {matter}.

Rappeler la mairie : {phone}
Répondre et voir le détail : {link}
"""
SMS = "Urgence {asks} : {matter}. Rappeler {phone}, puis le noter dans Urgences."
WORD = """Bonjour,

Votre demande de {time} ({matter}) :

{word}

Vous pouvez appeler ou demander à nouveau à tout moment.
"""


def tell_mediator(row: Request, mediator: Mediator, kind: StepKind) -> None:
    """Write to someone of the team, at their address and on their mobile, once of each step."""
    about, once = _about(row), f"urgency:{row.pk}:{kind.value}"
    if mediator.user is not None and mediator.user.is_active:
        _write(row, mediator.user.email, "/terrain/urgences/", once)
    if mobile_number(mediator.phone):
        text = SMS.format(asks=row.commune, matter=_matter(row), phone=row.call_back)
        send_sms(actor=SYSTEM, epci=row.epci, to=mediator.phone, text=text, about=about, once=f"{once}:sms")


def tell_coordination(row: Request) -> None:
    """Write to the coordination that nobody answers; without an address of its own, to each coordinator."""
    address = value_of(row.epci, COORDINATION_EMAIL)
    roles = Role.objects.held_on(clock.today(row.epci)).filter(epci=row.epci, kind=Kind.COORDINATOR.value)
    addresses = [address] if address else sorted(set(roles.values_list("user__email", flat=True)))
    for number, to in enumerate(addresses):
        _write(row, to, "/pilotage/service/urgences/", f"urgency:{row.pk}:{StepKind.ESCALATED.value}:{number}")


def tell_mairie(row: Request) -> None:
    """Write to the mairie how its request ends, when it has given an address."""
    mairie = mairie_of(row.commune)
    if mairie is None or not mairie.email:
        return
    body = WORD.format(time=_time(row), matter=_matter(row), word=row.last_word)
    send_message(
        actor=SYSTEM,
        epci=row.epci,
        to=mairie.email,
        subject="Votre urgence technique",
        body=body,
        about=_about(row),
        once=f"urgency:{row.pk}:end",
    )


def _write(row: Request, to: str, path: str, once: str) -> None:
    link = urljoin(settings.ADDRESS, f"{path}{row.pk}/")
    asks = f"{row.commune.place_name.full} signale"
    body = CALL.format(asks=asks, matter=_matter(row), phone=row.call_back, link=link)
    subject = f"Urgence technique {row.commune.place_name.at}"
    send_message(actor=SYSTEM, epci=row.epci, to=to, subject=subject, body=body, about=_about(row), once=once)


def _about(row: Request) -> str:
    return f"urgency:{row.pk}"


def _matter(row: Request) -> str:
    return MATTERS[Matter(row.matter)]


def _time(row: Request) -> str:
    return time_words(row.asked_at.astimezone(clock.moment(row.epci).tzinfo).time())
