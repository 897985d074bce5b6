"""What is known of a person, as files to give them: JSON for a machine, PDF for a person (RGPD, art. 15 and 20)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.http import HttpResponse

from escale.apps.booking.models import RightsRequest
from escale.apps.booking.rights.sources import KnownRow
from escale.apps.documents.rendering import PDF_TYPE, Layout, to_pdf
from escale.apps.territory import clock
from escale.apps.territory.catalogue import DATA_CONTACT, DATA_OFFICER
from escale.apps.territory.queries import value_of
from escale.core.booking.retention import CONTACT_DAYS, PERSON_MONTHS
from escale.core.documents.tree import Block, Bullets, Document, Role, Section, line, paragraph, strong
from escale.web.attachments import attached

JSON_TYPE = "application/json"


def json_copy(request: RightsRequest, rows: Sequence[KnownRow]) -> HttpResponse:
    """Return what is known, for a machine; the name of the file tells the number of the request and nothing else."""
    told = {
        "demande": request.number,
        "service": request.epci.service_name,
        "date": clock.today(request.epci).isoformat(),
        "donnees": [{"titre": row.title, **dict(row.facts), "messages": list(row.messages)} for row in rows],
    }
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return attached(content, name=f"donnees-demande-{request.number}.json", media_type=JSON_TYPE)


def pdf_copy(request: RightsRequest, rows: Sequence[KnownRow]) -> HttpResponse:
    """Return what is known, for a person."""
    content = to_pdf(copy_of(request, rows), Layout.CONVENTION)
    return attached(content, name=f"donnees-demande-{request.number}.pdf", media_type=PDF_TYPE)


def copy_of(request: RightsRequest, rows: Sequence[KnownRow]) -> Document:
    """Return the document: each row with its facts, then how long they are kept and whom to write to."""
    epci = request.epci
    return Document(
        title="Ce que le service a noté sur vous",
        issuer=epci.service_name,
        subtitle=f"Réponse à votre demande n° {request.number}",
        date=clock.today(epci),
        blocks=(*(_section(number, row) for number, row in enumerate(rows, start=1)), _kept(request)),
    )


def _section(number: int, row: KnownRow) -> Section:
    facts = tuple(line(strong(f"{name} : "), value) for name, value in row.facts)
    blocks: list[Block] = [Bullets(items=facts)]
    if row.messages:
        blocks += [paragraph("Messages"), Bullets(items=tuple(line(words) for words in row.messages))]
    return Section(id=f"ligne-{number}", title=row.title, blocks=tuple(blocks))


def _kept(request: RightsRequest) -> Section:
    whom = value_of(request.epci, DATA_OFFICER) or value_of(request.epci, DATA_CONTACT) or request.epci.service_name
    return Section(
        id="duree",
        title="Combien de temps, et vos droits",
        blocks=(
            paragraph(
                f"Votre téléphone ou votre adresse s’effacent {CONTACT_DAYS} jours après le rendez-vous, votre nom après "
                f"{PERSON_MONTHS} mois. Il ne reste alors que des nombres."
            ),
            paragraph(f"Vous pouvez faire corriger ou effacer ces données : {whom}."),
            paragraph("Si la réponse ne vous convient pas, vous pouvez vous plaindre à la CNIL (cnil.fr).", role=Role.NOTE),
        ),
    )
