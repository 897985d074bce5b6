"""Whole reports as files, and the export of every record: what each costs from the figures to the last byte."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from bench.measured import cost_of

if TYPE_CHECKING:
    from escale.apps.territory.models import Commune, Epci


def files_of(epci: Epci, commune: Commune, year: int) -> dict[str, dict[str, Any]]:
    """Return a row for each kind of file, in February of the year after; conventions are written first."""
    from django.test.utils import override_settings

    from bench.convention_world import bind
    from escale.apps.territory.models import Commune

    bind(epci, list(Commune.objects.defer("outline").order_by("code")))
    with override_settings(ESCALE_TODAY=dt.date(year + 1, 2, 1)):
        return {**_reports(epci, commune, year), **_exports(epci, year)}


def _reports(epci: Epci, commune: Commune, year: int) -> dict[str, dict[str, Any]]:
    from django.utils import timezone

    from escale.apps.audit.actors import SYSTEM
    from escale.apps.evaluation.actions import freeze_territory, prepare_reports
    from escale.apps.evaluation.models import Report
    from escale.core.calendar.periods import Period
    from escale.web.reports.batching import reports_of
    from escale.web.reports.giving import Form, bytes_of
    from escale.web.reports.whole import territory_of

    whole, quarters = Period(year), [Period(year, number) for number in (1, 2, 3, 4)]

    def papers(period: Period, communes: Iterable[Commune]) -> None:
        for place, report, figures in reports_of(epci, list(communes), period):
            bytes_of(epci, place, figures, report, Form.PDF)

    def territory(form: Form) -> None:
        report, figures = territory_of(epci, whole)
        bytes_of(epci, "Territoire", figures, report, form)

    def freeze_year() -> None:
        for period in (*quarters, whole):
            freeze_territory(actor=SYSTEM, epci=epci, period=period)

    of_one = cost_of(lambda: papers(whole, [commune]), times=3)
    communes = [row.commune for row in _first_reports(epci, quarters, whole)]
    Report.objects.update(sent_at=timezone.now())
    return {
        "year report of one commune, counted and as PDF": of_one,
        "territory frozen, four quarters and the year": _once(freeze_year),
        "year report of the territory as PDF": cost_of(lambda: territory(Form.PDF), times=3),
        "year report of the territory as XLSX": cost_of(lambda: territory(Form.XLSX), times=3),
        f"{len(communes)} quarterly reports as PDF": cost_of(lambda: papers(quarters[0], communes), times=1),
        f"{len(communes)} quarterly reports counted": _once(lambda: _again(epci, quarters[0], prepare_reports)),
    }


def _first_reports(epci: Epci, quarters: list[Any], whole: Any) -> list[Any]:
    from escale.apps.audit.actors import SYSTEM
    from escale.apps.evaluation.actions import prepare_reports

    made = [prepare_reports(actor=SYSTEM, epci=epci, period=period) for period in (*quarters, whole)]
    return made[0]


def _again(epci: Epci, period: Any, prepare: Callable[..., object]) -> None:
    from escale.apps.audit.actors import SYSTEM
    from escale.apps.evaluation.models import Report

    Report.objects.filter(epci=epci, period=str(period)).delete()
    prepare(actor=SYSTEM, epci=epci, period=period)


def _exports(epci: Epci, year: int) -> dict[str, dict[str, Any]]:
    """Give every record as a browser gets it: the CSV line by line, the workbook whole."""
    from escale.apps.activity.coop.writing import COLUMNS, WIDTHS, above, exported, rows_of
    from escale.apps.audit.actors import SYSTEM
    from escale.apps.documents.spreadsheets import csv_lines, xlsx_stream

    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)

    def as_csv() -> None:
        out = io.BytesIO()
        for line in csv_lines(COLUMNS, rows_of(exported(SYSTEM, epci, first, last))):
            out.seek(0)
            out.write(line.encode())

    def as_xlsx() -> None:
        lines = above(epci, first, last, last, 0)
        xlsx_stream("activités", COLUMNS, rows_of(exported(SYSTEM, epci, first, last)), above=lines, widths=WIDTHS)

    return {"every record as CSV": cost_of(as_csv, times=1), "every record as XLSX": cost_of(as_xlsx, times=1)}


def _once(work: Callable[[], object]) -> dict[str, Any]:
    begun = time.perf_counter()
    work()
    return {"seconds": round(time.perf_counter() - begun, 2), "peak_mb": None, "queries": None}
