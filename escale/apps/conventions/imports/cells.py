"""Say what the rules refuse of a file beside the cell that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from escale.apps.conventions.imports.columns import Column


class RefusedCellError(Exception):
    """A cell that a rule refuses, and why."""

    def __init__(self, column: Column, words: str) -> None:
        super().__init__(words)
        self.column, self.words = column, words


@contextmanager
def in_cell(columns: Mapping[str, Column], otherwise: Column) -> Iterator[None]:
    """Say what an action refuses by the column of its field. Raise RefusedCellError."""
    try:
        yield
    except ValidationError as error:
        fields = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        name, found = next(iter(fields.items()))
        words = " ".join(message for one in found for message in one.messages)
        raise RefusedCellError(columns.get(name, otherwise), words.removesuffix(".")) from error
