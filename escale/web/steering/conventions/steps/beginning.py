"""Begin a convention: with which commune, on which text."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.beginning import begin_convention
from escale.apps.conventions.folders import shipped_models
from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.texts import model_named
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words
from escale.core.convention.model import Model
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.steps import fields


class BeginForm(forms.Form):
    """A commune and a model."""

    commune = forms.ModelChoiceField(
        queryset=Commune.objects.none(), label="Commune", empty_label="Choisir une commune", error_messages=fields.LIST
    )
    model = forms.ChoiceField(label="Texte", widget=forms.RadioSelect, error_messages=fields.LIST)

    def __init__(self, data: object = None, *, visitor: Visitor, today: dt.date, initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        models = {name: model_named(name) for name in shipped_models()}
        own = {name: model for name, model in models.items() if model.siren == visitor.epci.siren}
        communes = self.fields["commune"]
        if isinstance(communes, forms.ModelChoiceField):
            communes.queryset = Commune.objects.visible_to(visitor.user).members_of(visitor.epci, today, today)
        texts = self.fields["model"]
        if isinstance(texts, forms.ChoiceField):
            texts.choices = [(name, _words(model, today)) for name, model in (own or models).items()]
        open_ones = [name for name, model in (own or models).items() if model.terms.initial_term_end > today]
        if open_ones:
            self.initial.setdefault("model", open_ones[0])


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def begin(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask with which commune and on which text, and begin the draft."""
    require(visitor.user, "conventions.manage", visitor.epci)
    today = clock.today(visitor.epci)
    commune = Commune.objects.filter(code=request.GET.get("commune", "")).first()
    form = BeginForm(request.POST or None, visitor=visitor, today=today, initial={"commune": commune} if commune else {})
    made: list[Convention] = []

    def make() -> None:
        chosen = {name: form.cleaned_data[name] for name in ("commune", "model")}
        made.append(begin_convention(actor=visitor.user, epci=visitor.epci, **chosen))

    if accepted(form, make):
        messages.success(request, f"Le brouillon de la convention avec {made[0].commune} est commencé.")
        return redirect("steering:edit_convention", made[0].pk)
    seen = {"visitor": visitor, "form": form, "begun": _begun(visitor, form)}
    return render(request, "steering/conventions/steps/begin.html", seen)


def _begun(visitor: Visitor, form: BeginForm) -> Convention | None:
    """Return the convention that is in preparation already with the commune that was refused."""
    if not form.has_error("commune", code="E_IN_PREPARATION"):
        return None
    begun = Convention.objects.visible_to(visitor.user).in_preparation()
    return begun.filter(epci=visitor.epci, commune=form["commune"].value()).first()


def _words(model: Model, today: dt.date) -> str:
    term = model.terms.initial_term_end
    vote = "" if model.is_voted else ", non voté"
    past = ", déjà passé" if term <= today else ""
    return f"{model.label}{vote} : terme le {date_words(term)}{past}"
