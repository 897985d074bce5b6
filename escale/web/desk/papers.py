"""What leaves on paper: the slip of a person in large type, and the day sheet of a visit, which names nobody in full."""

from __future__ import annotations

from dataclasses import dataclass

from escale.apps.booking.agenda import agenda_of
from escale.apps.booking.queries import AppointmentLine
from escale.apps.territory import clock
from escale.apps.territory.catalogue import COORDINATION_PHONE, DATA_CONTACT, OFFICE_ADDRESS
from escale.apps.territory.models import Commune, Epci, Mairie
from escale.apps.territory.queries import value_of
from escale.core.booking.retention import CONTACT_DAYS, PERSON_MONTHS
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.hours import time_words
from escale.core.documents.tree import (
    Block,
    Bullets,
    Document,
    Group,
    Paragraph,
    Role,
    Row,
    Section,
    Table,
    line,
    paragraph,
    strong,
)
from escale.web.desk.reading import DeskVisit, SlotRow, need_words
from escale.web.stops import with_rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person goes; `name` is empty while nobody knows."""

    name: str
    address: str
    commune: Commune | None


def place_of(found: AppointmentLine) -> Place:
    """Return where an appointment is: in the place of its visit, or at the office."""
    visit = found.appointment.visit
    if visit is None:
        return Place(name="Le bureau de l’aide numérique", address=value_of(found.appointment.epci, OFFICE_ADDRESS), commune=None)
    (stop,) = with_rooms([agenda_of(visit).line])
    return Place(name=stop.place_words, address=stop.place.address if stop.place else "", commune=stop.commune)


def slip_of(found: AppointmentLine) -> Document:
    """Return the slip of an appointment. Its title, its file and its properties name nobody."""
    row, place = found.appointment, place_of(found)
    hours = time_words(found.hours.starts) if found.hours else "heure à confirmer"
    return Document(
        title="Votre rendez-vous",
        issuer=row.epci.service_name,
        date=clock.today(row.epci),
        blocks=(
            paragraph(strong(found.person or "Nom : ........................................")),
            paragraph(f"{weekday_date_words(found.date)}, {hours}", role=Role.LEAD),
            *_where(place),
            Section(id="apporter", title="À apporter", blocks=(Bullets(items=tuple(line(one) for one in found.bring)),)),
            Section(id="appeler", title="Un empêchement ? Une question ?", blocks=(_whom_to_call(row.asking, row.epci),)),
            paragraph(notice_of(row.epci), role=Role.NOTE),
        ),
    )


def sheet_of(found: DeskVisit, epci: Epci) -> Document:
    """Return the day sheet of a visit as it may lie in a hall: hours, initials, motives and needs."""
    stop = found.stop
    rows = tuple(
        Row(
            cells=(
                line(row.hours),
                line(_who(row)),
                line(row.line.motive if row.line else ""),
                line(", ".join(need_words(row.line.needs)) if row.line else ""),
            )
        )
        for row in found.rows
    )
    return Document(
        title=f"{stop.commune} : {weekday_date_words(stop.date)}",
        issuer=epci.service_name,
        subtitle=f"{stop.hours.words} · {stop.place_words}" if stop.place else stop.hours.words,
        date=clock.today(epci),
        blocks=(
            paragraph(f"Sans rendez-vous : {stop.walk_in.words}. Sur rendez-vous : {stop.by_appointment.words}."),
            Table(caption="Les rendez-vous", columns=("Heure", "Qui", "Motif", "Besoins"), groups=(Group(rows=rows),)),
            paragraph("Les initiales seulement : cette feuille peut rester dans une salle.", role=Role.NOTE),
        ),
    )


def initials_of(first_name: str, name: str) -> str:
    """Return « J. E. » for Jean Exemple, « T. » for an alias."""
    return " ".join(f"{word[0].upper()}." for word in (first_name.strip(), name.strip()) if word)


def notice_of(epci: Epci, use: str = "ce rendez-vous") -> str:
    """Return what the person reads of their data (RGPD, art. 13), in one sentence."""
    told = (
        f"Ce que vous avez dit sert à {use} seulement : le moyen de vous joindre est effacé {CONTACT_DAYS} jours après, "
        f"votre nom {PERSON_MONTHS} mois après"
    )
    contact = value_of(epci, DATA_CONTACT)
    return (
        f"{told} ; pour le lire ou l’effacer avant : {contact}."
        if contact
        else f"{told} ; vous pouvez demander à le lire ou à l’effacer."
    )


def mairie_phone(commune: Commune, epci: Epci) -> tuple[str, str]:
    """Return whom to call and when someone answers: the mairie, else the coordination."""
    known = Mairie.objects.filter(commune=commune).exclude(phone="").first()
    if known is not None:
        return known.phone, known.phone_hours
    return value_of(epci, COORDINATION_PHONE), ""


def _where(place: Place) -> tuple[Block, ...]:
    if not place.name:
        where = f" {place.commune.place_name.at}" if place.commune else ""
        return (paragraph(f"Le lieu vous sera dit{where}."),)
    where = ", ".join(part for part in (place.name, place.address, str(place.commune or "")) if part)
    return (paragraph(where),)


def _whom_to_call(commune: Commune, epci: Epci) -> Paragraph:
    phone, hours = mairie_phone(commune, epci)
    if not phone:
        return paragraph(f"Dites-le à la mairie {commune.place_name.de}.")
    when = f" ({hours})" if hours else ""
    return paragraph(f"Appelez la mairie {commune.place_name.de} : ", strong(phone), when)


def _who(row: SlotRow) -> str:
    if row.line is None:
        return "une personne" if row.is_taken else "libre"
    return initials_of(row.line.appointment.first_name, row.line.appointment.name)
