"""Ask once for the plan of a year."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions import plan_year
from escale.apps.territory.models import Epci

BAD_INPUT = 2


class Command(BaseCommand):
    """`plan_year --epci 200042190 --year 2027`: a worker does the rest."""

    help = "Demande le plan d’une année, une seule fois ; un processus des tâches fait la recherche."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--epci", required=True, help="SIREN de l’EPCI")
        parser.add_argument("--year", required=True, type=int, help="année civile")
        parser.add_argument("--seconds", type=int, default=60, help="durée de la recherche (par défaut : %(default)s)")

    def handle(self, *, epci: str, year: int, seconds: int, **_options: Any) -> None:
        found = Epci.objects.filter(siren=epci).first()
        if found is None:
            raise CommandError(f"L’EPCI {epci} n’est pas dans la base ; l’importer avec import_territory.", returncode=BAD_INPUT)
        try:
            run = plan_year(actor=SYSTEM, epci=found, year=year, seconds=seconds)
        except (ValidationError, ValueError) as error:
            words = "\n".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise CommandError(words, returncode=BAD_INPUT) from error
        self.stdout.write(f"{found}, {year} : " + ("recherche demandée." if run else "le plan est déjà fait ou en cours."))
