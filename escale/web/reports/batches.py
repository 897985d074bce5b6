"""The reports of every commune in one go: asked for, followed, fetched as one archive."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.documents.models import Batch
from escale.apps.territory import clock
from escale.core.calendar.periods import Period
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.reports.batching import KIND, request_reports
from escale.web.steering.batches import archive_of, last_batches, one_batch


class BatchForm(forms.Form):
    """Of which period."""

    period = forms.CharField(
        label="Période",
        max_length=7,
        help_text="Un trimestre ou une année : « 2026-T3 », « 2026 ».",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrire la période, par exemple « 2026-T3 »."},
    )

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except ValueError as refusal:
            raise forms.ValidationError(str(refusal)) from None


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def ask_batch(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the last batches of reports, and ask for another one."""
    require(visitor.user, "reports.manage", visitor.epci)
    last = Period.quarter_of(clock.today(visitor.epci)).previous
    form = BatchForm(request.POST or None, initial={"period": str(last)})
    asked: list[Batch] = []

    def ask() -> None:
        asked.append(request_reports(actor=visitor.user, epci=visitor.epci, period=form.cleaned_data["period"]))

    if accepted(form, ask):
        return redirect("steering:report_batch", asked[0].pk)
    return render(request, "reports/batches.html", {"visitor": visitor, "form": form, **last_batches(visitor, KIND)})


@require_safe
@enter(Journey.STEERING)
def show_batch(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show how far a batch is."""
    return render(request, "reports/batch.html", {"visitor": visitor, **one_batch(visitor, KIND, pk)})


@require_safe
@enter(Journey.STEERING)
def take_batch(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the archive of a batch."""
    return archive_of(visitor, KIND, pk)
