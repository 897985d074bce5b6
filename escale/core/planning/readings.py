"""Article 4: which half-days of the week « toutes les après-midis, exceptés… » gives to the communes.

The sentence can be read in several ways, and the reading decides whether every commune fits. It is therefore one
choice, made once for a service; the week of a mediator can only take away from what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from escale.core.calendar.halfdays import Window


class Reading(StrEnum):
    """The readings of art. 4."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    CUSTOM = "CUSTOM"


class ReadingError(ValueError):
    """A set of half-days that art. 4, as it is read, does not allow."""


def _windows(text: str) -> frozenset[Window]:
    return frozenset(Window.parse(word) for word in text.split())


WINDOWS: dict[Reading, frozenset[Window]] = {
    Reading.R1: _windows("TUE_AM TUE_PM WED_PM THU_AM THU_PM FRI_AM FRI_PM"),
    Reading.R2: _windows("TUE_PM WED_PM THU_PM FRI_PM"),
    Reading.R3: _windows("TUE_AM WED_PM THU_AM FRI_AM"),
}
"""What each reading gives; the custom one is given by whoever writes it."""


def windows_of(reading: Reading, *, custom: Iterable[Window] = ()) -> frozenset[Window]:
    """Return the half-days that a reading gives to the communes.

    `custom` counts for the reading CUSTOM alone. Raise ReadingError when it is empty, or holds a half-day that art. 4
    excepts under every reading: Monday (team day), Wednesday morning (médiathèques), the weekend.
    """
    if reading is not Reading.CUSTOM:
        return WINDOWS[reading]
    chosen = frozenset(custom)
    if not chosen:
        raise ReadingError("Aucune demi-journée n’est choisie ; en cocher au moins une, par exemple « mardi matin ».")
    if outside := chosen - WINDOWS[Reading.R1]:
        raise ReadingError(f"L’article 4 exclut {window_words(outside)} ; retirer ces demi-journées.")
    return chosen


def narrowed(windows: frozenset[Window], template: Iterable[Window]) -> frozenset[Window]:
    """Return the half-days that the week of a mediator keeps among those of the reading.

    Raise ReadingError when the week adds one: it can only take away.
    """
    kept = frozenset(template)
    if outside := kept - windows:
        raise ReadingError(
            "La semaine type ne peut que retirer des demi-journées ; hors de la lecture de l’article 4 : "
            f"{window_words(outside)}."
        )
    return kept


def window_words(windows: Iterable[Window]) -> str:
    """Return « mardi matin, mercredi après-midi », in the order of the week."""
    return ", ".join(window.words for window in sorted(windows))
