"""Count months anew, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from escale.apps.activity.actions import refresh_month, touch_everything
from escale.apps.activity.actions.figuring import touched_months
from escale.apps.audit.actors import SYSTEM

TOLD_EACH = 100


class Command(BaseCommand):
    """`manage.py figures [--all]`: may be stopped and run again; what is not counted yet is read from its records."""

    help = "Recompte les mois où des fiches ont changé ; la ronde de chaque minute le fait aussi, peu à peu."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to count everything anew."""
        parser.add_argument("--all", action="store_true", help="recompter tous les mois, ceux qui n’ont pas changé aussi")

    def handle(self, *, all: bool, **_options: Any) -> None:  # noqa: A002 -- the name of the option
        """Count, and say how far it is."""
        if all:
            touch_everything(actor=SYSTEM)
        waiting = touched_months()
        for number, (epci, month) in enumerate(waiting, start=1):
            refresh_month(actor=SYSTEM, epci=epci, month=month)
            if number % TOLD_EACH == 0:
                self.stdout.write(f"{number} mois sur {len(waiting)}")
        self.stdout.write(f"Mois recomptés : {len(waiting)}.")
