"""Documents of many conventions in one go: which ones are asked for, and how a worker makes them into one archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial

from django.core.exceptions import ValidationError

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions.kept import standing_texts
from escale.apps.conventions.models import Convention, Paper
from escale.apps.conventions.producing import (
    CONSOLIDATED,
    CONVENTION,
    MEDIA_TYPES,
    REFUSALS,
    RENDERED,
    Form,
    document_of,
    file_name,
)
from escale.apps.conventions.queries import recorded, states_of
from escale.apps.documents.archives import Piece, Unmade
from escale.apps.documents.batches import request_batch
from escale.apps.documents.files import bytes_of
from escale.apps.documents.making import make_batch
from escale.apps.documents.models import Batch
from escale.apps.territory.clock import today
from escale.apps.territory.models import Epci
from escale.core.calendar.french import date_words
from escale.core.convention.life import RUNNING, State
from escale.core.documents.tree import Document

KIND = "conventions"
"""What tells these batches from those that other domains may ask for."""
PREPARED = (State.DRAFT, State.IN_DELIBERATION, State.TO_SIGN, State.SIGNED)
AT_ONCE = 50
"""Conventions that are read together."""


class Group(StrEnum):
    """Which conventions a batch is about."""

    ALL = "all"
    PREPARED = "prepared"
    RUNNING = "running"


GROUP_STATES = {Group.ALL: (*PREPARED, *RUNNING), Group.PREPARED: PREPARED, Group.RUNNING: RUNNING}
DOCUMENT_LABELS = {CONVENTION: "Conventions avec leur planning annexé", CONSOLIDATED: "Textes consolidés, avenants compris"}
GROUP_LABELS = {
    Group.ALL: "Toutes celles qui sont en préparation ou en vigueur",
    Group.PREPARED: "En préparation, du brouillon à la signature",
    Group.RUNNING: "En vigueur ou en préavis",
}


def request_documents(*, actor: Actor, epci: Epci, document: str, forms: Sequence[Form], group: Group) -> Batch:
    """Ask for a document of many conventions. Raise ValidationError when there is none, or another batch is under way."""
    require(actor, "documents.batch", epci)
    on = today(epci)
    states = set(GROUP_STATES[group]) & set(RUNNING if document == CONSOLIDATED else GROUP_STATES[Group.ALL])
    if not states:
        words = "Un texte consolidé existe une fois la convention notifiée ; choisir celles qui sont en vigueur."
        raise ValidationError({"group": [ValidationError(words, code="E_NO_CONVENTION")]})
    situations = states_of(Convention.objects.filter(epci=epci), on)
    keys = sorted(key for key, situation in situations.items() if situation.state in states)
    if not keys:
        words = "Aucune convention n’est dans ce cas aujourd’hui ; en choisir d’autres."
        raise ValidationError({"group": [ValidationError(words, code="E_NO_CONVENTION")]})
    wanted = {"document": document, "forms": [form.value for form in forms], "conventions": keys, "on": on.isoformat()}
    label = f"{DOCUMENT_LABELS[document]}, {', '.join(form.upper() for form in forms)}, {date_words(on)}"
    return request_batch(actor=actor, epci=epci, kind=KIND, label=label, wanted=wanted, total=len(keys) * len(forms))


def make_documents(key: int) -> None:
    """Make the documents of a batch, telling how far it is, and keep their archive."""
    make_batch(key, _pieces, refusals=REFUSALS)


def _pieces(batch: Batch) -> Iterator[Piece | Unmade]:
    """Yield the documents of a batch: what is in the database is read here, the rest is left to other hands."""
    document, on = str(batch.wanted["document"]), dt.date.fromisoformat(batch.wanted["on"])
    forms = [Form(value) for value in batch.wanted["forms"]]
    taken: set[str] = set()
    for keys in _some_at_a_time(batch.wanted["conventions"]):
        rows = list(recorded(Convention.objects.filter(epci=batch.epci, pk__in=keys)))
        texts = standing_texts(rows) if document == CONVENTION else {}
        for convention in rows:
            yield from _pieces_of(convention, document, forms, on, texts.get(convention.pk), taken)


def _pieces_of(
    convention: Convention, document: str, forms: Sequence[Form], on: dt.date, text: Paper | None, taken: set[str]
) -> Iterator[Piece | Unmade]:
    """Yield a document of a convention in each format; `text` is the file that is its text, which is never laid out again."""
    # A commune may have two conventions at a time: one that runs, and the next one.
    stem = document if file_name(convention, document, forms[0]) not in taken else f"{document}-{convention.pk}"
    taken.add(file_name(convention, document, forms[0]))
    made: Document | str | None = None
    for form in forms:
        name = file_name(convention, stem, form)
        if text is not None and text.file.media_type == MEDIA_TYPES[form]:
            yield Piece(name=name, make=partial(bytes, bytes_of(text.file)))
            continue
        made = made or _made(convention, document, on, text)
        if isinstance(made, str):
            yield Unmade(name=name, why=made)
        else:
            yield Piece(name=name, make=partial(RENDERED[form], made))


def _made(convention: Convention, document: str, on: dt.date, text: Paper | None) -> Document | str:
    """Return a document, or why it cannot be made: a file of the lawyer is its text, or something is missing."""
    if text is not None and not text.is_made_here:
        return f"le texte est le fichier « {text.file.name} », gardé dans son seul format"
    try:
        return document_of(convention, document, on)
    except REFUSALS as error:
        return str(error)


def _some_at_a_time(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield keys, some at a time."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
