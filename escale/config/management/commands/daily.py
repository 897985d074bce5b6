"""Do the round of the day."""

from __future__ import annotations

import datetime as dt

from escale.config import due
from escale.config.management.round import RoundCommand


class Command(RoundCommand):
    """`manage.py daily`: what the tick does once a day, done now; as many times as one likes."""

    help = "Fait la ronde du jour ; la refaire ne change rien."

    def round(self, now: dt.datetime) -> list[str]:
        """Do the round of the day."""
        return due.daily(now)
