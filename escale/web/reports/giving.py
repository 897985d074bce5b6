"""A report as a file: PDF, CSV or workbook, all of the same figures."""

from __future__ import annotations

from enum import StrEnum

from django.http import HttpResponse

from escale.apps.documents.rendering import PDF_TYPE, Layout, to_pdf
from escale.apps.documents.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx_file
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.models import Report, TerritoryReport
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period
from escale.core.evaluation.tables import TERRITORY
from escale.web.reports.sheets import COLUMNS, rows_of
from escale.web.reports.showing import document_for
from escale.web.takeaway.responses import named


class Form(StrEnum):
    """How a report is taken away."""

    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"


TYPES = {Form.PDF: PDF_TYPE, Form.CSV: CSV_TYPE, Form.XLSX: XLSX_TYPE}


def file_name(commune: Commune, period: Period, number: int = 0) -> str:
    """Return the name of a file without its suffix: « rapport-2026-T3-oisy-59446 », with the number of a rectification."""
    put_right = f"-rectification-{number}" if number else ""
    return f"rapport-{period}-{commune.search.replace(' ', '-')}-{commune.code}{put_right}"


def territory_file_name(period: Period) -> str:
    """Return the name of the file of a territory without its suffix: « rapport-2026-territoire »."""
    return f"rapport-{period}-{TERRITORY}"


def bytes_of(epci: Epci, place: Commune | str, figures: Figures, report: Report | TerritoryReport | None, form: Form) -> bytes:
    """Return a report as the bytes of a file."""
    match form:
        case Form.PDF:
            return to_pdf(document_for(epci, figures, report), Layout.REPORT)
        case Form.CSV:
            return "".join(csv_lines(COLUMNS, rows_of(figures))).encode()
        case Form.XLSX:
            return xlsx_file(f"{place} {figures.period}", COLUMNS, rows_of(figures))


def given_of_territory(epci: Epci, figures: Figures, report: TerritoryReport | None, form: Form) -> HttpResponse:
    """Return the report of a territory as a file that a browser shows, or keeps."""
    response = HttpResponse(bytes_of(epci, "Territoire", figures, report, form), content_type=TYPES[form])
    return named(response, f"{territory_file_name(Period.parse(figures.period))}.{form}", attached=form is not Form.PDF)


def given(epci: Epci, commune: Commune, figures: Figures, report: Report | None, form: Form) -> HttpResponse:
    """Return a report as a file that a browser shows, or keeps."""
    name = f"{file_name(commune, Period.parse(figures.period), report.number if report else 0)}.{form}"
    response = HttpResponse(bytes_of(epci, commune, figures, report, form), content_type=TYPES[form])
    return named(response, name, attached=form is not Form.PDF)
