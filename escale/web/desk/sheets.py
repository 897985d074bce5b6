"""The day sheet of a visit: on the screen for those who work with names, on paper with initials alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.booking.actions import reveal_people
from escale.apps.booking.labels import CHANNELS
from escale.apps.documents.rendering import Layout
from escale.web.desk.counter import Counter, shown
from escale.web.desk.forms import RevealForm
from escale.web.desk.papers import sheet_of
from escale.web.desk.reading import desk_visit
from escale.web.forms import accepted
from escale.web.takeaway.responses import pdf_response


@require_http_methods(["GET", "HEAD", "POST"])
def show_sheet(request: HttpRequest, counter: Counter, visit: int) -> HttpResponse:
    """Show who comes; the coordination says why it reads the names, and is then shown them once."""
    found = desk_visit(counter.visitor.user, counter.visits, visit)
    form = None if counter.reads_names else RevealForm(request.POST or None)
    revealed: dict[int, tuple[str, str]] = {}

    def reveal(reason: str) -> None:
        rows = reveal_people(actor=counter.visitor.user, visit=found.agenda.visit, reason=reason)
        revealed.update({row.pk: (row.person, row.contact) for row in rows})

    if form is not None:
        accepted(form, lambda: reveal(form.cleaned_data["reason"]))
    return shown(request, counter, "sheet", found=found, form=form, revealed=revealed, channels=CHANNELS)


@require_safe
def print_sheet(request: HttpRequest, counter: Counter, visit: int) -> HttpResponse:
    """Give the day sheet as a PDF."""
    del request
    found = desk_visit(counter.visitor.user, counter.visits, visit)
    return pdf_response(
        sheet_of(found, counter.epci), Layout.DAY, f"rendez-vous-{counter.commune.code}-{found.stop.date.isoformat()}"
    )
