"""Send something to the other party, and write down what became of the letter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.conventions.actions.opening import beside, keep, refused, require_dates
from escale.apps.conventions.models import Avenant, Convention, Matter, Notification, Party
from escale.core.convention.letters import Channel, Returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A letter as it is told: how it left and when, and what is known of its fate."""

    sent: dt.date
    channel: Channel = Channel.LRAR
    number: str = ""
    presented: dt.date | None = None
    delivered: dt.date | None = None
    returned: Returned | None = None
    proof: str = ""


def post(
    convention: Convention, *, matter: Matter, sender: Party, posting: Posting, avenant: Avenant | None = None
) -> Notification:
    """Record a letter. Raise ValidationError when its number is known already, or its dates cannot follow each other."""
    number = posting.number.replace(" ", "").upper()
    if number and Notification.objects.filter(channel=posting.channel.value, number=number).exists():
        raise refused("number", "E_LETTER_KNOWN", "Une lettre porte déjà ce numéro ; vérifier le bordereau.")
    row = Notification(
        convention=convention,
        avenant=avenant,
        matter=matter.value,
        sender=sender.value,
        channel=posting.channel.value,
        number=number,
    )
    return write_fate(row, posting)


def write_fate(row: Notification, posting: Posting) -> Notification:
    """Write the dates of a letter and what became of it; what is known of it is not taken back."""
    dates = {"sent": posting.sent, "presented": posting.presented, "delivered": posting.delivered}
    require_dates(row.convention, posting.proof, **dates)
    values: dict[str, object] = {name: day for name, day in dates.items() if day is not None}
    values |= {"returned": posting.returned.value if posting.returned else "", "proof": posting.proof.strip()}
    for name, value in values.items():
        setattr(row, name, value)
    if not row.is_under_way:
        with beside("sent"):
            _ = row.letter
    return keep(row)


def require_known_fate(notification: Notification) -> dt.date:
    """Return the day on which a letter reached the other party; refuse one that is under way or came back unread (art. 5-2)."""
    with beside("delivered"):
        letter = notification.letter
    reached = letter.delivered or letter.presented
    if reached is None or letter.returned is Returned.WRONG_ADDRESS:
        raise refused("delivered", "E_NOT_NOTIFIED", "Cette lettre n’a atteint personne : la notifier de nouveau.")
    return reached
