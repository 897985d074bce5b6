"""What the steps that end a convention share: who writes, which letter was prepared, its file, what its dates give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from escale.apps.conventions.actions.filing import attach_letter, file_paper
from escale.apps.conventions.models import Convention, Notification, Paper, PaperKind, Party
from escale.apps.documents.uploads import Upload
from escale.core.calendar.french import date_words
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields
from escale.web.steering.conventions.steps.step import Cleaned, StepForm

LATER = "Un fichier, à la page suivante"
IN_PREVIEW = "pièce jointe"
"""How a file is called while it is not given yet: nothing of that is kept."""


def letter_field() -> fields.RowField:
    """Return the field that asks which prepared letter was sent."""
    return fields.RowField("La lettre envoyée", lambda paper: f"{paper.file.name}, préparée le {date_words(paper.filed_on)}")


def offer_letters(form: StepForm, kind: PaperKind, *, none: str) -> None:
    """Offer the letters that were prepared and have not left, the last one first."""
    papers = prepared(form.convention, kind)
    form.offer("paper", papers, none=none)
    if papers and "paper" in form.fields and "paper" not in form.initial:
        form.initial["paper"] = papers[0].pk


def prepared(convention: Convention, kind: PaperKind) -> list[Paper]:
    """Return the letters that were prepared here and have not left, the last one first."""
    rows = Paper.objects.current().filter(convention=convention, kind=kind.value, notification=None, is_made_here=True)
    return list(rows.select_related("file").order_by("-pk"))


def values_prepared(convention: Convention, kind: PaperKind) -> Mapping[str, Any]:
    """Return what filled the last letter that was prepared: it is proposed again when its sending is recorded."""
    papers = prepared(convention, kind)
    return {name: value for name, value in papers[0].values.items() if value is not None} if papers else {}


def author_of(cleaned: Cleaned) -> Party:
    """Return the party that writes."""
    return Party(cleaned["author"])


def keep_letter(
    visitor: Visitor, convention: Convention, notification: Notification, cleaned: Cleaned, kind: PaperKind, author: Party
) -> None:
    """Say with which letter a prepared paper left, and file the copy that was given."""
    paper: Paper | None = cleaned["paper"]
    if paper is not None:
        attach_letter(actor=visitor.user, paper=paper, notification=notification)
    keep_file(visitor, convention, cleaned["file"], kind, author, notification=notification)


def keep_file(
    visitor: Visitor,
    convention: Convention,
    upload: Upload | None,
    kind: PaperKind,
    author: Party,
    *,
    notification: Notification | None = None,
    note: str = "",
) -> None:
    """File what was given with a step, if something was."""
    if upload is None:
        return
    file_paper(
        actor=visitor.user,
        convention=convention,
        kind=kind,
        content=upload.content,
        name=upload.name,
        media_type=upload.media_type,
        filed_for=author,
        notification=notification,
        note=note,
    )


def document_name(cleaned: Cleaned) -> str:
    """Return how the document of a termination is called: the letter that was prepared, else the file that is given."""
    paper: Paper | None = cleaned.get("paper")
    upload: Upload | None = cleaned["file"]
    if paper is not None:
        return paper.file.name
    return upload.name if upload else IN_PREVIEW


def date_choice(label: str, hint: str = "") -> forms.TypedChoiceField:
    """Return the field of one of a few dates, which the form offers once it knows them."""
    return forms.TypedChoiceField(label=label, help_text=hint, coerce=dt.date.fromisoformat, error_messages=fields.LIST)


def informed_on(cleaned: Cleaned) -> dt.date | None:
    """Return the day on which the other party was told by a letter; None while it is not known."""
    day: dt.date | None = cleaned["delivered"] or cleaned["presented"]
    return day
