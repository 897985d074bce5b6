"""The papers of a convention that count: what each one stands for, and which one stands for it now."""

from __future__ import annotations

from collections.abc import Iterable

from escale.apps.conventions.models import Convention, Paper, PaperKind
from escale.apps.documents.rendering import PDF_TYPE


def corrected_draft(convention: Convention) -> Paper | None:
    """Return the file of the lawyer that stands for the text of the model; None when the model's own text does."""
    current = Paper.objects.with_files().current().filter(convention=convention, kind=PaperKind.CORRECTED_DRAFT.value)
    return current.order_by("-pk").first()


def frozen_texts(conventions: Iterable[Convention]) -> dict[int, Paper]:
    """Return the PDF that was kept of each text that is frozen, by the key of its convention."""
    kept = (
        Paper.objects.with_files()
        .current()
        .filter(
            convention__in=conventions,
            convention__frozen_on__isnull=False,
            kind=PaperKind.TEXT.value,
            avenant__isnull=True,
            file__media_type=PDF_TYPE,
        )
    )
    return {paper.convention_id: paper for paper in kept.order_by("pk")}
