"""What can be made of a convention now, each document by its name: what it still lacks, and its file in a format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.text import slugify

from escale.apps.conventions.kept import frozen_text
from escale.apps.conventions.models import Avenant, Convention, Paper, Party
from escale.apps.conventions.papers.avenants import avenant_document
from escale.apps.conventions.papers.consolidated import consolidated_document
from escale.apps.conventions.papers.conventions import convention_document
from escale.apps.conventions.papers.letters import slip_document
from escale.apps.documents.office import DOCX_TYPE, ODT_TYPE, to_docx, to_odt
from escale.apps.documents.rendering import PDF_TYPE, Layout, RenderingError, to_pdf
from escale.core.calendar.french import date_words
from escale.core.convention.faults import ModelError
from escale.core.convention.filling import MissingValuesError
from escale.core.convention.refusals import RefusedError
from escale.core.documents.tree import Document

CONVENTION, CONSOLIDATED, AVENANT, SLIP = "convention", "consolide", "avenant", "bordereau"
"""Names of documents; that of an avenant bears its number: « avenant-2 »."""

COPY = "copie de travail"
"""What tells a copy from the text that was frozen."""

REFUSALS = (MissingValuesError, ModelError, RefusedError, RenderingError)
"""What keeps a document from being made, in words for people."""


class Form(StrEnum):
    """A format in which a document is made."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"


FORM_WORDS = {Form.PDF: "PDF", Form.DOCX: "Word (DOCX)", Form.ODT: "LibreOffice (ODT)"}
MEDIA_TYPES = {Form.PDF: PDF_TYPE, Form.DOCX: DOCX_TYPE, Form.ODT: ODT_TYPE}
RENDERED: dict[Form, Callable[[Document], bytes]] = {
    Form.PDF: lambda document: to_pdf(document, Layout.CONVENTION),
    Form.DOCX: to_docx,
    Form.ODT: to_odt,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Producible:
    """A document of a convention: its name, what it is, all that it still lacks, and what to know of it."""

    name: str
    label: str
    missing: tuple[str, ...]
    note: str


class UnknownDocumentError(LookupError):
    """A name that is no document of this convention."""


def producible_of(convention: Convention, on: dt.date) -> tuple[Producible, ...]:
    """Return the documents of a convention on a day, those that lack something with all that they lack."""
    return tuple(_producible(convention, name, on) for name in _names(convention))


def document_of(convention: Convention, name: str, on: dt.date) -> Document:
    """Return a document by its name. Raise UnknownDocumentError, or one of the refusals with what is missing."""
    if name not in set(_names(convention)):
        raise UnknownDocumentError(name)
    if name == CONVENTION:
        return convention_document(convention, on=on, status=COPY if convention.frozen_on else "")
    if name == CONSOLIDATED:
        return consolidated_document(convention, on)
    if name == SLIP:
        return slip_document(convention, on=on)
    avenant = _avenant(convention, name)
    document = avenant_document(avenant, on=on)
    return replace(document, status=COPY) if avenant.frozen_on and not document.status else document


def frozen_file(convention: Convention, name: str, form: Form) -> Paper | None:
    """Return the paper that a document is already, in a format: what is frozen is never made again."""
    if name == CONVENTION:
        paper = frozen_text(convention)
    elif name.startswith(f"{AVENANT}-") and name in set(_names(convention)):
        paper = frozen_text(convention, _avenant(convention, name))
    else:
        paper = None
    return paper if paper is not None and paper.file.media_type == MEDIA_TYPES[form] else None


def file_name(convention: Convention, name: str, form: Form) -> str:
    """Return « convention-oisy-59446.pdf »."""
    return f"{name}-{slugify(str(convention.commune))}-{convention.commune.code}.{form}"


def _names(convention: Convention) -> Iterator[str]:
    yield CONVENTION
    if convention.notified_on:
        yield CONSOLIDATED
    elif len({one.party for one in convention.signatures.all() if one.avenant_id is None}) == len(Party):
        yield SLIP
    for avenant in convention.avenants.all():
        if not avenant.abandoned_on:
            yield f"{AVENANT}-{avenant.number}"


def _producible(convention: Convention, name: str, on: dt.date) -> Producible:
    missing: tuple[str, ...] = ()
    try:
        document_of(convention, name, on)
    except MissingValuesError as error:
        missing = error.missing
    except (ModelError, RefusedError) as error:
        missing = (str(error),)
    return Producible(name=name, label=_label(convention, name, on), missing=missing, note=_note(convention, name))


def _label(convention: Convention, name: str, on: dt.date) -> str:
    if name == CONVENTION:
        return "Convention avec son planning annexé"
    if name == CONSOLIDATED:
        return f"Texte consolidé au {date_words(on)}"
    if name == SLIP:
        return "Bordereau de notification"
    avenant = _avenant(convention, name)
    return f"Avenant n°\u00a0{avenant.number} : {avenant.purpose}"


def _note(convention: Convention, name: str) -> str:
    if name == CONSOLIDATED:
        return "Pour lire d’un seul tenant la convention et ses avenants ; les textes signés font foi."
    if name == SLIP:
        return "La lettre qui accompagne l’exemplaire signé remis à la commune."
    frozen = (_avenant(convention, name) if name != CONVENTION else convention).frozen_on
    return f"Le PDF est le texte figé le {date_words(frozen)} ; les autres en sont des copies de travail." if frozen else ""


def _avenant(convention: Convention, name: str) -> Avenant:
    number = int(name.rpartition("-")[2])
    return next(avenant for avenant in convention.avenants.all() if avenant.number == number)
