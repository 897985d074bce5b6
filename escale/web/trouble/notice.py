"""The notice for the door: what a resident who comes all the same has to know, in large type."""

from __future__ import annotations

from collections.abc import Iterator

from escale.apps.territory.catalogue import COORDINATION_PHONE
from escale.apps.territory.models import Mairie
from escale.apps.territory.queries import value_of
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.hours import Hours, time_words
from escale.core.documents.tree import Block, Document, Role, paragraph, strong
from escale.web.stops import Stop


def notice_of(stop: Stop, following: Stop | None) -> Document:
    """Return the notice of a half-day that is not held, moved, or held elsewhere in the commune."""
    epci = stop.visit.epci
    return Document(
        title=_title(stop),
        issuer=f"{epci.service_name}, {epci} et {stop.commune}",
        date=stop.date,
        blocks=tuple(_blocks(stop, following)),
    )


def _title(stop: Stop) -> str:
    if stop.is_cancelled:
        return f"Pas d’aide numérique ce {weekday_date_words(stop.date)}"
    if stop.visit.was_moved:
        return f"L’aide numérique vient un autre jour : {weekday_date_words(stop.date)}"
    return f"L’aide numérique vous reçoit ici : {weekday_date_words(stop.date)}"


def _blocks(stop: Stop, following: Stop | None) -> Iterator[Block]:
    if stop.is_cancelled:
        yield paragraph(f"Le passage {_span(stop.hours)} n’a pas lieu. Nous vous prions de nous en excuser.", role=Role.LEAD)
        if following is not None:
            when = f"{weekday_date_words(following.date)}, {_span(following.hours)}"
            place = f", {following.place_words}" if following.place else ""
            yield paragraph("La prochaine fois : ", strong(when), place)
        else:
            yield paragraph("La prochaine date sera affichée ici dès qu’elle est connue.")
    else:
        address = f", {stop.place.address}" if stop.place and stop.place.address else ""
        place = f"{stop.place_words}{address}" if stop.place else "à la mairie"
        yield paragraph(place, role=Role.LEAD)
        yield paragraph(strong(f"{weekday_date_words(stop.date)}, {_span(stop.hours)}"))
        yield paragraph("Venez sans prévenir. Chacun son tour.")
    mairie = Mairie.objects.filter(commune=stop.commune).first()
    numbers = [(f"La mairie {stop.commune.place_name.de}", mairie.phone if mairie else "")]
    numbers.append(("Le service", value_of(stop.visit.epci, COORDINATION_PHONE)))
    for who, phone in numbers:
        if phone:
            yield paragraph(f"{who} : ", strong(phone))


def _span(hours: Hours) -> str:
    return f"de {time_words(hours.starts)} à {time_words(hours.ends)}"
