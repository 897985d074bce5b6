"""What tick and daily share: the day that one may choose, and the exit status."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from escale.config import due


def civil_day(value: str) -> dt.date:
    """Read a date of the command line."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {value} » n’est pas une date ; écrire par exemple 2026-11-22") from error


class RoundCommand(BaseCommand):
    """A command that does a round at a moment, and fails (exit status 1) when a part of it failed."""

    def round(self, now: dt.datetime) -> list[str]:
        """Do the round; return the names of what failed."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer another day than today."""
        parser.add_argument("--on", type=civil_day, metavar="DATE", help="faire comme si l’on était ce jour-là")

    def handle(self, *, on: dt.date | None, **_options: Any) -> None:
        """Do the round and name what failed."""
        if failed := self.round(due.moment(on)):
            raise CommandError(f"À revoir (voir le journal) : {', '.join(failed)}")
