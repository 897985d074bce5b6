"""The reports of a period in one archive: asked for by the coordination, made by a worker."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.core.exceptions import ValidationError

from escale.apps.audit.actors import Actor
from escale.apps.documents.archives import Piece, Unmade
from escale.apps.documents.batches import request_batch
from escale.apps.documents.making import make_batch
from escale.apps.documents.models import Batch
from escale.apps.documents.rendering import Layout, RenderingError, to_pdf
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.gathering import gather
from escale.apps.evaluation.models import Report
from escale.apps.evaluation.queries import communes_owed
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period
from escale.web.reports.giving import file_name
from escale.web.reports.showing import document_for

KIND = "reports"
"""What tells these batches from those of other domains."""


def request_reports(*, actor: Actor, epci: Epci, period: Period) -> Batch:
    """Ask for the reports of every commune for a period. Raise ValidationError where none is due, or a batch is under way."""
    communes = [commune.pk for commune in communes_owed(epci, period)]
    if period.first > clock.today(epci) or not communes:
        raise ValidationError(f"Aucun rapport n’est dû pour {period.le_words} : choisir une autre période.")
    wanted = {"period": str(period), "communes": communes}
    label = f"Rapports, {period.words}"
    return request_batch(actor=actor, epci=epci, kind=KIND, label=label, wanted=wanted, total=len(communes))


def make_reports(key: int) -> None:
    """Make the reports of a batch, telling how far it is, and keep their archive."""
    make_batch(key, _pieces, refusals=(RenderingError,))


def _pieces(batch: Batch) -> Iterator[Piece | Unmade]:
    period = Period.parse(batch.wanted["period"])
    communes = Commune.objects.filter(pk__in=batch.wanted["communes"]).defer("outline").order_by("sort_key", "code")
    for commune, report, figures in reports_of(batch.epci, list(communes), period):
        name = f"{file_name(commune, period, report.number if report else 0)}.pdf"
        yield Piece(name=name, make=partial(_pdf, batch.epci, figures, report))


def _pdf(epci: Epci, figures: Figures, report: Report | None) -> bytes:
    return to_pdf(document_for(epci, figures, report), Layout.REPORT)


def reports_of(epci: Epci, communes: list[Commune], period: Period) -> Iterator[tuple[Commune, Report | None, Figures]]:
    """Yield the current writing of the report of each commune; the figures so far where none is prepared."""
    rows = Report.objects.filter(epci=epci, commune__in=communes, period=str(period)).current()
    reports = {row.commune_id: row for row in rows.select_related("epci", "commune")}
    live = [commune for commune in communes if commune.pk not in reports]
    found = gather(epci, live, period, clock.today(epci)) if live else {}
    for commune in communes:
        report = reports.get(commune.pk)
        yield commune, report, report.contents if report else found[commune.code].figures
