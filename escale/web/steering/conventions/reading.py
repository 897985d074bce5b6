"""The conventions that a visitor sees, read with all that their pages tell, whatever their number in the same few queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import recorded
from escale.apps.obligations.next_acts import NEEDED

if TYPE_CHECKING:
    from escale.web.journeys import Visitor

WHOLE = (
    *NEEDED,
    "authorisations__avenant",
    "signatures__avenant",
    "signatures__signatory",
    "notifications__avenant",
    "originals",
)
"""What the page of one convention tells besides."""


def visible(visitor: Visitor) -> QuerySet[Convention]:
    """Return the conventions of the EPCI that a visitor sees."""
    return Convention.objects.visible_to(visitor.user).filter(epci=visitor.epci)


def for_board(visitor: Visitor) -> list[Convention]:
    """Return those conventions as the board names them; their texts, which are long, stay where they are."""
    rows = visible(visitor).select_related("epci", "commune__merged_into", "termination")
    return list(rows.defer("text", "values", "annex"))


def one_of(visitor: Visitor, pk: int) -> Convention:
    """Return one of them with all that is recorded of it; one that the visitor does not see is not there (404)."""
    rows = recorded(visible(visitor)).select_related("commune__merged_into").prefetch_related(*WHOLE)
    return get_object_or_404(rows.defer("text"), pk=pk)
