"""The papers of a workshop, made on demand: the sheet to sign, the slip, the certificate."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from escale.apps.documents.rendering import Layout
from escale.apps.workshops.models import Registration
from escale.core.workshops.states import Attendance, RegistrationState, WorkshopState
from escale.web.takeaway.responses import pdf_response
from escale.web.workshops.papers import certificate_of, paper_name, sheet_of, slip_of
from escale.web.workshops.reading import shown_workshop
from escale.web.workshops.table import WorkTable


@require_safe
def print_sheet(request: HttpRequest, table: WorkTable, uid: UUID) -> HttpResponse:
    """Give the sheet to sign of a workshop."""
    del request
    if not table.may_manage:
        raise PermissionDenied("La feuille de présence est à la médiation et à la coordination.")
    found = shown_workshop(table, table.line(uid))
    return pdf_response(sheet_of(found), Layout.SIGNING, paper_name(found.workshop, "emargement"))


@require_safe
def print_slip(request: HttpRequest, table: WorkTable, uid: UUID, person: UUID) -> HttpResponse:
    """Give the slip of someone who comes or waits."""
    del request
    row = _named(table, uid, person)
    if row.state == RegistrationState.WITHDRAWN:
        raise Http404
    return pdf_response(slip_of(row, table.line(uid)), Layout.SLIP, paper_name(row.workshop, "rappel"))


@require_safe
def print_certificate(request: HttpRequest, table: WorkTable, uid: UUID, person: UUID) -> HttpResponse:
    """Give the certificate of someone who was there, once the workshop is closed."""
    del request
    row = _named(table, uid, person)
    if row.workshop.state != WorkshopState.HELD or row.attendance != Attendance.PRESENT:
        raise Http404
    return pdf_response(certificate_of(row, table.line(uid)), Layout.SIGNING, paper_name(row.workshop, "attestation"))


def _named(table: WorkTable, uid: UUID, person: UUID) -> Registration:
    """Return someone whose name may be read here; raise Http404 otherwise."""
    row = table.registration(uid, person)
    if row.pk not in table.names(row.workshop) or row.person_forgotten:
        raise Http404
    return row
