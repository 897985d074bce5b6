"""Every stored value of the team has its French words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

import pytest

from escale.apps.team.labels import (
    HABILITATION_STATES,
    LEAVE_KINDS,
    PIECE_KINDS,
    PIECE_KINDS_PLURAL,
    PIECES_FOUND,
    STOCKS,
    hours_words,
)
from escale.apps.team.models import LeaveKind, PieceFound, Stock
from escale.core.team.equipment import PieceKind
from escale.core.team.habilitation import HabilitationState


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (HABILITATION_STATES, HabilitationState),
        (LEAVE_KINDS, LeaveKind),
        (PIECE_KINDS, PieceKind),
        (PIECE_KINDS_PLURAL, PieceKind),
        (PIECES_FOUND, PieceFound),
        (STOCKS, Stock),
    ],
)
def test_a_table_of_labels_is_complete(labels: Mapping[StrEnum, str], values: Iterable[StrEnum]) -> None:
    assert set(labels) == set(values)
    assert all(labels.values())


@pytest.mark.parametrize(
    ("hours", "words"), [("3.50", "3,5\u00a0h"), ("7.00", "7\u00a0h"), ("10", "10\u00a0h"), ("0", "0\u00a0h")]
)
def test_hours_are_written_as_people_say_them(hours: str, words: str) -> None:
    assert hours_words(Decimal(hours)) == words
