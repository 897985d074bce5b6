"""Freeze a text for the councils: what they vote on is made once, kept with its values and its bytes, and never made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from escale.apps.audit.actors import Actor
from escale.apps.conventions.actions.amending import freeze_avenant
from escale.apps.conventions.actions.drafting import DraftChangedError, edit_draft, freeze_for_deliberation
from escale.apps.conventions.actions.filing import file_paper
from escale.apps.conventions.actions.opening import lock, refused
from escale.apps.conventions.kept import corrected_draft
from escale.apps.conventions.models import Avenant, Convention, Paper, PaperKind, Party
from escale.apps.conventions.papers.avenants import avenant_document, avenant_filling
from escale.apps.conventions.papers.conventions import convention_document, filling_of
from escale.apps.conventions.papers.planning import held_day
from escale.apps.conventions.papers.texts import model_of, version_of
from escale.apps.conventions.papers.values import kept_values
from escale.apps.conventions.terms import differing
from escale.apps.documents.files import bytes_of
from escale.apps.documents.rendering import PDF_TYPE, Layout, to_pdf
from escale.core.convention.filling import MissingValuesError
from escale.core.convention.wording import NAMES, value_words
from escale.core.documents.plain import plain_text
from escale.core.documents.tree import Document


@transaction.atomic
def freeze(*, actor: Actor, convention: Convention, version: int, on: dt.date, proof: str = "") -> Convention:
    """Freeze a draft and keep its text as PDF; the file of the lawyer, when there is one, is the text.

    A draft without a usual day takes the place that the tour holds for its commune.
    """
    locked = lock(actor, "conventions.manage", convention)
    if version != locked.version:
        raise DraftChangedError(())
    if locked.annex is None and not locked.frozen_on and (held := held_day(locked, on)):
        locked = edit_draft(actor=actor, convention=locked, version=version, values=locked.values, annex=held)
    corrected = corrected_draft(locked)
    if corrected is not None:
        return _freeze_corrected(actor, locked, corrected, on, proof)
    _require_terms_of_its_text(locked)
    document = _made(lambda: convention_document(locked, on=on, as_voted=True))
    values = kept_values(filling_of(locked, on))
    frozen = freeze_for_deliberation(
        actor=actor, convention=locked, version=locked.version, text=plain_text(document), on=on, proof=proof
    )
    _keep_pdf(actor, frozen, PaperKind.TEXT, document, on, values=values, note=proof)
    return frozen


@transaction.atomic
def freeze_avenant_text(*, actor: Actor, avenant: Avenant, on: dt.date, proof: str = "") -> Avenant:
    """Freeze an avenant and keep its text as PDF."""
    locked = lock(actor, "conventions.manage", avenant.convention)
    avenant.convention = locked
    document = _made(lambda: avenant_document(avenant, on=on, as_voted=True))
    values = kept_values(avenant_filling(avenant, on=on).values)
    frozen = freeze_avenant(actor=actor, avenant=avenant, text=plain_text(document), on=on, proof=proof)
    _keep_pdf(actor, locked, PaperKind.AVENANT, document, on, avenant=frozen, values=values, note=proof)
    return frozen


def _freeze_corrected(actor: Actor, convention: Convention, corrected: Paper, on: dt.date, proof: str) -> Convention:
    """Take the file of the lawyer as the text: the councils vote on its very bytes, which its hash names."""
    file = corrected.file
    text = f"Texte corrigé par le juriste : fichier « {file.name} », empreinte SHA-256 {file.sha256}.\n"
    frozen = freeze_for_deliberation(
        actor=actor, convention=convention, version=convention.version, text=text, on=on, proof=proof
    )
    file_paper(
        actor=actor,
        convention=frozen,
        kind=PaperKind.TEXT,
        content=bytes_of(file),
        name=file.name,
        media_type=file.media_type,
        filed_for=Party.EPCI,
        filed_on=on,
        replaces=_text_before(frozen, PaperKind.TEXT, None),
        note=proof or "texte corrigé par le juriste",
    )
    return frozen


def _require_terms_of_its_text(convention: Convention) -> None:
    """Refuse a draft whose dates would not be computed from what its text says: its model has changed since it was begun."""
    kept, written = convention.base_terms, model_of(convention).terms
    told = [
        f"{NAMES[name]} ({value_words(name, getattr(kept, name))} ; le texte dit {value_words(name, getattr(written, name))})"
        for name in differing(kept, written)
    ]
    if told:
        words = (
            f"Ce brouillon ne retient pas ce que dit son texte : {', '.join(told)}. Abandonner ce brouillon et en commencer un "
            "autre, ou déposer le texte corrigé par le juriste."
        )
        raise refused("text", "E_TERMS_DIFFER", words)


def _text_before(convention: Convention, kind: PaperKind, avenant: Avenant | None) -> Paper | None:
    """Return the text that was frozen before and taken back."""
    texts = Paper.objects.filter(convention=convention, kind=kind.value, avenant=avenant, replaced_by__isnull=True)
    return texts.order_by("-pk").first()


def _made(make: Callable[[], Document]) -> Document:
    """Return a document; say all that it lacks beside its text."""
    try:
        return make()
    except MissingValuesError as error:
        raise refused("text", "E_TEXT_INCOMPLETE", f"Il manque : {', '.join(error.missing)}.") from error


def _keep_pdf(
    actor: Actor,
    convention: Convention,
    kind: PaperKind,
    document: Document,
    on: dt.date,
    *,
    values: Mapping[str, Any],
    note: str,
    avenant: Avenant | None = None,
) -> None:
    what = f"avenant-{avenant.number}" if avenant else "convention"
    file_paper(
        actor=actor,
        convention=convention,
        kind=kind,
        content=to_pdf(document, Layout.CONVENTION),
        name=f"{what}-{slugify(str(convention.commune))}-{on.isoformat()}.pdf",
        media_type=PDF_TYPE,
        filed_for=Party.EPCI,
        filed_on=on,
        avenant=avenant,
        replaces=_text_before(convention, kind, avenant),
        values=values,
        model_version=version_of(convention.model),
        is_made_here=True,
        note=note,
    )
