"""Count months anew, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from escale.apps.activity.actions import refresh_month, touch_everything
from escale.apps.activity.actions.figuring import sum_up, touched_months
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.models import Epci

TOLD_EACH = 100


class Command(BaseCommand):
    """`manage.py figures [--all]`: may be stopped and run again; what is not counted yet is read from its records."""

    help = "Recompte les mois où des fiches ont changé ; la ronde de chaque minute le fait aussi, peu à peu."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to count everything anew."""
        parser.add_argument("--all", action="store_true", help="recompter tous les mois, ceux qui n’ont pas changé aussi")

    def handle(self, *, all: bool, **_options: Any) -> None:  # noqa: A002 -- the name of the option
        """Count, and say how far it is."""
        done = 0
        if all:
            for epci in Epci.objects.order_by("pk"):
                touch_everything(actor=SYSTEM, epci=epci)
                done = self._count(done)
            sum_up(actor=SYSTEM)
        done = self._count(done)
        self.stdout.write(f"Mois recomptés : {done}.")

    def _count(self, done: int) -> int:
        for epci, month in touched_months():
            refresh_month(actor=SYSTEM, epci=epci, month=month)
            done += 1
            if done % TOLD_EACH == 0:
                self.stdout.write(f"{done} mois recomptés, jusqu’à {month:%Y-%m}")
        return done
