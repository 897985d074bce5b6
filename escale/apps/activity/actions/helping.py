"""Ask the team for help from a hall: one message to the coordination and to the colleagues, at once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role
from escale.apps.activity.ground import mediator_of
from escale.apps.activity.labels import HELPS
from escale.apps.audit import events
from escale.apps.audit.actors import SYSTEM, Actor
from escale.apps.messaging.actions import send_message
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit
from escale.core.activity.vocabulary import Help
from escale.core.booking.sensitive import REASONS, find_sensitive
from escale.core.calendar.hours import time_words

TOLD = (Kind.COORDINATOR, Kind.MEDIATOR)
"""Who is told."""


@transaction.atomic
def ask_for_help(*, actor: Actor, kind: Help, key: UUID, words: str = "", visit: Visit | None = None) -> int:
    """Write to the coordination and to the colleagues; return how many are told. The same `key` again writes nothing new."""
    mediator = mediator_of(actor)
    now = clock.moment(mediator.epci)
    text = " ".join(words.split())
    if found := find_sensitive(text, today=now.date()):
        raise refuse("words", REASONS[found])
    held = Role.objects.filter(epci=mediator.epci, kind__in=[kind.value for kind in TOLD], user__is_active=True).held_on(
        now.date()
    )
    people = sorted(set(held.exclude(user=mediator.user_id).values_list("user", "user__email")))
    if not people:
        raise refuse("kind", "Personne d’autre n’a de compte dans l’équipe : appeler la coordination.")
    where = "" if visit is None else f" {visit.commune.place_name.at}"
    subject = f"{mediator.first_name} a besoin d’aide{where}"
    body = _body(mediator, where, time_words(now.time().replace(second=0, microsecond=0)), HELPS[kind], text)
    for person, address in people:
        once = f"help:{key.hex}:{person}"
        send_message(actor=SYSTEM, epci=mediator.epci, to=address, subject=subject, body=body, about="help", once=once)
    asked = None if visit is None else visit.pk
    events.record("activity.help_asked", actor=actor, epci=mediator.epci.siren, subject=mediator, visit=asked, kind=kind.value)
    return len(people)


def _body(mediator: Mediator, where: str, hour: str, why: str, words: str) -> str:
    lines = [f"Bonjour,\n\n{mediator}{where} demande de l’aide, à {hour} :", f"{why}."]
    if words:
        lines.append(f"« {words} »")
    lines.append(f"Rappeler au {mediator.phone}." if mediator.phone else "Rappeler dès que possible.")
    return "\n\n".join(lines)
