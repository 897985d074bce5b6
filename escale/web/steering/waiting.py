"""Something that waits for whoever runs the service: one sentence, and the page where it is settled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A sentence, the page where it is settled, and what one does there."""

    words: str
    address: str
    action: str
