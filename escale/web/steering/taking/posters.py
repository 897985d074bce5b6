"""The posters of every commune in one go: asked for, followed, fetched as one archive. No page waits for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.documents.models import Batch
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.batches import archive_of, last_batches, one_batch
from escale.web.takeaway.batching import FORM_LABELS, KIND, request_posters
from escale.web.takeaway.posters import PaperForm


class PostersForm(forms.Form):
    """Which papers of each commune."""

    papers = forms.TypedMultipleChoiceField(
        label="Pour chaque commune",
        choices=[(form.value, f"{words[:1].upper()}{words[1:]}") for form, words in FORM_LABELS.items()],
        coerce=PaperForm,
        initial=[PaperForm.A4.value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cocher au moins un papier.", "invalid_choice": "Cocher dans la liste."},
    )

    @property
    def forms(self) -> list[PaperForm]:
        """What was chosen, as the action reads it."""
        chosen: list[Any] = self.cleaned_data["papers"]
        return chosen


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def ask_posters(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the last batches of posters, and ask for another one."""
    require(visitor.user, "documents.batch", visitor.epci)
    form = PostersForm(request.POST or None)
    asked: list[Batch] = []
    if accepted(form, lambda: asked.append(request_posters(actor=visitor.user, epci=visitor.epci, forms=form.forms))):
        return redirect("steering:posters_batch", asked[0].pk)
    seen = {"visitor": visitor, "form": form, **last_batches(visitor, KIND)}
    return render(request, "steering/taking/posters.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_posters(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show how far a batch of posters is, and its archive once it is there."""
    return render(request, "steering/taking/posters_batch.html", {"visitor": visitor, **one_batch(visitor, KIND, pk)})


@require_safe
@enter(Journey.STEERING)
def send_posters(_request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the archive of a batch of posters."""
    return archive_of(visitor, KIND, pk)
