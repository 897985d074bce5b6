"""Write the reports of communes to files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from escale.apps.evaluation.queries import communes_owed
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period
from escale.web.reports.batching import reports_of
from escale.web.reports.giving import Form, bytes_of, file_name
from escale.web.reports.whole import territory_of

BAD_INPUT = 2


class Command(BaseCommand):
    """`report --commune 59446 --period 2026-T3 --format pdf --out FILE`; or `--territory`; or `--all --out FOLDER`."""

    help = "Écrit le rapport d’activité d’une commune, ou de toutes ; « provisoire » tant qu’il n’est pas préparé."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--commune", help="code INSEE de la commune")
        which.add_argument("--all", action="store_true", help="toutes les communes, dans un dossier")
        which.add_argument("--territory", action="store_true", help="le territoire entier")
        parser.add_argument("--period", required=True, help="trimestre ou année : 2026-T3, 2026")
        parser.add_argument("--format", default=Form.PDF.value, choices=[form.value for form in Form])
        parser.add_argument("--out", required=True, type=Path, help="fichier, ou dossier avec --all")
        parser.add_argument("--epci", default="", help="SIREN de l’EPCI, quand l’installation en a plusieurs")

    def handle(self, **options: Any) -> None:
        epci = _epci(options["epci"])
        period, form, out = _period(options["period"], epci), Form(options["format"]), options["out"]
        owed = communes_owed(epci, period)
        wanted = [one for one in owed if not options["commune"] or one.code == options["commune"]]
        if not wanted:
            raise CommandError(_nothing(options["commune"], period), returncode=BAD_INPUT)
        try:
            if options["territory"]:
                written = _write_territory(epci, period, form, out)
            else:
                written = _write(epci, wanted, period, form, out, is_folder=options["all"])
        except OSError as error:
            raise CommandError(f"« {out} » ne s’écrit pas : {error.strerror}.", returncode=BAD_INPUT) from error
        self.stdout.write(f"{written} rapport{'s' * (written > 1)} : {out}")


def _epci(siren: str) -> Epci:
    found = list(Epci.objects.filter(siren=siren) if siren else Epci.objects.order_by("pk")[:2])
    if len(found) != 1:
        words = (
            "Cet EPCI n’est pas dans la base." if siren else "L’installation a plusieurs EPCI, ou aucun : donner --epci SIREN."
        )
        raise CommandError(words, returncode=BAD_INPUT)
    return found[0]


def _period(text: str, epci: Epci) -> Period:
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error
    if period.first > clock.today(epci):
        raise CommandError(f"La période ({period.words}) n’a pas commencé.", returncode=BAD_INPUT)
    return period


def _nothing(code: str | None, period: Period) -> str:
    known = Commune.objects.filter(code=code).first() if code else None
    whose = f"la commune {known.place_name.de}" if known else f"la commune {code}" if code else "une commune"
    return f"Aucune convention ne lie {whose} pendant la période ({period.words})."


def _write(epci: Epci, communes: list[Commune], period: Period, form: Form, out: Path, *, is_folder: bool) -> int:
    if is_folder:
        out.mkdir(parents=True, exist_ok=True)
    count = 0
    for commune, report, figures in reports_of(epci, communes, period):
        name = f"{file_name(commune, period, report.number if report else 0)}.{form}"
        (out / name if is_folder else out).write_bytes(bytes_of(epci, commune, figures, report, form))
        count += 1
    return count


def _write_territory(epci: Epci, period: Period, form: Form, out: Path) -> int:
    report, figures = territory_of(epci, period)
    out.write_bytes(bytes_of(epci, "Territoire", figures, report, form))
    return 1
