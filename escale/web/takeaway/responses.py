"""What a browser is given to keep: a PDF, a CSV, a workbook, or all plannings in one archive that is made as it leaves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from escale.apps.documents.rendering import PDF_TYPE, Layout, to_pdf
from escale.apps.documents.spreadsheets import CSV_TYPE, XLSX_TYPE, Value, csv_lines, xlsx_file
from escale.core.documents.tree import Document
from escale.web.takeaway.dates import CommuneDates, Dates
from escale.web.takeaway.planning import Contacts, planning_of

ZIP_TYPE = "application/zip"

R = TypeVar("R", bound=HttpResponseBase)


def pdf_response(document: Document, layout: Layout, name: str) -> HttpResponse:
    """Return a document as a PDF that the browser shows."""
    return named(HttpResponse(to_pdf(document, layout), content_type=PDF_TYPE), f"{name}.pdf", attached=False)


def csv_response(columns: Sequence[str], rows: Iterable[Sequence[Value]], name: str) -> HttpResponse:
    """Return rows as a CSV to be kept."""
    return named(HttpResponse("".join(csv_lines(columns, rows)), content_type=CSV_TYPE), f"{name}.csv")


def xlsx_response(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]], name: str) -> HttpResponse:
    """Return rows as a workbook to be kept."""
    return named(HttpResponse(xlsx_file(title, columns, rows), content_type=XLSX_TYPE), f"{name}.xlsx")


def annexes_response(dates: Dates, contacts: Contacts, name: str) -> StreamingHttpResponse:
    """Return the planning of every commune in one archive; each one leaves when it is made, about sixty a second."""
    return named(StreamingHttpResponse(_archive(dates, contacts), content_type=ZIP_TYPE), f"{name}.zip")


def planning_name(dates: Dates, found: CommuneDates) -> str:
    """Return the name of a commune's file: « planning-2027-oisy-59446 »."""
    return f"planning-{slugify(dates.period)}-{slugify(str(found.commune))}-{found.commune.code}"


def _archive(dates: Dates, contacts: Contacts) -> Iterator[bytes]:
    sent = _Pipe()
    # Stored as they are: a PDF is compressed already.
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_STORED) as archive:
        for found in dates.communes:
            document = planning_of(dates, found, contacts)
            archive.writestr(f"{planning_name(dates, found)}.pdf", to_pdf(document, Layout.PLANNING))
            yield sent.taken()
    yield sent.taken()


class _Pipe(io.RawIOBase):
    """What an archive is written to: it cannot go back, and gives what it holds to whoever takes it."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: bytes) -> int:  # type: ignore[override]
        self._held += some
        return len(some)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        some, self._held = bytes(self._held), bytearray()
        return some


def named(response: R, name: str, *, attached: bool = True) -> R:
    """Give a file its name, to be kept or shown, and let nobody on the way keep it."""
    # A tour changes: whoever comes back is given it anew, and nobody on the way keeps it.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=attached, filename=name) or ""
    return response
