"""The words of messages about a workshop: a letter in short sentences, a text message of one part, without a link nor a name."""

from __future__ import annotations

from dataclasses import dataclass

from escale.apps.booking.wording import NEVER, day_words, short_day, short_hours
from escale.apps.messaging.gsm import MOST, fits, to_gsm
from escale.apps.workshops.models import Registration
from escale.core.calendar.french import weekday_date_words
from escale.core.workshops.states import News, RegistrationState

SUBJECTS = {
    News.REGISTERED: "Votre atelier numérique",
    News.REMINDED: "Rappel : votre atelier numérique",
    News.PROMOTED: "Une place à l’atelier numérique est à vous",
    News.CHANGED: "Votre atelier numérique change",
    News.CANCELLED: "Votre atelier numérique est annulé",
}
OPENINGS = {
    News.REGISTERED: "Votre inscription à l’atelier numérique est notée :",
    News.REMINDED: "Nous vous attendons bientôt à l’atelier numérique :",
    News.PROMOTED: "Une place à l’atelier numérique est à vous :",
    News.CHANGED: "Votre atelier numérique change. Le voici :",
    News.CANCELLED: "Votre atelier numérique est annulé :",
}
WAITING = "L’atelier numérique est complet, vous êtes sur la liste d’attente :"
STILL_WAITING = "Vous êtes toujours en liste d’attente."
ON_A_PLACE = "Si une place se libère, nous vous prévenons ; ne venez pas sans cela."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One change for one person, without their name; `phone` is the one of the mairie that looks after them."""

    row: Registration
    news: News
    phone: str

    @property
    def waits(self) -> bool:
        """Whether the person has no place."""
        return self.row.state == RegistrationState.WAITING


def subject_of(told: Told) -> str:
    """Return the subject of a letter: what and when, never who."""
    return f"{SUBJECTS[told.news]} : {weekday_date_words(told.row.workshop.date)}"


def letter_of(told: Told) -> str:
    """Return the text of a letter."""
    mairie = told.row.commune.place_name.de
    phone = f" : {told.phone}" if told.phone else ""
    parts = (
        "Bonjour,",
        WAITING if told.waits and told.news is News.REGISTERED else OPENINGS[told.news],
        _workshop(told),
        _what_to_do(told),
        f"Un empêchement, une question ? Appelez la mairie {mairie}{phone}.",
        f"Votre adresse ne sert qu’à cet atelier et s’efface 90 jours après. Pour la voir ou l’effacer : la mairie {mairie}.",
    )
    return "\n\n".join(filter(None, parts))


def sms_of(told: Told) -> str:
    """Return the fullest text that is one part; the telephone is never what is left out."""
    call = f"Mairie : {told.phone}" if told.phone else "Appelez la mairie"
    workshop, hours = told.row.workshop, short_hours(told.row.workshop.hours)
    places = (f", {workshop.where}, {workshop.host}", f", {workshop.host}", "")
    for day in (day_words(workshop.date), short_day(workshop.date)):
        for place in places:
            if fits(text := f"{_short(told, f'{day} {hours}{place}')} {call}"):
                return to_gsm(text)
    return to_gsm(f"{_short(told, '')} {call}")[:MOST]


def _workshop(told: Told) -> str:
    workshop = told.row.workshop
    when = f"{weekday_date_words(workshop.date)}, {workshop.hours.words}"
    where = "" if told.news is News.CANCELLED else f"\n{workshop.where}, {workshop.host}"
    return f"« {workshop} »\n{when[0].upper()}{when[1:]}{where}"


def _what_to_do(told: Told) -> str:
    if told.news is News.CANCELLED:
        return ""
    if told.waits:
        return STILL_WAITING if told.news is News.CHANGED else ON_A_PLACE
    if told.row.brings_device:
        return f"À apporter : votre appareil, chargé, avec son chargeur.\n\n{NEVER}"
    return f"Rien à apporter : un ordinateur vous attend.\n\n{NEVER}" if told.row.workshop.kit_id else NEVER


def _short(told: Told, when: str) -> str:
    match told.news:
        case News.REGISTERED if told.waits:
            return f"Atelier numérique {when} : complet, vous êtes en liste d’attente."
        case News.REGISTERED:
            return f"Atelier numérique : inscription notée, {when}."
        case News.REMINDED:
            return f"Rappel : atelier numérique {when}."
        case News.PROMOTED:
            return f"Atelier numérique : une place est à vous {when}."
        case News.CHANGED:
            return f"Atelier numérique : changement, c’est {when}."
        case _:
            return f"Atelier numérique {when} : annulé."
