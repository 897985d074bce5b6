"""How small a published figure may be, for whom: inside the two parties, or for everyone."""

from __future__ import annotations

from dataclasses import dataclass

from escale.core.evaluation.tables import Sort

K_PUBLIC, SMALLEST_K_PUBLIC = 11, 5
K_INTERNAL, SMALLEST_K_INTERNAL = 5, 3
"""Default and smallest values of the two settings."""
K_ACTIVITY = 5
"""Under it the accompaniments of a commune are not published to everyone."""
SMALL_COMMUNE = 1_000
"""Under so many inhabitants a quarter is told in sentences, and the tables of people are those of the year alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`attribute` is k for tables of people, `activity` for tables of what was done; None there tells them exactly."""

    attribute: int
    activity: int | None

    def __post_init__(self) -> None:
        if self.attribute < SMALLEST_K_INTERNAL or (self.activity is not None and self.activity < 1):
            raise ValueError(f"k is at least {SMALLEST_K_INTERNAL}: {self}")

    def k(self, sort: Sort) -> int | None:
        """Return the threshold of a sort of table."""
        return self.attribute if sort is Sort.ATTRIBUTE else self.activity


def internal(k: int = K_INTERNAL) -> Policy:
    """Return the policy of what the parties and the committee read: what was done exactly, people from `k` (K_INTERNAL) on."""
    return Policy(attribute=k, activity=None)


def public(k: int = K_PUBLIC, k_activity: int = K_ACTIVITY) -> Policy:
    """Return the policy of what anyone reads; `k` is K_PUBLIC."""
    return Policy(attribute=k, activity=min(k, k_activity))
