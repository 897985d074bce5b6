"""The papers of a convention that count: what each one stands for, and which one stands for it now."""

from __future__ import annotations

from escale.apps.conventions.models import Convention, Paper, PaperKind


def corrected_draft(convention: Convention) -> Paper | None:
    """Return the file of the lawyer that stands for the text of the model; None when the model's own text does."""
    current = Paper.objects.with_files().current().filter(convention=convention, kind=PaperKind.CORRECTED_DRAFT.value)
    return current.order_by("-pk").first()
