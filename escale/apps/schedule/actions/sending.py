"""Send personal links to the référents of the communes; a commune without an address is named, not forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.messaging.actions import send_message
from escale.apps.schedule.letters import Letter
from escale.apps.schedule.links import about
from escale.apps.schedule.models import PersonalLink
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Referent

LetterOf = Callable[[PersonalLink], Letter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """To which communes a letter is on its way, and which have no address: their link is copied or printed."""

    written: tuple[Commune, ...] = ()
    unreached: tuple[Commune, ...] = ()


def send_links(actor: Actor, links: Sequence[PersonalLink], write: LetterOf) -> Sending:
    """Write to the référents in charge of the commune of each link, and note when."""
    written: list[Commune] = []
    unreached: list[Commune] = []
    for link in links:
        (written if _send(actor, link, write) else unreached).append(link.commune)
    return Sending(written=tuple(written), unreached=tuple(unreached))


def not_written_today(links: Iterable[PersonalLink]) -> list[PersonalLink]:
    """Return the links about which no letter was written today: a second click annoys nobody."""
    today = timezone.localdate()
    return [link for link in links if link.sent_at is None or timezone.localdate(link.sent_at) != today]


def _send(actor: Actor, link: PersonalLink, write: LetterOf) -> bool:
    reached = False
    for address in addresses_of(link):
        letter = write(link)
        try:
            with transaction.atomic():
                send_message(actor=actor, epci=link.epci, to=address, subject=letter.subject, body=letter.body, about=about(link))
        except ValidationError:
            # An address that is none is as good as no address: the screen shows the commune among those to reach otherwise.
            continue
        reached = True
    if reached:
        link.sent_at = timezone.now()
        link.save(update_fields=["sent_at"])
        events.record("schedule.link_sent", actor=actor, epci=link.epci.siren, subject=link)
    return reached


def addresses_of(link: PersonalLink) -> list[str]:
    """Return where a commune is written to: each référent in charge once."""
    people = Referent.objects.filter(commune=link.commune).in_charge_on(clock.today(link.epci)).exclude(email="")
    return list(dict.fromkeys(people.values_list("email", flat=True)))
