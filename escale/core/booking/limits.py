"""How many requests the public may send: enough for a family on one line, too few to bury a mairie."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

YOUNGEST = dt.timedelta(seconds=3)
"""Nobody fills the form in faster: a machine does."""
OLDEST = dt.timedelta(hours=24)
"""After that the page may say what is no longer true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many in a window of time; when it is over all is forgotten."""

    most: int
    window: dt.timedelta

    def __post_init__(self) -> None:
        if self.most < 1 or self.window <= dt.timedelta():
            raise ValueError(f"a limit lets something through in some time: {self.most} in {self.window}")

    def starts(self, now: dt.datetime) -> dt.datetime:
        """Return when the window of a moment began, in UTC; windows follow each other since 1970."""
        begins = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return begins + (now - begins) // self.window * self.window


OF_ADDRESS = Limit(most=6, window=dt.timedelta(minutes=15))
"""From one address of the network, to all communes: a whole village may share one."""
OF_ADDRESS_TO_COMMUNE = Limit(most=10, window=dt.timedelta(days=1))
"""From one address to one commune: well below what the commune takes, so that one sender does not close it to the others."""
OF_COMMUNE = Limit(most=60, window=dt.timedelta(days=1))
"""What the desk of one commune can answer."""
LONGEST = max(OF_ADDRESS.window, OF_ADDRESS_TO_COMMUNE.window, OF_COMMUNE.window)
