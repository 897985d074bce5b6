"""The insurance of the service (art. 3-2): what covers it today, until when, and what covered it before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.documents.uploads import accepted_names, read_upload
from escale.apps.obligations.facts import SOON
from escale.apps.obligations.spans import last_day_of
from escale.apps.team.actions import record_insurance, remove_insurance
from escale.apps.team.models import Insurance
from escale.apps.territory import clock
from escale.core.calendar.french import period_words
from escale.web.attachments import attached_file
from escale.web.days import DayField
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter


class InsuranceForm(forms.Form):
    """A policy and its attestation."""

    insurer = forms.CharField(label="Assureur", max_length=120, error_messages={"required": "Donner le nom de l’assureur."})
    policy = forms.CharField(
        label="Numéro du contrat", max_length=60, error_messages={"required": "Donner le numéro, lu sur l’attestation."}
    )
    starts = DayField(
        label="Premier jour couvert",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le premier jour couvert."},
    )
    ends = DayField(
        label="Dernier jour couvert",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le dernier jour couvert."},
    )
    attestation = forms.FileField(
        label="Attestation",
        required=False,
        help_text="PDF, PNG ou JPEG, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": accepted_names()}),
        error_messages={"empty": "Ce fichier est vide ; choisir celui qui contient l’attestation."},
    )

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes. Raise ValidationError, under its field, for a file that is no attestation."""
        given = self.cleaned_data["attestation"]
        upload = read_upload(given, field="attestation") if given else None
        return {**self.cleaned_data, "attestation": upload}


@require_safe
@enter(Journey.STEERING)
def show_insurance(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what covers the service today, and the history."""
    require(visitor.user, "obligations.see", visitor.epci)
    today = clock.today(visitor.epci)
    rows = list(_seen(visitor))
    is_covered = any(row.holds_on(today) for row in rows)
    until = last_day_of([(row.starts, row.ends) for row in rows], today) if is_covered else None
    seen = {
        "visitor": visitor,
        "today": today,
        "rows": [(row, row.holds_on(today)) for row in rows],
        "is_covered": is_covered,
        "until": until,
        "is_soon": until is not None and until <= today + SOON,
        "may_insure": visitor.holds("team.insure"),
    }
    return render(request, "steering/insurance.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_insurance(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Record a policy, or the next year of one."""
    require(visitor.user, "team.insure", visitor.epci)
    form = InsuranceForm(request.POST or None, request.FILES or None, initial=_last(visitor))
    if accepted(form, lambda: record_insurance(actor=visitor.user, epci=visitor.epci, **form.values)):
        covered = period_words(form.cleaned_data["starts"], form.cleaned_data["ends"])
        messages.success(request, f"Assurance enregistrée, {covered}.")
        return redirect("steering:insurance")
    return render(request, "steering/add_insurance.html", {"visitor": visitor, "form": form})


@require_safe
@enter(Journey.STEERING)
def send_attestation(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the attestation of an insurance as it was filed."""
    row = get_object_or_404(_seen(visitor), pk=pk)
    if row.attestation is None:
        raise Http404
    return attached_file(row.attestation)


@require_POST
@enter(Journey.STEERING)
def take_insurance_away(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Take away what was recorded by mistake."""
    row = get_object_or_404(_seen(visitor), pk=pk)
    remove_insurance(actor=visitor.user, insurance=row)
    messages.success(request, f"Retirée : {row}, {period_words(row.starts, row.ends)}.")
    return redirect("steering:insurance")


def _seen(visitor: Visitor) -> Any:
    rows = Insurance.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    return rows.select_related("epci", "attestation__content").defer("attestation__content__content")


def _last(visitor: Visitor) -> dict[str, str]:
    """Return the insurer and the policy that were recorded last: a renewal changes its dates alone."""
    row = _seen(visitor).first()
    return {"insurer": row.insurer, "policy": row.policy} if row else {}
