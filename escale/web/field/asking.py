"""The one anonymous question of art. 6: the mediator hands the device over, a resident touches an answer, and gives it back."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.activity.actions import count_ease
from escale.apps.activity.labels import EASES
from escale.core.activity.vocabulary import Ease
from escale.web.field.mine import field_page, stop_of
from escale.web.forms import accepted
from escale.web.journeys import Visitor


class EaseForm(forms.Form):
    """One touch; the key makes an answer that is sent twice count once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    answer = forms.TypedChoiceField(
        coerce=lambda given: Ease(int(given)),
        choices=[(ease.value, words) for ease, words in EASES.items()],
        error_messages={"required": "Toucher une réponse, ou « Je ne réponds pas »."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def ask(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Show the question to a resident, with nothing of anybody else, and count the answer."""
    stop = stop_of(visitor, uid)
    form = EaseForm(request.POST or None)

    def count() -> None:
        count_ease(actor=visitor.user, visit=stop.visit, answer=form.cleaned_data["answer"], key=form.cleaned_data["key"])

    if accepted(form, count):
        return redirect("field:thank", uid=uid)
    answers = [(ease.value, words) for ease, words in EASES.items() if ease is not Ease.NO_ANSWER]
    silent = (Ease.NO_ANSWER.value, EASES[Ease.NO_ANSWER])
    seen = {"visitor": visitor, "stop": stop, "form": form, "answers": answers, "silent": silent}
    return render(request, "field/ask.html", seen)


@require_safe
@field_page
def thank(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Thank a resident, who gives the device back."""
    return render(request, "field/thank.html", {"visitor": visitor, "stop": stop_of(visitor, uid)})
