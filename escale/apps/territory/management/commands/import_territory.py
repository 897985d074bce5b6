"""Bring an EPCI in from geo.api.gouv.fr, or from a file of the same shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from escale.apps.territory.fetch import fetch_territory
from escale.apps.territory.files import read_answer
from escale.apps.territory.management.reporting import BAD_INPUT, bring_in
from escale.apps.territory.records import TerritoryRecord

PATIENCE = 30.0
"""Seconds that each request may take; the outlines of a large EPCI are a few megabytes."""


class Command(BaseCommand):
    """`import_territory SIREN`, or `import_territory [SIREN] --file FILE --name NAME`."""

    help = "Importe un EPCI et ses communes ; une seconde fois, les met à jour et dit ce qui diffère."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("siren", nargs="?", help="SIREN de l’EPCI, par exemple 200042190")
        parser.add_argument("--file", type=Path, help="réponse de geo.api.gouv.fr/epcis/SIREN/communes, gardée dans un fichier")
        parser.add_argument("--name", help="nom de l’EPCI, demandé avec --file")

    def handle(self, *, siren: str | None, file: Path | None, name: str | None, **options: Any) -> None:
        def read() -> TerritoryRecord:
            if file is not None:
                return read_answer(file, siren=siren, name=name or "")
            if siren is None:
                raise CommandError("Donner le SIREN de l’EPCI, ou un fichier avec --file.", returncode=BAD_INPUT)
            return fetch_territory(siren, base=settings.ESCALE_GEO_API, seconds=PATIENCE)

        bring_in(read, self.stdout)
