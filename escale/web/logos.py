"""The page on which an EPCI or a commune gives its logo, in the look of the journey."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from escale.apps.audit.actors import require
from escale.apps.documents.logos import KINDS_OF_LOGOS, default_alternative, logo_of, remove_logo, set_logo
from escale.apps.documents.models import LONGEST_ALTERNATIVE
from escale.apps.documents.uploads import accepted_names, require_small
from escale.apps.territory.models import Commune
from escale.core.documents.tree import Picture
from escale.web.forms import accepted
from escale.web.journeys import Visitor


class LogoForm(forms.Form):
    """A file, and the words that stand for it."""

    file = forms.FileField(
        label="Le fichier du logo",
        required=False,
        help_text="PNG ou JPEG, 2 Mo au plus. 900 points de large suffisent : un plus grand est réduit.",
        widget=forms.FileInput(attrs={"accept": accepted_names(KINDS_OF_LOGOS)}),
        error_messages={"empty": "Ce fichier est vide ; choisir celui du logo."},
    )
    alternative = forms.CharField(
        label="Ce que le logo dit",
        required=False,
        max_length=LONGEST_ALTERNATIVE,
        help_text="Lu à voix haute à qui ne voit pas l’image.",
        error_messages={"max_length": f"C’est trop long : {LONGEST_ALTERNATIVE} signes au plus."},
    )

    def values(self) -> dict[str, Any]:
        """Return what the action asks for. Raise ValidationError for a file that is too large to be read."""
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is not None:
            require_small(upload)
        content = upload.read() if upload else None
        return {
            "name": (upload.name if upload else None) or "logo",
            "content": content,
            "alternative": self.cleaned_data["alternative"],
        }


def choose_logo(
    request: HttpRequest, visitor: Visitor, commune: Commune | None, *, base: str, back: str, back_words: str
) -> HttpResponse:
    """Give, describe, replace or remove a logo, then go back to the page that leads here."""
    epci = visitor.epci
    require(visitor.user, "mairies.manage" if commune else "territory.manage", commune or epci)
    if request.POST.get("do") == "remove":
        remove_logo(actor=visitor.user, epci=epci, commune=commune)
        messages.success(request, "Le logo est retiré : les prochaines affiches n’en portent plus.")
        return redirect(request.path)
    logo = logo_of(epci, commune)
    words = logo.alternative if logo else default_alternative(epci, commune)
    form = LogoForm(request.POST or None, request.FILES or None, initial={"alternative": words})
    if accepted(form, lambda: set_logo(actor=visitor.user, epci=epci, commune=commune, **form.values())):
        messages.success(request, "C’est noté. Les affiches et les calendriers de poche le portent dès maintenant.")
        return redirect(request.path)
    seen = {
        "visitor": visitor,
        "base": base,
        "commune": commune,
        "form": form,
        "logo": logo,
        "shown": _shown(logo) if logo else "",
        "back": back,
        "back_words": back_words,
    }
    return render(request, "logo.html", seen)


def _shown(logo: Picture) -> str:
    """Return a picture as an address of its own: the page asks for nothing more."""
    return f"data:image/png;base64,{base64.b64encode(logo.content).decode()}"
