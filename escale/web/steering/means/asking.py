"""One page for each question about the means: the form, what its button says, the way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from escale.web.journeys import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: what it asks, its button, the page that it comes from (its name in addresses, and in French)."""

    question: str
    button: str
    here: str
    back: str
    back_words: str
    key: int | None = None

    @property
    def address(self) -> str:
        """Where one comes from."""
        return reverse(f"steering:{self.back}", args=[self.key] if self.key else [])


def ask(request: HttpRequest, visitor: Visitor, form: Form, asked: Asked) -> HttpResponse:
    """Show a question with its form."""
    return render(request, "steering/means/asked.html", {"visitor": visitor, "form": form, "asked": asked})
