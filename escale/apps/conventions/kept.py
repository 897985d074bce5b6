"""The papers of a convention that count: what each one stands for, and which one stands for it now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from escale.apps.conventions.models import Avenant, Convention, Paper, PaperKind


def corrected_draft(convention: Convention) -> Paper | None:
    """Return the file of the lawyer that stands for the text of the model; None when the model's own text does."""
    current = Paper.objects.with_files().current().filter(convention=convention, kind=PaperKind.CORRECTED_DRAFT.value)
    return current.order_by("-pk").first()


def standing_texts(conventions: Iterable[Convention]) -> dict[int, Paper]:
    """Return the file that is the text of each convention, by its key: what was frozen, for a draft the file of the lawyer.

    A draft without one has no file yet: its model makes it.
    """
    frozen = Q(kind=PaperKind.TEXT.value, convention__frozen_on__isnull=False)
    corrected = Q(kind=PaperKind.CORRECTED_DRAFT.value, convention__frozen_on__isnull=True)
    papers = Paper.objects.with_files().current().filter(frozen | corrected, convention__in=conventions, avenant__isnull=True)
    return {paper.convention_id: paper for paper in papers.order_by("pk")}


def frozen_text(convention: Convention, avenant: Avenant | None = None) -> Paper | None:
    """Return the file of the frozen text of a convention, or of one of its avenants."""
    if (avenant or convention).frozen_on is None:
        return None
    kind = PaperKind.AVENANT if avenant else PaperKind.TEXT
    papers = Paper.objects.with_files().current().filter(convention=convention, kind=kind.value, avenant=avenant)
    return papers.order_by("-pk").first()
