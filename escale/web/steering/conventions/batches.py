"""Documents of many conventions in one go: asked for, followed, fetched as one archive. No page waits for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.batching import DOCUMENT_LABELS, GROUP_LABELS, KIND, Group, request_documents
from escale.apps.conventions.producing import CONVENTION, FORM_WORDS, Form
from escale.apps.documents.models import Batch
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.batches import archive_of, last_batches, one_batch

CHOICE = {"required": "Faire un choix.", "invalid_choice": "Choisir dans la liste."}


class BatchForm(forms.Form):
    """Which document, of which conventions, in which formats."""

    document = forms.ChoiceField(
        label="Le document",
        choices=list(DOCUMENT_LABELS.items()),
        initial=CONVENTION,
        widget=forms.RadioSelect,
        error_messages=CHOICE,
    )
    group = forms.TypedChoiceField(
        label="Les conventions",
        choices=[(group.value, words) for group, words in GROUP_LABELS.items()],
        coerce=Group,
        initial=Group.ALL.value,
        widget=forms.RadioSelect,
        error_messages=CHOICE,
    )
    formats = forms.TypedMultipleChoiceField(
        label="Les formats",
        choices=[(form.value, words) for form, words in FORM_WORDS.items()],
        coerce=Form,
        initial=[Form.PDF.value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cocher au moins un format.", "invalid_choice": "Cocher dans la liste."},
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen, as the action reads it."""
        typed = self.cleaned_data
        return {"document": typed["document"], "group": typed["group"], "forms": typed["formats"]}


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def list_batches(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the last batches, and ask for another one."""
    require(visitor.user, "documents.batch", visitor.epci)
    form = BatchForm(request.POST or None)
    asked: list[Batch] = []
    if accepted(form, lambda: asked.append(request_documents(actor=visitor.user, epci=visitor.epci, **form.values))):
        return redirect("steering:batch", asked[0].pk)
    seen = {"visitor": visitor, "form": form, **last_batches(visitor, KIND)}
    return render(request, "steering/conventions/batches/list.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_batch(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show how far a batch is, what could not be made and why, and its archive once it is there."""
    seen = {"visitor": visitor, **one_batch(visitor, KIND, pk)}
    return render(request, "steering/conventions/batches/batch.html", seen)


@require_safe
@enter(Journey.STEERING)
def send_archive(_request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the archive of a batch."""
    return archive_of(visitor, KIND, pk)
