"""Tell people what changes by e-mail or text message, and remind them of their appointment: by the round of the minute.

A round that runs twice, late, or five times at once, tells once: the key of each message is unique in the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.audit.models import Entry
from escale.apps.booking.actions.telling import must_learn
from escale.apps.booking.kinds import Agent, Change, Channel
from escale.apps.booking.models import Appointment, Demande, Telling
from escale.apps.booking.news import Lines, News, lines_for, news_of, news_of_appointment, starts_at
from escale.apps.booking.wording import letter_of, sms_of, subject_of
from escale.apps.messaging.actions import drop_messages, send_message, send_sms
from escale.apps.messaging.mobiles import mobile_number
from escale.apps.messaging.models import Message, MessageState
from escale.apps.territory import clock
from escale.apps.territory.catalogue import REMINDER_HOURS
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.core.booking.states import AppointmentState

ACTOR = SystemActor(actor_id="booking")
SETTLES_IN = dt.timedelta(minutes=1)
"""A change waits this long: whoever books and corrects at once is told the last word alone."""
AT_ONCE = 50
"""Messages of one round: it holds the whole of SQLite while it writes them, and the desks wait."""
TELLING, REMINDER = "telling", "reminder"


@transaction.atomic
def tell_what_waits(*, actor: Actor) -> int:
    """Write the messages of the changes that nobody told yet; return how many. What has nothing to say any more is dropped."""
    require(actor, "booking.remind", "installation")
    _drop_what_is_over()
    rows = _untold()
    lines = lines_for(row.appointment.visit_id for row in rows if row.appointment is not None)
    return _at_most(_tell(row, lines) for row in rows)


@transaction.atomic
def remind_people(*, actor: Actor) -> int:
    """Remind those whose appointment comes in the hours that their EPCI chose; return how many messages are written.

    Whoever booked, or was told of a change, later than that has just read when it is.
    """
    require(actor, "booking.remind", "installation")
    epcis = Epci.objects.filter(appointments__state=AppointmentState.BOOKED.value).distinct().order_by("pk")
    return sum(_remind_all(epci, hours) for epci in epcis if (hours := value_of(epci, REMINDER_HOURS)))


def note_told(entry: Entry) -> None:
    """Tick what a message told (« messaging.message_sent »), unless something else has to be told since."""
    telling = _telling_of(Message.objects.get(pk=entry.subject_id))
    if telling is not None:
        telling.told_at, telling.told_by = clock.moment(_epci_of(telling)), ACTOR.actor_id
        telling.save(update_fields=["told_at", "told_by"])


def note_untold(entry: Entry) -> None:
    """Put on the list of the mairie whom no message reaches (« messaging.message_failed »); never once it is over."""
    message = Message.objects.select_related("epci").get(pk=entry.subject_id)
    if message.not_after is not None and message.not_after <= clock.moment(message.epci):
        return
    telling = _telling_of(message)
    if telling is not None:
        _fall_to_mairie(telling)
    elif (row := _appointment_of(message)) is not None:
        must_learn(row, Change.REMINDED, falls_to_mairie=True)


def _untold() -> list[Telling]:
    first = clock.today() - dt.timedelta(days=1)
    rows = Telling.objects.untold().by_message().coming_from(first)
    found = rows.select_related(
        "appointment__epci", "appointment__asking", "appointment__visit__epci", "appointment__post__base",
        "appointment__demande", "offer__visit__commune", "offer__visit__epci", "offer__demande__epci",
        "offer__demande__commune",
    )  # fmt: skip
    written = _written(_key(row) for row in found)
    return [row for row in found if _key(row) not in written and clock.moment(_epci_of(row)) >= row.since + SETTLES_IN]


def _written(keys: Iterable[str]) -> set[str]:
    """Return those of some keys whose message is written."""
    return set(Message.objects.filter(once__in=list(keys)).values_list("once", flat=True))


def _tell(telling: Telling, lines: Lines) -> bool:
    epci, person = _epci_of(telling), _person_of(telling)
    if (news := news_of(telling, lines)) is None or starts_at(epci, news) <= clock.moment(epci):
        return False
    if person.channel == Channel.PHONE and mobile_number(person.contact) is None:
        _leave_to_the_mairie(telling, person)
        return False
    return _write(epci, person, news, about=f"{TELLING}:{telling.pk}", once=_key(telling), telling=telling)


def _soon(epci: Epci, hours: int) -> list[Appointment]:
    """Return the appointments that come in about so many hours, and of which nobody was reminded yet."""
    now = clock.moment(epci)
    days = (now.date(), (now + dt.timedelta(hours=hours)).date())
    rows = Appointment.objects.booked().filter(
        Q(visit__date__range=days) | Q(date__range=days),
        epci=epci,
        channel__in=[Channel.PHONE.value, Channel.EMAIL.value],
        contact_forgotten=False,
    )
    found = list(rows.select_related("epci", "asking", "visit__commune", "visit__epci", "post__base", "demande"))
    written = _written(_reminder_key(row) for row in found)
    return [row for row in found if _reminder_key(row) not in written]


def _remind_all(epci: Epci, hours: int) -> int:
    rows = _soon(epci, hours)
    lines = lines_for(row.visit_id for row in rows)
    return _at_most(_remind(row, hours, lines) for row in rows)


def _at_most(works: Iterable[bool]) -> int:
    """Write messages until there are enough for one round; return how many."""
    return sum(1 for _ in islice((True for is_written in works if is_written), AT_ONCE))


def _remind(row: Appointment, hours: int, lines: Lines) -> bool:
    news = news_of_appointment(row, Change.REMINDED, lines)
    if news is None:
        return False
    start, now = starts_at(row.epci, news), clock.moment(row.epci)
    opens = start - dt.timedelta(hours=hours)
    fixed = row.channel == Channel.PHONE and mobile_number(row.contact) is None
    told_since = row.tellings.filter(since__gt=opens).exclude(change=Change.BOOKED.value)
    if fixed or not opens <= now < start or row.written_at > opens or told_since.exists():
        return False
    return _write(row.epci, row, news, about=f"{REMINDER}:{row.pk}", once=_reminder_key(row))


def _write(
    epci: Epci, person: Appointment | Demande, news: News, *, about: str, once: str, telling: Telling | None = None
) -> bool:
    """Write one message; a contact that no message reaches falls to the mairie."""
    until = starts_at(epci, news)
    try:
        if person.channel == Channel.EMAIL:
            subject, body = subject_of(news), letter_of(news)
            send_message(
                actor=ACTOR, epci=epci, to=person.contact, subject=subject, body=body, about=about, once=once, not_after=until
            )
        else:
            send_sms(actor=ACTOR, epci=epci, to=person.contact, text=sms_of(news), about=about, once=once, not_after=until)
    except ValidationError:
        if telling is not None:
            _fall_to_mairie(telling)
        return False
    return True


def _leave_to_the_mairie(telling: Telling, person: Appointment | Demande) -> None:
    """Have the mairie call a fixed line; what it booked itself, it has said already."""
    if telling.change == Change.BOOKED and person.written_as == Agent.COMMUNE:
        telling.delete()
    else:
        _fall_to_mairie(telling)


def _fall_to_mairie(telling: Telling) -> None:
    telling.falls_to_mairie = True
    telling.save(update_fields=["falls_to_mairie"])


def _drop_what_is_over() -> None:
    """Take out of the queue what another change replaced, what was told by voice, and reminders of what is not held."""
    waiting = Message.objects.filter(state=MessageState.QUEUED.value).exclude(once="")
    ours = waiting.filter(Q(about__startswith=f"{TELLING}:") | Q(about__startswith=f"{REMINDER}:"))
    over = [row.pk for row in ours if _telling_of(row) is None and _appointment_of(row) is None]
    drop_messages(actor=ACTOR, messages=over)


def _telling_of(message: Message) -> Telling | None:
    """Return what a message tells, while it is still to be told."""
    kind, _, key = message.about.partition(":")
    if kind != TELLING or not key.isdecimal():
        return None
    rows = Telling.objects.filter(pk=int(key), told_at__isnull=True)
    row = rows.select_related("appointment__epci", "offer__demande__epci").first()
    return row if row is not None and _key(row) == message.once else None


def _appointment_of(message: Message) -> Appointment | None:
    """Return the appointment of which a message reminds, while it is to be held on that day."""
    kind, _, key = message.about.partition(":")
    if kind != REMINDER or not key.isdecimal():
        return None
    row = Appointment.objects.booked().filter(pk=int(key)).select_related("epci", "visit").first()
    return row if row is not None and _reminder_key(row) == message.once else None


def _key(telling: Telling) -> str:
    """Name one change: the next one of the same appointment has another key."""
    return f"{TELLING}:{telling.pk}:{telling.since.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}"


def _reminder_key(row: Appointment) -> str:
    half = row.visit.half if row.visit is not None else row.half
    return f"{REMINDER}:{row.pk}:{row.day.isoformat()}:{half}"


def _person_of(telling: Telling) -> Appointment | Demande:
    if telling.appointment is not None:
        return telling.appointment
    if telling.offer is not None:
        return telling.offer.demande
    raise ValueError(f"telling {telling.pk} concerns nobody")


def _epci_of(telling: Telling) -> Epci:
    return _person_of(telling).epci
