"""What people of the past came for and who they were, as often as it is likely: made up, after what such services publish."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from escale.core.activity.vocabulary import AgeBand, Procedure, Status, Theme

T = TypeVar("T")
THEMES = (
    (Theme.PROCEDURES, 9),
    (Theme.EMAIL, 4),
    (Theme.DEVICE, 4),
    (Theme.BROWSING, 3),
    (Theme.HEALTH, 3),
    (Theme.BANKING, 2),
    (Theme.SECURITY, 2),
    (Theme.CONTENTS, 2),
    (Theme.WORK, 1),
    (Theme.NETWORKS, 1),
)
PROCEDURES = (
    (Procedure.SOCIAL, 4),
    (Procedure.PAPERS, 3),
    (Procedure.MONEY, 3),
    (Procedure.WORK, 2),
    (Procedure.HOUSING, 1),
    (Procedure.TRANSPORT, 1),
)
AGES = (
    (AgeBand.FROM_70, 9),
    (AgeBand.FROM_60, 7),
    (AgeBand.FROM_40, 5),
    (AgeBand.FROM_25, 3),
    (AgeBand.FROM_18, 1),
    (None, 2),
)
STATUSES = ((Status.RETIRED, 8), (Status.JOBLESS, 4), (Status.WORKING, 3), (None, 4))


def drawn(draw: random.Random, weighted: Sequence[tuple[T, int]]) -> T:
    """Return one of some values, as often as its weight says."""
    values, weights = zip(*weighted, strict=True)
    found: T = draw.choices(values, weights)[0]
    return found
