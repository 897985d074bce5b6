"""The two parties of a convention."""

from __future__ import annotations

from enum import StrEnum


class Party(StrEnum):
    """One of the two."""

    EPCI = "epci"
    COMMUNE = "commune"

    @property
    def other(self) -> Party:
        """The party across the table."""
        return Party.COMMUNE if self is Party.EPCI else Party.EPCI
