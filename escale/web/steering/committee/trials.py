"""Try a proposal on the planner: what to try, the answer as soon as it is there, and what of it goes into the proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.committee.actions import adopt_trial, try_proposal
from escale.apps.committee.actions.trying import may_adopt
from escale.apps.committee.models import Fate, Proposal, Trial
from escale.apps.schedule.trials import NUMBERS, TrialKind, detail_words, tried_words
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import service_windows
from escale.core.calendar.halfdays import Window
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.committee.asking import Asked, ask
from escale.web.steering.committee.forms import LIST
from escale.web.steering.committee.proposals import proposal_seen_by

KINDS = {
    TrialKind.VISITS: "Plusieurs demi-journées par mois pour une commune",
    TrialKind.WINDOW: "Une autre demi-journée habituelle pour une commune",
    TrialKind.MEDIATOR: "Un médiateur de plus",
    TrialKind.COMMUNE: "Une commune de plus",
}


class TrialForm(forms.Form):
    """What to try."""

    kind = forms.TypedChoiceField(
        label="Que faut-il essayer ?",
        choices=list(KINDS.items()),
        coerce=TrialKind,
        initial=TrialKind.VISITS.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir ce qui s’essaie.", **LIST},
    )
    commune = forms.ModelChoiceField(
        Commune.objects.none(),
        label="Commune",
        help_text="Pour « une commune de plus » : celle dont elle serait voisine ; sinon la commune médiane.",
        required=False,
        empty_label="Aucune",
        error_messages=LIST,
    )
    visits = forms.ChoiceField(
        label="Demi-journées par mois",
        choices=[(str(count), words.capitalize()) for count, words in enumerate(NUMBERS) if count > 1],
        required=False,
        error_messages=LIST,
    )
    window = forms.TypedChoiceField(
        label="Demi-journée habituelle", coerce=Window.parse, required=False, empty_value=None, error_messages=LIST
    )

    def __init__(self, data: Any = None, *, epci: Epci, proposal: Proposal) -> None:
        super().__init__(data)
        today = clock.today(epci)
        communes, window = self.fields["commune"], self.fields["window"]
        assert isinstance(communes, forms.ModelChoiceField)  # noqa: S101 -- declared above
        assert isinstance(window, forms.ChoiceField)  # noqa: S101 -- declared above
        communes.queryset = Commune.objects.members_of(epci, today, today)
        window.choices = [("", "Aucune"), *((str(one), one.words.capitalize()) for one in sorted(service_windows(epci)))]
        self.initial["commune"] = next(iter(proposal.communes.all()), None)

    def clean(self) -> dict[str, Any]:
        """Leave out what the chosen trial does not ask."""
        typed = self.cleaned_data
        kind = typed.get("kind")
        return {
            "kind": kind,
            "commune": None if kind is TrialKind.MEDIATOR else typed.get("commune"),
            "visits": int(typed.get("visits") or 2) if kind is TrialKind.VISITS else 0,
            "window": typed.get("window") if kind is TrialKind.WINDOW else None,
        }


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def ask_planner(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Ask what to try for a proposal, and hand it to the worker."""
    row = proposal_seen_by(visitor, number)
    require(visitor.user, "schedule.draft", visitor.epci)
    form = TrialForm(request.POST or None, epci=visitor.epci, proposal=row)
    made: list[Trial] = []
    if accepted(form, lambda: made.append(try_proposal(actor=visitor.user, proposal=row, **form.cleaned_data))):
        return redirect("steering:trial", row.number, made[0].pk)
    asked = Asked(
        question="Essayer sur la tournée publiée",
        button="Demander au planificateur",
        back=reverse("steering:proposal", args=[row.number]),
        back_words=f"Proposition n° {row.number}",
        note=row.words,
    )
    return ask(request, visitor, form, asked)


@require_safe
@enter(Journey.STEERING)
def show_trial(request: HttpRequest, visitor: Visitor, number: int, pk: int) -> HttpResponse:
    """Show a trial, then its answer as soon as it is there."""
    row = proposal_seen_by(visitor, number, "committee.see")
    trial = _trial(row, pk)
    asked, answer = trial.question.asked, trial.answer
    manages = visitor.holds("committee.manage")
    seen = {
        "visitor": visitor,
        "proposal": row,
        "trial": trial,
        "question": trial.question,
        "title": tried_words(asked, _name(asked)),
        "answer": answer,
        "details": detail_words(asked, answer) if answer else [],
        "months": len(answer.get("months", ())),
        "may_adopt": manages and row.fate != Fate.AVENANT and may_adopt(trial),
        "manages": manages,
    }
    return render(request, "steering/committee/trial.html", seen)


@require_POST
@enter(Journey.STEERING)
def adopt(request: HttpRequest, visitor: Visitor, number: int, pk: int) -> HttpResponse:
    """Take what a trial would change into the proposal."""
    row = proposal_seen_by(visitor, number)
    trial = _trial(row, pk)
    if performed(request, lambda: adopt_trial(actor=visitor.user, trial=trial)):
        messages.success(request, "Les clauses et les communes de cet essai sont dans la proposition.")
        return redirect("steering:proposal", row.number)
    return redirect("steering:trial", row.number, trial.pk)


def _trial(row: Proposal, pk: int) -> Trial:
    found: Trial = get_object_or_404(row.trials.select_related("question", "proposal"), pk=pk)
    return found


def _name(asked: dict[str, Any]) -> str:
    commune = Commune.objects.filter(code=asked["commune"]).first()
    return commune.place_name.full if commune else "la commune médiane"
