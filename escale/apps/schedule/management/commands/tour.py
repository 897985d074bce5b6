"""The year's tour from the command line: capacity, solve, check, repair, explain, and a whole country."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from escale.apps.schedule.tours.arguments import SUBCOMMANDS, parsed
from escale.apps.schedule.tours.reporting import BAD_INPUT, say_error, say_result
from escale.core.planning.faults import ProblemError


class Command(BaseCommand):
    """`manage.py tour solve --problem P.json --out PLAN.json`; on files it needs no database."""

    help = f"La tournée de l’année : {', '.join(SUBCOMMANDS)}. Chaque sous-commande a son aide : tour solve --help."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Leave all that follows to the parser of the subcommands, whose refusals are told as JSON too."""
        parser.add_argument("arguments", nargs=argparse.REMAINDER, help="sous-commande et ses options")

    def handle(self, *, arguments: list[str], **_options: Any) -> None:
        """Run a subcommand: exit 0 when done, 1 when the plan is not legal, 2 when the input is bad."""
        try:
            options = parsed(arguments)
            result = import_module(f"escale.apps.schedule.tours.{SUBCOMMANDS[options.subcommand]}").run(options)
        except ProblemError as error:
            say_error(error, self.stdout, self.stderr)
            sys.exit(BAD_INPUT)
        say_result(result, self.stdout)
        sys.exit(result.exit_code)
