"""Attendance with one thumb: who is there, who is not, who came besides; then the workshop is closed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from escale.apps.workshops.actions import hold_workshop, mark_attendance
from escale.apps.workshops.laptops import to_erase
from escale.web.forms import accepted
from escale.web.workshops.forms import AttendanceForm
from escale.web.workshops.reading import shown_workshop
from escale.web.workshops.table import WorkTable, shown


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, table: WorkTable, uid: UUID) -> HttpResponse:
    """Ask who came; « noter » keeps what is said so far, « clore » ends it."""
    if not table.may_manage:
        raise PermissionDenied("La présence est notée par la médiation et la coordination.")
    found = shown_workshop(table, table.line(uid))
    form = AttendanceForm(request.POST or None, found=found)
    is_last = request.POST.get("do") == "close"
    act = hold_workshop if is_last else mark_attendance
    if accepted(form, lambda: act(actor=table.visitor.user, workshop=found.workshop, attended=form.attended)):
        messages.success(request, "L’atelier est clos, et compté." if is_last else "La présence est notée.")
        if is_last and (count := len(to_erase(found.workshop))):
            words = "Un ordinateur de la malle est" if count == 1 else f"{count} ordinateurs de la malle sont"
            messages.warning(request, f"{words} à effacer avant de resservir.")
        return redirect(table.url("workshop" if is_last else "workshop_close", uid=uid))
    return shown(request, table, "close", form=form, found=found)
