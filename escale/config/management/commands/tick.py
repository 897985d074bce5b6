"""Do what is due this minute."""

from __future__ import annotations

import datetime as dt

from escale.config import due
from escale.config.management.round import RoundCommand


class Command(RoundCommand):
    """`manage.py tick`: run by the worker every minute; a second one in the same minute does nothing."""

    help = "Fait ce qui est dû à cette minute, la ronde du jour comprise."

    def round(self, now: dt.datetime) -> list[str]:
        """Do what is due this minute."""
        return due.tick(now)
