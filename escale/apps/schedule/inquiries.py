"""What the screens ask about a question to the mairies: who was asked, who opened it, who answered, who has no address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.audit.actors import Actor
from escale.apps.messaging.models import Message, MessageState
from escale.apps.messaging.queries import messages_about
from escale.apps.schedule.links import about, address_of
from escale.apps.schedule.models import Inquiry, Participation, PersonalLink, Wish
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci, Referent
from escale.core.calendar.months import Month


class Asked(StrEnum):
    """How far a commune is."""

    NEW = "new"
    NO_ADDRESS = "no_address"
    SENT = "sent"
    NOT_SENT = "not_sent"
    OPENED = "opened"
    ANSWERED = "answered"


ASKED_WORDS = {
    Asked.NEW: "pas encore demandé",
    Asked.NO_ADDRESS: "sans adresse électronique",
    Asked.SENT: "demandé",
    Asked.NOT_SENT: "courriel pas parti",
    Asked.OPENED: "page ouverte",
    Asked.ANSWERED: "réponse reçue",
}
ASKED_TONES = {
    Asked.NEW: "info",
    Asked.NO_ADDRESS: "soon",
    Asked.SENT: "info",
    Asked.NOT_SENT: "late",
    Asked.OPENED: "info",
    Asked.ANSWERED: "good",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A commune in the list of a question; `trouble` is why its letter did not leave."""

    commune: Commune
    state: Asked
    referents: Sequence[Referent]
    link: PersonalLink | None
    address: str
    wish: Wish | None
    trouble: str

    @property
    def words(self) -> str:
        """The state in French."""
        return ASKED_WORDS[self.state]

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return ASKED_TONES[self.state]


def asked_communes(epci: Epci, months: Sequence[Month]) -> list[Commune]:
    """Return the communes that take part in the tour of some months; all the members while nobody said which ones do."""
    first, last = months[0].first, months[-1].last
    part = Participation.objects.filter(epci=epci).between(first, last)
    found = Commune.objects.served_in(epci, first, last).filter(pk__in=part.values("commune"))
    return list(found) or list(Commune.objects.members_of(epci, first, last))


def months_of(inquiry: Inquiry) -> tuple[Month, ...]:
    """Return the months that a question is about."""
    return Month.range(f"{inquiry.first_month}..{inquiry.last_month}")


def asked_lines(actor: Actor, inquiry: Inquiry) -> list[AskedLine]:
    """Return every commune of a question with how far it is, in the order of names."""
    epci, today = inquiry.epci, clock.today(inquiry.epci)
    communes = asked_communes(epci, months_of(inquiry))
    links = {
        link.commune_id: link for link in PersonalLink.objects.visible_to(actor).filter(inquiry=inquiry, revoked_at__isnull=True)
    }
    wishes = {wish.commune_id: wish for wish in Wish.objects.visible_to(actor).filter(inquiry=inquiry)}
    letters = messages_about(actor, epci, [about(link) for link in links.values()])
    people: dict[int, list[Referent]] = {}
    for referent in Referent.objects.visible_to(actor).filter(commune__in=communes).in_charge_on(today):
        people.setdefault(referent.commune_id, []).append(referent)
    return [
        _line(commune, people.get(commune.pk, []), links.get(commune.pk), wishes.get(commune.pk), letters) for commune in communes
    ]


def _line(
    commune: Commune,
    referents: Sequence[Referent],
    link: PersonalLink | None,
    wish: Wish | None,
    letters: dict[str, list[Message]],
) -> AskedLine:
    trouble = trouble_of(link, letters)
    return AskedLine(
        commune=commune,
        state=_state(link, wish, trouble, has_address=any(referent.email for referent in referents)),
        referents=referents,
        link=link,
        address=address_of(link) if link else "",
        wish=wish,
        trouble=trouble,
    )


def trouble_of(link: PersonalLink | None, letters: dict[str, list[Message]]) -> str:
    """Return why no letter of the last sending left; empty when one did, or may still."""
    sent = letters.get(about(link), []) if link and link.sent_at else []
    latest = [letter for letter in sent if letter.queued_at.date() == sent[0].queued_at.date()]
    if not latest or any(letter.state != MessageState.FAILED for letter in latest):
        return ""
    return latest[0].error


def _state(link: PersonalLink | None, wish: Wish | None, trouble: str, *, has_address: bool) -> Asked:
    if wish is not None:
        return Asked.ANSWERED
    if link is None:
        return Asked.NEW if has_address else Asked.NO_ADDRESS
    if link.opened_at is not None:
        return Asked.OPENED
    if trouble:
        return Asked.NOT_SENT
    if link.sent_at is not None:
        return Asked.SENT
    return Asked.NEW if has_address else Asked.NO_ADDRESS


def current_inquiry(actor: Actor, epci: Epci) -> Inquiry | None:
    """Return the last question that was opened."""
    return Inquiry.objects.visible_to(actor).filter(epci=epci).select_related("epci").first()


def is_open(inquiry: Inquiry, day: dt.date) -> bool:
    """Tell whether a question may still be answered on a day."""
    return day <= inquiry.closes_on
