"""Run the queue and the tick, until told to stop."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from escale.config import worker


class Command(BaseCommand):
    """`manage.py worker`: as many as one likes, on one machine or many."""

    help = "Exécute les tâches en attente, et chaque minute ce qui est dû. S’arrête avec Ctrl-C, la tâche en cours finie."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to stop by itself."""
        parser.add_argument("--batch", action="store_true", help="s’arrêter quand la file est vide")

    def handle(self, *, batch: bool, **_options: Any) -> None:
        """Run until told to stop."""
        worker.run(batch=batch)
