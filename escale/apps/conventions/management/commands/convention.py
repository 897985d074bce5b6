"""The dates of a convention from the command line: the period that runs, and whether a denunciation is in time."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from escale.apps.conventions.answers import denunciation_answer, periods_answer
from escale.apps.conventions.arguments import parsed
from escale.apps.schedule.tours.reporting import BAD_INPUT, say_error, say_result
from escale.core.convention.refusals import RefusedError
from escale.core.planning.faults import ProblemError


class Command(BaseCommand):
    """`manage.py convention periods --notified 2025-03-17 --on 2027-05-02`; it needs no database."""

    help = "Les délais d’une convention : periods, denunciation. Chaque sous-commande a son aide : convention periods --help."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Leave all that follows to the parser of the subcommands, whose refusals are told as JSON too."""
        parser.add_argument("arguments", nargs=argparse.REMAINDER, help="sous-commande et ses options")

    def handle(self, *, arguments: list[str], **_options: Any) -> None:
        """Run a subcommand: exit 0 when done, 2 when the input is bad."""
        try:
            options = parsed(arguments)
            result = periods_answer(options) if options.subcommand == "periods" else denunciation_answer(options)
        except ProblemError as error:
            say_error(error, self.stdout, self.stderr)
            sys.exit(BAD_INPUT)
        except RefusedError as refused:
            say_error(ProblemError(place=f"--{refused.place}", message=refused.message), self.stdout, self.stderr)
            sys.exit(BAD_INPUT)
        say_result(result, self.stdout)
        sys.exit(result.exit_code)
