"""One question on a page of its own: a form, what it does, and where it leads back to."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from escale.web.journeys import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page asks, the words of its button, the page that it leads back to; `plain` where an empty choice omits nothing."""

    question: str
    button: str
    back: str
    note: str = ""
    back_words: str = "Comité de suivi"
    plain: bool = False


def ask(request: HttpRequest, visitor: Visitor, form: forms.Form, asked: Asked) -> HttpResponse:
    """Show a question of the committee."""
    return render(request, "steering/committee/ask.html", {"visitor": visitor, "form": form, "asked": asked})
