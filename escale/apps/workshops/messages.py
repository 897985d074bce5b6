"""Write to those who come to workshops, or wait for one: a place is theirs, it changes, it is cancelled; once for each change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from escale.apps.audit.actors import SystemActor
from escale.apps.audit.models import Entry
from escale.apps.booking.kinds import Channel
from escale.apps.booking.wording import day_words, short_day, short_hours
from escale.apps.messaging.actions import drop_messages, send_message, send_sms
from escale.apps.messaging.gsm import MOST, fits, to_gsm
from escale.apps.messaging.models import Message, MessageState
from escale.apps.territory import clock
from escale.apps.territory.queries import mairie_of
from escale.apps.workshops.models import Registration
from escale.core.calendar.french import weekday_date_words
from escale.core.workshops.states import ASKING, News, RegistrationState

ACTOR = SystemActor(actor_id="workshops")
ABOUT = "workshop"
SUBJECTS = {
    News.PROMOTED: "Une place à l’atelier numérique est à vous",
    News.CHANGED: "Votre atelier numérique change",
    News.CANCELLED: "Votre atelier numérique est annulé",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """One change for one person, without their name."""

    row: Registration
    news: News
    phone: str


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


def _write(keys: Iterable[int], news: News, entry: Entry) -> None:
    rows = Registration.objects.filter(pk__in=list(keys), state__in=[state.value for state in ASKING], contact_forgotten=False)
    written_to = rows.exclude(channel=Channel.MAIRIE.value)
    for row in written_to.select_related("workshop__epci", "workshop__host", "workshop__premises", "workshop__room", "commune"):
        if row.workshop.begins_at > clock.moment(row.workshop.epci):
            _send(row, news, f"{ABOUT}:{row.pk}:{news.value}:{entry.pk}")


def _send(row: Registration, news: News, once: str) -> None:
    """Write one message; what was still in the queue for the person has nothing to say any more."""
    epci, about = row.workshop.epci, f"{ABOUT}:{row.pk}"
    waiting = Message.objects.filter(epci=epci, about=about, state=MessageState.QUEUED.value)
    drop_messages(actor=ACTOR, messages=list(waiting.values_list("pk", flat=True)))
    mairie = mairie_of(row.commune)
    told = _Telling(row=row, news=news, phone=mairie.phone if mairie else "")
    until = row.workshop.begins_at
    try:
        if row.channel == Channel.EMAIL:
            subject = f"{SUBJECTS[news]} : {weekday_date_words(row.workshop.date)}"
            body = _letter(told)
            send_message(
                actor=ACTOR, epci=epci, to=row.contact, subject=subject, body=body, about=about, once=once, not_after=until
            )
        else:
            send_sms(actor=ACTOR, epci=epci, to=row.contact, text=_sms(told), about=about, once=once, not_after=until)
    except ValidationError:
        # A fixed line, or an address that is none: the mairie calls.
        _fall_to_mairie(row, news)


def _fall_to_mairie(row: Registration, news: News) -> None:
    Registration.objects.filter(pk=row.pk).update(news=news.value)


def _letter(told: _Telling) -> str:
    workshop, mairie = told.row.workshop, told.row.commune.place_name.de
    when = f"{weekday_date_words(workshop.date)}, {workshop.hours.words}"
    where = "" if told.news is News.CANCELLED else f"\n{workshop.where}, {workshop.host}"
    waits = told.row.state == RegistrationState.WAITING and told.news is News.CHANGED
    still = "\nVous êtes toujours en liste d’attente.\n" if waits else ""
    phone = f" : {told.phone}" if told.phone else ""
    return f"""Bonjour,

{SUBJECTS[told.news]}.

« {workshop} »
{when[0].upper()}{when[1:]}{where}
{still}
Un empêchement, une question ? Appelez la mairie {mairie}{phone}.

Votre adresse ne sert qu’à cet atelier et s’efface 90 jours après. Pour la voir ou l’effacer : la mairie {mairie}."""


def _sms(told: _Telling) -> str:
    """Return the fullest text that is one part; the telephone is never what is left out."""
    call = f"Mairie : {told.phone}" if told.phone else "Appelez la mairie"
    workshop, hours = told.row.workshop, short_hours(told.row.workshop.hours)
    places = (f", {workshop.where}, {workshop.host}", f", {workshop.host}", "")
    for day in (day_words(workshop.date), short_day(workshop.date)):
        for place in places:
            if fits(text := f"{_short(told.news, f'{day} {hours}{place}')} {call}"):
                return to_gsm(text)
    return to_gsm(f"{_short(told.news, '')} {call}")[:MOST]


def _short(news: News, when: str) -> str:
    match news:
        case News.PROMOTED:
            return f"Atelier numérique : une place est à vous {when}."
        case News.CHANGED:
            return f"Atelier numérique : changement, c’est {when}."
        case _:
            return f"Atelier numérique {when} : annulé."
