"""The only writer of reminders: what waits is said once to each of those who run the conventions, whatever runs twice or late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from escale.apps.accounts.access import COMMUNE_KINDS, Kind
from escale.apps.accounts.models import Role
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.messaging.actions import send_message
from escale.apps.obligations.awaited import Item, items_of, lines_of
from escale.apps.obligations.letters import digest_body, digest_subject, vacancy_body, vacancy_subject
from escale.apps.obligations.models import Reminder
from escale.apps.schedule.contacts import contact_of
from escale.apps.territory.models import Commune, Epci

TOLD = (Kind.COORDINATOR, Kind.LAWYER)
"""Who is reminded by e-mail."""


def remind_all(*, actor: Actor, now: dt.datetime) -> int:
    """Remind those who run the conventions of every EPCI of what waits on its day; return how many reminders are new."""
    epcis = Epci.objects.filter(conventions__isnull=False).distinct().order_by("pk")
    return sum(remind(actor=actor, epci=epci, on=timezone.localdate(now, ZoneInfo(epci.time_zone))) for epci in epcis)


@transaction.atomic
def remind(*, actor: Actor, epci: Epci, on: dt.date) -> int:
    """Say what waits in an EPCI and was not said before, in one e-mail for each person; return how many reminders are new.

    Two rounds at once wait for each other here; the second one finds everything said.
    """
    require(actor, "obligations.remind", epci)
    locked = Epci.objects.select_for_update().get(pk=epci.pk)
    readers = _readers(locked, on)
    items = items_of(locked, on) if readers else []
    said = set(Reminder.objects.filter(epci=locked, key__in=[item.key for item in items]).values_list("key", flat=True))
    new = list({item.key: item for item in items if item.key not in said}.values())
    if not new:
        return 0
    Reminder.objects.bulk_create([Reminder(epci=locked, key=item.key, given_on=on) for item in new])
    lines = lines_of(new)
    about = f"reminders:{on.isoformat()}"
    for address in readers:
        subject, body = digest_subject(lines, on), digest_body(locked, lines)
        send_message(actor=actor, epci=locked, to=address, subject=subject, body=body, about=about)
    _ask_mairies(actor, locked, on, new)
    events.record("obligations.reminded", actor=actor, epci=locked.siren, subject=locked, reminders=len(new))
    return len(new)


def _readers(epci: Epci, on: dt.date) -> list[str]:
    kinds = [kind.value for kind in TOLD]
    held = Role.objects.filter(epci=epci, kind__in=kinds, user__is_active=True).held_on(on)
    return sorted(set(held.values_list("user__email", flat=True)))


def _ask_mairies(actor: Actor, epci: Epci, on: dt.date, items: Iterable[Item]) -> None:
    """Write to the mairies that have no référent, at the addresses of those who log in for them."""
    vacant = {item.commune.pk: item.commune for item in items if item.is_vacancy and item.commune}
    kinds = [kind.value for kind in COMMUNE_KINDS]
    held = Role.objects.filter(commune__in=list(vacant), kind__in=kinds, user__is_active=True).held_on(on)
    contact = contact_of(epci)
    for commune, address in sorted(set(held.values_list("commune", "user__email"))):
        _ask(actor, epci, vacant[commune], address, vacancy_body(vacant[commune], contact))


def _ask(actor: Actor, epci: Epci, commune: Commune, address: str, body: str) -> None:
    about = f"referent:{commune.code}"
    send_message(actor=actor, epci=epci, to=address, subject=vacancy_subject(commune), body=body, about=about)
