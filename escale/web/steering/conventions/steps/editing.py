"""Fill in the draft of a convention; whoever saves second is shown both versions and loses nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.drafting import DraftChangedError, edit_draft
from escale.apps.conventions.following import annex_of
from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.conventions import missing_of
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.papers.values import values_of
from escale.apps.conventions.queries import recorded
from escale.apps.documents.contents import FileKind
from escale.apps.documents.files import keep_file
from escale.apps.documents.models import StoredFile
from escale.apps.documents.uploads import Upload
from escale.apps.territory import clock
from escale.core.calendar.french import date_words
from escale.core.convention.placeholders import Kind, Placeholder
from escale.core.planning.agreed import usual_words
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.steps import fields, usual

IMAGES = (FileKind.PNG, FileKind.JPEG)
ANNEX = "annex"
NOTHING = "rien"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A field that two people have changed: what is kept, and what the second one wrote."""

    label: str
    kept: str
    written: str


class DraftForm(forms.Form):
    """The blanks of the text that people fill in, by their kind, and the usual day."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, convention: Convention) -> None:
        today = clock.today(convention.epci)
        self.asked = asked_of(convention, today)
        initial = {**convention.values, **usual.usual_initial(convention.annex), "version": convention.version}
        super().__init__(data, files, initial=initial)
        self.fields |= usual.usual_fields(convention.epci, convention.annex, empty="Pas encore choisi")
        for one in self.asked.values():
            self.fields[one.name] = _field(one)

    def clean(self) -> dict[str, Any]:
        """Read the usual day."""
        values = super().clean() or self.cleaned_data
        return {**values, ANNEX: usual.usual_in(values)}

    def with_version(self, version: int) -> None:
        """Let the next saving replace what is kept now, once both versions were seen."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data


def asked_of(convention: Convention, on: dt.date) -> dict[str, Placeholder]:
    """Return the blanks of the text that people fill in: what is recorded elsewhere, or comes with the vote, is not asked."""
    model = model_of(convention)
    named = {slot.name: model.placeholders[slot.name] for slot in model.convention.text.slots}
    recorded_ones = {name for name in values_of(convention, on=on) if name not in convention.values}
    return {
        name: one
        for name, one in named.items()
        if one.kind not in {Kind.COMMUNE, Kind.SIGNATORY} and not one.after_vote and name not in recorded_ones
    }


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show the draft and save it; a draft that someone else saved meanwhile is shown beside what was written."""
    visible = Convention.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    convention = get_object_or_404(recorded(visible), pk=pk)
    require(visitor.user, "conventions.manage", convention)
    if convention.frozen_on or convention.abandoned_on:
        messages.warning(request, "Ce texte n’est plus un brouillon : le reprendre pour le changer.")
        return redirect("steering:convention", convention.pk)
    form = DraftForm(request.POST or None, request.FILES or None, convention=convention)
    versions: list[Version] = []

    def save() -> None:
        try:
            _save(visitor, convention, form)
        except DraftChangedError as changed:
            versions.extend(_versions(form, changed))
            form.with_version(convention.version)
            raise

    if accepted(form, save):
        messages.success(request, "Le brouillon est enregistré.")
        return redirect("steering:convention", convention.pk)
    seen = {
        "visitor": visitor,
        "convention": convention,
        "form": form,
        "versions": versions,
        "lost_file": bool(request.FILES),
        "missing": list(missing_of(convention)),
        "logo": any(one.kind is Kind.IMAGE and convention.values.get(name) for name, one in form.asked.items()),
    }
    return render(request, "steering/conventions/steps/edit.html", seen)


@transaction.atomic
def _save(visitor: Visitor, convention: Convention, form: DraftForm) -> None:
    typed = form.cleaned_data
    values = dict(convention.values)
    for name in form.asked:
        value = _kept(visitor, convention, typed[name])
        if value is not None:
            values[name] = value
        elif form.asked[name].kind is not Kind.IMAGE:
            values.pop(name, None)
    edit_draft(actor=visitor.user, convention=convention, version=typed["version"], values=values, annex=typed[ANNEX])


def _kept(visitor: Visitor, convention: Convention, value: object) -> object:
    match value:
        case Upload():
            return keep_file(
                actor=visitor.user, epci=convention.epci, name=value.name, content=value.content, media_type=value.media_type
            ).pk
        case dt.date():
            return value.isoformat()
        case str():
            return value.strip() or None
    return None


def _versions(form: DraftForm, changed: DraftChangedError) -> list[Version]:
    labels = {name: one.label for name, one in form.asked.items()} | {ANNEX: "Jour habituel"}
    return [
        Version(
            label=labels.get(one.name, one.name),
            kept=_words(form, one.name, one.kept),
            written=_words(form, one.name, one.written),
        )
        for one in changed.differences
    ]


def _words(form: DraftForm, name: str, value: object) -> str:
    kind = form.asked[name].kind if name in form.asked else None
    match value:
        case None | "":
            return NOTHING
        case Mapping():
            day = annex_of(dict(value))
            return usual_words(day.nth, day.window)
        case int() if kind is Kind.IMAGE:
            file = StoredFile.objects.filter(pk=value).first()
            return file.name if file else "un fichier"
        case str() if kind is Kind.DATE:
            return date_words(dt.date.fromisoformat(value))
    return str(value)


def _field(one: Placeholder) -> forms.Field:
    hint = "" if one.required else "Peut rester vide."
    match one.kind:
        case Kind.DATE:
            return fields.day(one.label, hint)
        case Kind.IMAGE:
            return fields.PaperField(one.label, hint, kinds=IMAGES)
        case Kind.NUMBER:
            return fields.text(one.label, f"{hint} Il contient un chiffre.".strip(), most=80)
    return fields.text(one.label, hint)
