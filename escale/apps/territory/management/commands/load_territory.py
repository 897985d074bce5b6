"""Bring in a territory that ships with the product."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from escale.apps.territory.files import read_shipped
from escale.apps.territory.management.reporting import bring_in


class Command(BaseCommand):
    """`load_territory [porte-du-hainaut]`."""

    help = "Charge un territoire livré avec le produit ; le charger deux fois ne change rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", default="porte-du-hainaut", help="nom du fichier dans data/territories")

    def handle(self, *, name: str, **options: Any) -> None:
        bring_in(partial(read_shipped, name), self.stdout)
