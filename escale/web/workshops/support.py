"""« Appui à la commune » on a day without a half-day there: its practices, its collaborative work (art. 3-2, M3 and M4)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from escale.apps.activity.actions import log_record
from escale.apps.activity.labels import MISSIONS, THEMES
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.records import People, RecordEntry, Refused
from escale.core.activity.vocabulary import ActivityKind, Mission, Public, Theme
from escale.web.days import DayField
from escale.web.desk.identity import CHOOSE, REOPEN
from escale.web.forms import accepted
from escale.web.workshops.table import WorkTable, shown

NOON = dt.time(12)
PROPOSED = (Mission.MODERN_COMMUNES, Mission.COLLABORATION)


class SupportForm(forms.Form):
    """What was done with the agents or the elected people of a commune."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": REOPEN, "invalid": REOPEN})
    commune = forms.ModelChoiceField(
        label="Avec quelle commune ?",
        queryset=Commune.objects.none(),
        empty_label="Choisir une commune",
        error_messages={"required": "Choisir la commune.", **CHOOSE},
    )
    date = DayField(
        label="Quel jour ?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le jour.", "invalid": "Cette date n’existe pas."},
    )
    minutes = forms.IntegerField(
        label="Durée, en minutes",
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Donner la durée."},
    )
    people = forms.IntegerField(
        label="Avec combien de personnes ?",
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Donner le nombre de personnes."},
    )
    missions = forms.MultipleChoiceField(
        label="Missions de l’article 3-2",
        choices=[(one.value, words) for one, words in MISSIONS.items()],
        initial=[mission.value for mission in PROPOSED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cocher au moins une mission.", **CHOOSE},
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[(one.value, words) for one, words in THEMES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, epci: Epci) -> None:
        self.now = clock.moment(epci)
        super().__init__(data, initial={"key": uuid.uuid4(), "date": self.now.date()})
        commune = self.fields["commune"]
        if isinstance(commune, forms.ModelChoiceField):
            commune.queryset = Commune.objects.members_of(epci, self.now.date(), self.now.date()).defer("outline")

    @property
    def record(self) -> RecordEntry:
        """The activity as it is written down. Raise ValidationError, by field, for what is not taken."""
        typed = self.cleaned_data
        day: dt.date = typed["date"]
        if day > self.now.date():
            raise ValidationError({"date": "Ce jour n’est pas encore venu ; on note le jour même ou après."})
        try:
            return RecordEntry(
                key=typed["key"],
                kind=ActivityKind.SUPPORT,
                entered_at=dt.datetime.combine(day, NOON, tzinfo=self.now.tzinfo),
                commune=typed["commune"].code,
                public=Public.AGENTS,
                minutes=typed["minutes"],
                people=People(total=typed["people"]),
                missions=frozenset(Mission(mission) for mission in typed["missions"]),
                themes=frozenset(Theme(theme) for theme in typed["themes"]),
            )
        except Refused as refused:
            raise ValidationError(dict(refused.reasons)) from refused


@require_http_methods(["GET", "HEAD", "POST"])
def note_support(request: HttpRequest, table: WorkTable) -> HttpResponse:
    """Ask what was done, with whom, how long."""
    form = SupportForm(request.POST or None, epci=table.epci)
    if accepted(form, lambda: log_record(actor=table.visitor.user, record=form.record)):
        messages.success(request, f"L’appui {form.cleaned_data['commune'].place_name.at} est noté.")
        return redirect(table.url("workshops"))
    return shown(request, table, "support", form=form)
