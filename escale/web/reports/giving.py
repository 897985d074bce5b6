"""A report as a file: PDF, CSV or workbook, all of the same figures."""

from __future__ import annotations

from enum import StrEnum

from django.http import HttpResponse

from escale.apps.documents.rendering import Layout
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.models import Report
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period
from escale.web.reports.sheets import COLUMNS, rows_of
from escale.web.reports.showing import document_for
from escale.web.takeaway.responses import csv_response, pdf_response, xlsx_response


class Form(StrEnum):
    """How a report is taken away."""

    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"


def file_name(commune: Commune, period: Period, number: int = 0) -> str:
    """Return the name of a file without its suffix: « rapport-2026-T3-oisy-59446 », with the number of a rectification."""
    put_right = f"-rectification-{number}" if number else ""
    return f"rapport-{period}-{commune.search.replace(' ', '-')}-{commune.code}{put_right}"


def given(epci: Epci, commune: Commune, figures: Figures, report: Report | None, form: Form) -> HttpResponse:
    """Return a report as a file."""
    period = Period.parse(figures.period)
    name = file_name(commune, period, report.number if report else 0)
    match form:
        case Form.PDF:
            return pdf_response(document_for(epci, figures, report), Layout.REPORT, name)
        case Form.CSV:
            return csv_response(COLUMNS, rows_of(figures), name)
        case Form.XLSX:
            return xlsx_response(f"{commune} {period}", COLUMNS, rows_of(figures), name)
