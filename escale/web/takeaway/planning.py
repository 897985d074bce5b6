"""The planning of a commune as a document: the commitment first, the dates below it, the place, whom to call (art. 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from escale.apps.territory.catalogue import COORDINATION_EMAIL, COORDINATION_PHONE
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.core.calendar.french import date_words, month_words
from escale.core.calendar.halfdays import HALF_WORDS, WEEKDAY_WORDS, Half
from escale.core.calendar.hours import Hours, time_words
from escale.core.documents.tree import (
    Block,
    Document,
    Group,
    Mark,
    Paragraph,
    Piece,
    Role,
    Row,
    Section,
    Table,
    line,
    paragraph,
    strong,
)
from escale.core.planning.agreed import ORDINALS
from escale.web.steering.tour.year import Pattern
from escale.web.stops import Stop
from escale.web.takeaway.dates import CommuneDates, DateLine, Dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """How the coordination is reached, and whether the mediator may be named to the reader."""

    phone: str
    email: str
    names_mediator: bool


def contacts_of(epci: Epci, *, names_mediator: bool) -> Contacts:
    """Read how the coordination of an EPCI is reached."""
    return Contacts(
        phone=value_of(epci, COORDINATION_PHONE), email=value_of(epci, COORDINATION_EMAIL), names_mediator=names_mediator
    )


def planning_of(dates: Dates, found: CommuneDates, contacts: Contacts) -> Document:
    """Return the planning of one commune."""
    commune, epci = found.commune, dates.epci
    return Document(
        title=f"{epci.service_name} {commune.place_name.at} : les dates {dates.de_period}",
        issuer=f"{epci.service_name}, {epci} et {commune}",
        subtitle="Planning d’intervention annexé à la convention (article 4)",
        status=dates.status,
        date=dates.date,
        blocks=(
            *_commitment(found),
            Section(id="dates", title="Les dates", blocks=tuple(_dates(found))),
            Section(id="lieu", title="Où", blocks=tuple(_places(found.lines))),
            Section(id="contact", title="Qui appeler", blocks=tuple(_people(commune, found.lines, contacts))),
            _article(),
        ),
    )


def commitment_words(usual: Pattern, hours: Hours | None) -> str:
    """Return « Le deuxième mardi du mois, le matin, de 9 h à 12 h »; without hours when no date has that half of the day."""
    nth, weekday, half = usual
    when = "le matin" if Half(half) is Half.AM else "l’après-midi"
    return f"Le {ORDINALS[nth]} {WEEKDAY_WORDS[weekday]} du mois, {when}" + (f", de {_span(hours)}" if hours else "")


def _commitment(found: CommuneDates) -> Iterable[Block]:
    if found.usual is None:
        yield paragraph("Pas encore de jour habituel.", role=Role.LEAD)
        return
    usual = [line.stop for line in found.lines if line.is_usual]
    same_half = [line.stop for line in found.lines if line.stop.visit.half == found.usual[2]]
    stop = next(iter(usual + same_half), None)
    yield paragraph(commitment_words(found.usual, stop.hours if stop else None), role=Role.LEAD)
    since = f"Ce jour vaut à partir du {date_words(found.since)}. " if found.since else ""
    parts = f" : sans rendez-vous de {_span(stop.walk_in)}, sur rendez-vous de {_span(stop.by_appointment)}" if stop else ""
    yield paragraph(f"{since}Une demi-journée par mois{parts}.")


def _span(hours: Hours) -> str:
    return f"{time_words(hours.starts)} à {time_words(hours.ends)}"


def _dates(found: CommuneDates) -> Iterable[Block]:
    rows = tuple(_row(line) for line in found.lines)
    yield Table(caption="Les dates", columns=("Date", "Horaire", "Remarque"), groups=(Group(rows=rows),))
    if found.missing:
        months = ", ".join(month_words(month) for month in found.missing)
        yield paragraph(f"Sans date pour l’instant : {months}.", role=Role.NOTE)


def _row(found: DateLine) -> Row:
    stop = found.stop
    mark = Mark.CANCELLED if stop.is_cancelled else Mark.MOVED if found.word else Mark.NONE
    day = Piece(value=stop.date, mark=Mark.CANCELLED if stop.is_cancelled else Mark.NONE)
    remark = line(Piece(value=found.word, mark=Mark.MOVED), f" {found.because}") if found.word else ()
    return Row(cells=(line(day), line(stop.hours), remark), mark=mark)


def _places(lines: Iterable[DateLine]) -> Iterable[Paragraph]:
    """Name each place with its address, the most frequent one first, and the dates of the others."""
    stops = [line.stop for line in lines if not line.stop.is_cancelled]
    counts = Counter(stop.place_words for stop in stops)
    if not any(counts):
        yield paragraph("Le lieu n’est pas encore indiqué : un bureau à l’abri des regards, chauffé.")
        return
    for number, (words, _) in enumerate(counts.most_common()):
        there = [stop for stop in stops if stop.place_words == words]
        place = there[0].place
        when = "" if number == 0 else f" ({', '.join(_short(stop) for stop in there)})"
        if place is None:
            yield paragraph(f"Lieu à préciser{when}")
            continue
        yield paragraph(strong(words), when, f", {place.address}" if place.address else "")


def _short(stop: Stop) -> str:
    return f"{date_words(stop.date)}, {HALF_WORDS[Half(stop.visit.half)]}"


def _people(commune: Commune, lines: Iterable[DateLine], contacts: Contacts) -> Iterable[Paragraph]:
    people = Counter(line.stop.mediator for line in lines if line.stop.mediator and not line.stop.is_cancelled)
    told = False
    if contacts.names_mediator and people:
        [(mediator, _)] = people.most_common(1)
        phone = f" : {mediator.phone}" if mediator.phone else ""
        yield paragraph(strong(mediator.first_name), f", qui vient {commune.place_name.at}{phone}")
        told = True
    if reached := [way for way in (contacts.phone, contacts.email) if way]:
        yield paragraph("La coordination : ", strong(" ou ".join(reached)))
        told = True
    if not told:
        yield paragraph(f"La mairie {commune.place_name.de}.")


def _article() -> Section:
    said = (
        "Le service propose à chaque commune une demi-journée de trois heures par mois : deux heures d’accueil sans rendez-vous "
        "et une heure de rendez-vous individuels. Une date isolée peut être déplacée ; le jour habituel change par avenant."
    )
    return Section(id="article-4", title="Ce que dit l’article 4", blocks=(paragraph(said, role=Role.NOTE),))
