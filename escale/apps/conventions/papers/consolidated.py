"""The text of a convention on a day, with what the avenants in force have changed, and from when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.avenants import changes_of, ready_text
from escale.apps.conventions.papers.conventions import filling_of, require_model_text
from escale.apps.conventions.papers.planning import annexed_planning
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.queries import avenants_in_force
from escale.apps.conventions.succession import party_name, successor_of
from escale.core.calendar.french import date_words
from escale.core.convention.annex import annex_of
from escale.core.convention.avenant_text import PLACEHOLDERS
from escale.core.convention.consolidated import Amendment, consolidate
from escale.core.convention.filling import MissingValuesError, fill, missing_from
from escale.core.documents.tree import Block, Bullets, Document, Role, Section, line, paragraph

NOT_NOTIFIED = "Date de notification : une convention qui n’a pas pris effet n’a pas de texte consolidé"


def consolidated_document(convention: Convention, on: dt.date) -> Document:
    """Return the text that holds on a day. Raise MissingValuesError with all that is missing, as before the effect."""
    require_model_text(convention)
    if convention.notified_on is None or on < convention.notified_on:
        raise MissingValuesError((NOT_NOTIFIED,))
    model, amendments, planning = model_of(convention), _amendments(convention, on), annexed_planning(convention, on)
    text = consolidate(model.convention.text, amendments)
    declared, values = {**PLACEHOLDERS, **model.placeholders}, filling_of(convention, on)
    if missing := missing_from(text, declared, values):
        raise MissingValuesError(missing)
    return fill(
        text,
        declared,
        values,
        issuer=model.issuer,
        date=on,
        status=f"texte consolidé au {date_words(on)}",
        annexes=(_sources(convention, amendments, on), *((annex_of(planning),) if planning else ())),
    )


def _amendments(convention: Convention, on: dt.date) -> list[Amendment]:
    found = []
    for avenant in avenants_in_force(convention, on):
        avenant.convention = convention
        ready = ready_text(avenant)
        found.append(
            Amendment(
                number=avenant.number,
                purpose=avenant.purpose,
                effect=avenant.effect_on or on,
                changes=changes_of(avenant, on),
                ready=ready.text if ready else None,
            )
        )
    return found


def _sources(convention: Convention, amendments: list[Amendment], on: dt.date) -> Section:
    """Return where each change comes from, and what counts in law: the originals."""
    return Section(id="sources", title="D’où vient ce texte", blocks=tuple(_source_blocks(convention, amendments, on)))


def _source_blocks(convention: Convention, amendments: list[Amendment], on: dt.date) -> Iterator[Block]:
    if convention.notified_on:
        yield paragraph(f"Convention notifiée le {date_words(convention.notified_on)}.")
    if successor_of(convention, on):
        yield paragraph(f"La commune partie à la convention est désormais {party_name(convention, on)}.")
    if amendments:
        lines = tuple(
            line(f"Avenant n° {one.number}, en vigueur depuis le {date_words(one.effect)} : {one.purpose}.") for one in amendments
        )
        yield Bullets(items=lines)
    else:
        yield paragraph("Aucun avenant n’est en vigueur à cette date.")
    yield paragraph("Ce texte aide à lire la convention ; seuls les originaux signés font foi.", role=Role.NOTE)
