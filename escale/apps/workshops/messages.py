"""Write to those who come to workshops, or wait for one: a place is theirs, it changes, it is cancelled; once for each change."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from escale.apps.audit.actors import SystemActor
from escale.apps.audit.models import Entry
from escale.apps.booking.kinds import Channel
from escale.apps.messaging.actions import drop_messages, send_message, send_sms
from escale.apps.messaging.models import Message, MessageState
from escale.apps.territory import clock
from escale.apps.territory.queries import mairie_of
from escale.apps.workshops.models import Registration, RegistrationQuerySet
from escale.apps.workshops.wording import Told, letter_of, sms_of, subject_of
from escale.core.workshops.states import ASKING, News

ACTOR = SystemActor(actor_id="workshops")
ABOUT = "workshop"
OF_THE_ROUND = frozenset({News.REGISTERED, News.REMINDED})
"""What the round of the minute tells; it never hides a change that someone has to be told."""


def write_to_the_promoted(entry: Entry) -> None:
    """Tell someone who waited that a place is theirs (« workshops.promoted »)."""
    _write([int(entry.subject_id)], News.PROMOTED, entry)


def write_the_change(entry: Entry) -> None:
    """Tell those who come or wait that the day, the hours or the place changed (« workshops.moved »)."""
    _write(entry.details["registrations"], News.CHANGED, entry)


def write_the_cancellation(entry: Entry) -> None:
    """Tell those who come or wait that it is not held (« workshops.cancelled »)."""
    _write(entry.details["registrations"], News.CANCELLED, entry)


def note_unsent(entry: Entry) -> None:
    """Put on the list of the mairie whom no message reaches (« messaging.message_failed »); never once it has begun."""
    message = Message.objects.get(pk=entry.subject_id)
    kind, _, rest = message.once.partition(":")
    if kind != ABOUT:
        return
    key, _, news = rest.partition(":")
    row = Registration.objects.filter(pk=int(key)).select_related("workshop__epci").first()
    if row is not None and row.workshop.begins_at > clock.moment(row.workshop.epci):
        _fall_to_mairie(row, News(news.partition(":")[0]))


def about_of(row: Registration) -> str:
    """Name what messages to someone are about."""
    return f"{ABOUT}:{row.pk}"


def reachable() -> RegistrationQuerySet:
    """Return those who come or wait and whom a message may reach, with what it says."""
    rows = Registration.objects.filter(state__in=[state.value for state in ASKING], contact_forgotten=False)
    rows = rows.exclude(channel=Channel.MAIRIE.value)
    return rows.select_related("workshop__epci", "workshop__host", "workshop__premises", "workshop__room", "commune")


def write_to(row: Registration, news: News, once: str) -> None:
    """Write one message, if it has not begun; what was still in the queue for the person has nothing to say any more."""
    epci, about, until = row.workshop.epci, about_of(row), row.workshop.begins_at
    once = f"{about}:{news.value}:{once}"
    if until <= clock.moment(epci) or Message.objects.filter(epci=epci, once=once).exists():
        return
    waiting = Message.objects.filter(epci=epci, about=about, state=MessageState.QUEUED.value)
    drop_messages(actor=ACTOR, messages=list(waiting.values_list("pk", flat=True)))
    mairie = mairie_of(row.commune)
    told = Told(row=row, news=news, phone=mairie.phone if mairie else "")
    try:
        if row.channel == Channel.EMAIL:
            subject, body = subject_of(told), letter_of(told)
            send_message(
                actor=ACTOR, epci=epci, to=row.contact, subject=subject, body=body, about=about, once=once, not_after=until
            )
        else:
            send_sms(actor=ACTOR, epci=epci, to=row.contact, text=sms_of(told), about=about, once=once, not_after=until)
    except ValidationError:
        # A fixed line, or an address that is none: the mairie calls.
        _fall_to_mairie(row, news)


def _write(keys: Iterable[int], news: News, entry: Entry) -> None:
    for row in reachable().filter(pk__in=list(keys)):
        write_to(row, news, str(entry.pk))


def _fall_to_mairie(row: Registration, news: News) -> None:
    rows = Registration.objects.filter(pk=row.pk)
    if news in OF_THE_ROUND:
        rows = rows.filter(news=News.NONE.value)
    rows.update(news=news.value)
