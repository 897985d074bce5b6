"""Six questions to a commune, behind the link of its letter: answered on a telephone, without an account (art. 6)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.evaluation.actions import answer_questionnaire
from escale.apps.evaluation.actions.questionnaires import QUESTIONS, WRITTEN, is_open
from escale.apps.evaluation.holders import QuestionnaireHolder, find_questionnaire
from escale.apps.evaluation.models import MOST_OF_AN_ANSWER, Choice
from escale.apps.evaluation.questions import NO_NAMES, WORDS
from escale.web.forms import accepted
from escale.web.links.views import kept_private


class QuestionnaireForm(forms.Form):
    """The six questions; none has to be answered, one at least."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in QUESTIONS:
            self.fields[name] = _written(name) if name in WRITTEN else _chosen(name)


def _chosen(name: str) -> forms.Field:
    return forms.ChoiceField(label=WORDS[name], choices=Choice.choices, required=False, widget=forms.RadioSelect)


def _written(name: str) -> forms.Field:
    return forms.CharField(
        label=WORDS[name],
        help_text=NO_NAMES,
        required=False,
        max_length=MOST_OF_AN_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"C’est trop long : {MOST_OF_AN_ANSWER} signes au plus."},
    )


@kept_private
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the six questions; what was answered stands in the form until the figures are frozen."""
    row = find_questionnaire(key)
    if row is None:
        return render(request, "links/unknown.html", status=404)
    seen = {"questionnaire": row, "evaluation": row.evaluation, "commune": row.commune, "epci": row.evaluation.epci}
    if not is_open(row):
        return render(request, "links/questionnaire_closed.html", seen)
    given = {name: getattr(row, name) for name in QUESTIONS}
    form = QuestionnaireForm(request.POST or None, initial=given)
    holder = QuestionnaireHolder(questionnaire=row)
    if accepted(form, lambda: answer_questionnaire(actor=holder, questionnaire=row, answers=form.cleaned_data)):
        messages.success(request, "Merci : les réponses de la commune sont enregistrées.")
        return redirect("links:questionnaire", key)
    return render(request, "links/questionnaire.html", {**seen, "form": form})
