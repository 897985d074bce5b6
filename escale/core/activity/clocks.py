"""The clock of a telephone against ours: what was written is put right by how far they are apart when it is sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from escale.core.activity.records import RecordEntry

ON_THE_WAY = dt.timedelta(minutes=1)
"""How long a message may travel: what is closer is no fault of a clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What the two clocks said when something was sent: that of the device, and ours. Both are kept. Aware moments."""

    device: dt.datetime
    server: dt.datetime

    @property
    def offset(self) -> dt.timedelta:
        """What has to be added to a time of the device; nothing for a message that was only on its way."""
        apart = self.server - self.device
        return dt.timedelta() if abs(apart) <= ON_THE_WAY else apart

    def put_right(self, moment: dt.datetime) -> dt.datetime:
        """Return a time of the device as ours; never later than now, whatever the clock did in between."""
        return min(moment + self.offset, self.server)


def with_our_times(entry: RecordEntry, clocks: Clocks) -> RecordEntry:
    """Return a record with the times of its device put right."""
    asked_at = None if entry.asked_at is None else clocks.put_right(entry.asked_at)
    return replace(entry, entered_at=clocks.put_right(entry.entered_at), asked_at=asked_at)
