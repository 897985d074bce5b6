"""The coming dates of a commune in texts that are ready to copy: for a bulletin, an electronic panel, a social network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escale.core.calendar.french import day_month_words, weekday_date_words
from escale.core.calendar.halfdays import WEEKDAY_WORDS
from escale.core.calendar.hours import NARROW_SPACE, Hours, time_words
from escale.web.stops import Stop
from escale.web.takeaway.announcing import Announcement
from escale.web.takeaway.posters import QUESTION

DATES_TOLD = 3
"""What a short text tells; the page of the commune has them all."""
PANEL_LETTERS = 120
"""A panel shows fewer letters than this."""
LINE_LETTERS = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyText:
    """A text to copy: where it goes, its lines, and how many letters it has when they are counted."""

    key: str
    title: str
    text: str
    hint: str = ""

    @property
    def rows(self) -> int:
        """How many lines a wide field needs to show it whole, about."""
        return sum(1 + len(line) // LINE_LETTERS for line in self.text.split("\n"))


def ready_texts(told: Announcement) -> list[ReadyText]:
    """Return the texts of a commune; none without a date: nothing would be announced."""
    if told.next is None:
        return []
    panel = panel_text(told, told.next)
    return [
        ReadyText(key="bulletin", title="Pour le bulletin municipal", text=bulletin_text(told)),
        ReadyText(key="panneau", title="Pour le panneau lumineux", text=panel, hint=f"{len(panel)} signes, espaces comprises."),
        ReadyText(key="facebook", title="Pour Facebook", text=network_text(told)),
    ]


def bulletin_text(told: Announcement) -> str:
    """Return a paragraph and the next dates, each with its hours and its place when they differ."""
    at = told.commune.place_name.at
    lead = f"{QUESTION}\nUne médiatrice ou un médiateur numérique vous aide gratuitement {at}."
    return "\n".join([lead, *_dates(told.stops[:DATES_TOLD]), _parts(told), _bring(), f"Toutes les dates : {bare_address(told)}"])


def network_text(told: Announcement) -> str:
    """Return a few short lines that end with the address, as social networks make a card of it."""
    at = told.commune.place_name.at
    lead = f"{QUESTION}\nOn vous aide gratuitement {at}, sans rendez-vous ou sur rendez-vous."
    said = [lead, *_dates(told.stops[:DATES_TOLD])]
    if phone := _phone(told):
        said.append(f"Une question ? Appelez la mairie : {phone}.")
    return "\n".join([*said, told.address])


def panel_text(told: Announcement, stop: Stop) -> str:
    """Return the next date in fewer letters than a panel shows: the telephone, then the place are left out when too long."""
    day = f"{WEEKDAY_WORDS[stop.date.weekday()]} {day_month_words(stop.date)}"
    said = f"AIDE NUMÉRIQUE GRATUITE {day} {time_words(stop.hours.starts)}-{time_words(stop.hours.ends)}"
    place, phone = stop.place.name if stop.place else "", _phone(told)
    for more in (f", {place}" if place else "", f". Mairie : {phone}" if phone else ""):
        if len(said + more) < PANEL_LETTERS:
            said += more
    # Not every panel knows the spaces that hold French hours together.
    return said.replace(NARROW_SPACE, " ").replace("\u00a0", " ")


def bare_address(told: Announcement) -> str:
    """Return the address of the page of a commune as it is read aloud: « exemple.fr/communes/oisy »."""
    return told.address.partition("://")[2].rstrip("/")


def _dates(stops: Sequence[Stop]) -> Iterator[str]:
    alike = len({(stop.hours, where_words(stop)) for stop in stops}) == 1
    if alike:
        days = [weekday_date_words(stop.date) for stop in stops]
        listed = f"{', '.join(days[:-1])} et {days[-1]}" if len(days) > 1 else days[0]
        yield f"{'Prochaines dates' if len(days) > 1 else 'Prochaine date'} : {listed}, {_when(stops[0])}."
        return
    yield "Prochaines dates :"
    for stop in stops:
        yield f"– {weekday_date_words(stop.date)}, {_when(stop)}"


def _when(stop: Stop) -> str:
    return ", ".join(part for part in (_span(stop.hours), where_words(stop)) if part)


def where_words(stop: Stop) -> str:
    """Return « Mairie, Salle du conseil (12 rue de l’Église) »."""
    address = stop.place.address if stop.place else ""
    return f"{stop.place_words} ({address})" if stop.place_words and address else stop.place_words


def _parts(told: Announcement) -> str:
    stop, phone = told.stops[0], _phone(told)
    call = f"appelez la mairie au {phone}" if phone else "demandez à la mairie"
    if len({each.hours for each in told.stops[:DATES_TOLD]}) > 1:
        return f"Venez sans prévenir ; la dernière heure est sur rendez-vous : {call}."
    return f"{_span(stop.walk_in).capitalize()}, venez sans prévenir ; {_span(stop.by_appointment)}, sur rendez-vous : {call}."


def _bring() -> str:
    return "Apportez votre téléphone chargé, vos mots de passe et le courrier reçu."


def _span(hours: Hours) -> str:
    return f"de {time_words(hours.starts)} à {time_words(hours.ends)}"


def _phone(told: Announcement) -> str:
    return told.mairie.phone if told.mairie else ""
