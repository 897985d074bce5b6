"""What leaves on paper from a workshop: the sheet to sign, the certificate of who came, the slip of who registers."""

from __future__ import annotations

import datetime as dt

from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.workshops.models import Registration, Workshop
from escale.apps.workshops.queries import WorkshopLine
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.documents.tree import (
    Block,
    Bullets,
    Document,
    Group,
    Role,
    Row,
    Section,
    Signature,
    Table,
    line,
    paragraph,
    strong,
)
from escale.core.workshops.states import RegistrationState
from escale.web.desk.papers import mairie_phone, notice_of
from escale.web.workshops.reading import SeatLine, ShownWorkshop, level_words, theme_words

SIGNED_COLUMNS = ("N°", "Nom", "Commune", "Signature")
ON_FIRST_NAMES = (
    "Prénom et initiale seulement : cette feuille reste dans la salle pendant l’atelier. Elle n’est ni photographiée ni "
    "numérisée ; elle est détruite une fois les présences comptées."
)
ON_NAMES = "Cette feuille ne reste pas dans la salle. Elle est détruite une fois les présences comptées."


def sheet_of(found: ShownWorkshop) -> Document:
    """Return the sheet to sign: whoever registered, in the order of the places, and blank lines for the others."""
    workshop = found.workshop
    rows = tuple(_signed_row(workshop, seat) for seat in found.seats)
    return Document(
        title=workshop.title,
        issuer=workshop.epci.service_name,
        subtitle=_when_and_where(workshop),
        date=clock.today(workshop.epci),
        blocks=(
            paragraph(f"Animé par {found.line.leader_words}." if found.line.leaders else "Feuille de présence."),
            Table(caption="Feuille de présence", columns=SIGNED_COLUMNS, groups=(Group(rows=rows),)),
            paragraph(ON_NAMES if workshop.is_for_agents else ON_FIRST_NAMES, role=Role.NOTE),
        ),
    )


def certificate_of(row: Registration, found: WorkshopLine) -> Document:
    """Return the certificate of someone who came; nothing of it is kept. Its title and its file name nobody."""
    workshop = found.workshop
    led = f", animé par {' et '.join(str(one.mediator or one.post) for one in found.leaders)}" if found.leaders else ""
    return Document(
        title="Attestation de participation",
        issuer=workshop.epci.service_name,
        date=clock.today(workshop.epci),
        blocks=(
            paragraph(f"{workshop.epci} atteste que"),
            paragraph(strong(row.person), role=Role.LEAD),
            paragraph(
                f"a participé à l’atelier « {workshop.title} », le {weekday_date_words(workshop.date)}, "
                f"{workshop.hours.words} ({length_words(workshop.hours.minutes)}), {_place_of(workshop)}{led}."
            ),
            paragraph(f"Niveau : {level_words(workshop).lower()}. Thèmes : {theme_words(workshop)}."),
            paragraph("L’atelier est gratuit."),
            Signature(lines=(line(f"Fait le {date_words(clock.today(workshop.epci))}"), line(f"Pour {workshop.epci}"))),
        ),
    )


def slip_of(row: Registration, found: WorkshopLine) -> Document:
    """Return the slip of someone, in large type. Its title, its file and its properties name nobody."""
    workshop = found.workshop
    waits = row.state == RegistrationState.WAITING
    return Document(
        title="Vous êtes sur la liste d’attente" if waits else "Votre atelier",
        issuer=workshop.epci.service_name,
        date=clock.today(workshop.epci),
        blocks=(
            paragraph(workshop.title),
            paragraph(strong(row.person or "Nom : ........................................")),
            paragraph(f"{weekday_date_words(workshop.date)}, {workshop.hours.words}", role=Role.LEAD),
            paragraph(_place_of(workshop)),
            *_to_bring(row, waits=waits),
            Section(id="appeler", title="Un empêchement ? Une question ?", blocks=(_whom_to_call(row.commune, workshop),)),
            paragraph(notice_of(workshop.epci, "cet atelier"), role=Role.NOTE),
        ),
    )


def length_words(minutes: int) -> str:
    """Return « 2 heures », « 1 h 30 », « 45 minutes »."""
    hours, left = divmod(minutes, 60)
    if not hours:
        return f"{left} minutes"
    if left:
        return f"{hours} h {left:02d}"
    return f"{hours} heure{'s' if hours > 1 else ''}"


def paper_name(workshop: Workshop, kind: str) -> str:
    """Return the name of a file, that says nobody's name."""
    day: dt.date = workshop.date
    return f"{kind}-atelier-{day.isoformat()}"


def _signed_row(workshop: Workshop, seat: SeatLine) -> Row:
    """Return the line of a place; who may not be named here writes their name by hand."""
    person = seat.person
    if person is None or not person.name:
        return Row(cells=(line(seat.number), line(""), line(""), line("")))
    return Row(cells=(line(seat.number), line(_signed_name(workshop, person.row)), line(str(person.row.residence)), line("")))


def _signed_name(workshop: Workshop, row: Registration) -> str:
    if workshop.is_for_agents or not row.first_name:
        return row.person
    return f"{row.first_name} {row.name[:1].upper()}."


def _when_and_where(workshop: Workshop) -> str:
    return f"{weekday_date_words(workshop.date)}, {workshop.hours.words} · {workshop.where}, {workshop.host}"


def _place_of(workshop: Workshop) -> str:
    """Return « Mairie, Salle du conseil, 3 rue de l’Exemple, Oisy »."""
    address = workshop.premises.address if workshop.premises else ""
    return ", ".join(part for part in (workshop.where, address, str(workshop.host)) if part)


def _to_bring(row: Registration, *, waits: bool) -> tuple[Block, ...]:
    if waits:
        return (paragraph("L’atelier est complet. Si quelqu’un se retire, on vous prévient ; ne venez pas sans cela."),)
    device = "Votre appareil, chargé, avec son chargeur" if row.brings_device else "Rien : un ordinateur vous attend"
    return (Section(id="apporter", title="À apporter", blocks=(Bullets(items=(line(device),)),)),)


def _whom_to_call(commune: Commune, workshop: Workshop) -> Block:
    phone, hours = mairie_phone(commune, workshop.epci)
    if not phone:
        return paragraph(f"Dites-le à la mairie {commune.place_name.de}.")
    when = f" ({hours})" if hours else ""
    return paragraph(f"Appelez la mairie {commune.place_name.de} : ", strong(phone), when)
