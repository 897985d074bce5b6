"""Anyone who has a file, or its hash, reads whether it is a paper that is kept here. The file itself is not kept."""

from __future__ import annotations

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from escale.apps.conventions.recognising import recognise
from escale.apps.documents.files import read_sha256
from escale.apps.documents.uploads import MOST_MEGABYTES, require_small

LONGEST_HASH = 200


class CheckForm(forms.Form):
    """A file, or its hash; both are told by `sha256`."""

    file = forms.FileField(
        label="Le fichier",
        required=False,
        help_text=f"{MOST_MEGABYTES} Mo au plus. Il est lu, comparé, et n’est pas gardé.",
        error_messages={"empty": "Ce fichier est vide ; choisir celui qui contient le document."},
    )
    typed = forms.CharField(
        label="Ou son empreinte SHA-256",
        required=False,
        max_length=LONGEST_HASH,
        help_text="64 chiffres et lettres de a à f.",
        error_messages={"max_length": "C’est trop long pour une empreinte : 64 chiffres et lettres de a à f."},
    )

    def clean_typed(self) -> str:
        """Refuse what is no hash."""
        typed: str = self.cleaned_data["typed"]
        found = read_sha256(typed) if typed else ""
        if found is None:
            raise ValidationError("Ce n’est pas une empreinte SHA-256 : elle a 64 chiffres et lettres de a à f.")
        return found

    def clean(self) -> None:
        """Ask for one or the other; refuse a file that is too large before any of it is read."""
        if upload := self.cleaned_data.get("file"):
            require_small(upload)
        if not self.errors and not self.cleaned_data["file"] and not self.cleaned_data["typed"]:
            raise ValidationError("Choisir un fichier, ou copier son empreinte.")

    @property
    def sha256(self) -> str:
        """The hash of the file, read piece by piece; else the one that was typed."""
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is None:
            return str(self.cleaned_data["typed"])
        told = hashlib.sha256()
        for some in upload.chunks():
            told.update(some)
        return told.hexdigest()


@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Say whether a file is kept here, and what it is when that is public."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    seen: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        sha256 = form.sha256
        seen |= {"sha256": sha256, "found": recognise(sha256), "asked": True}
    return render(request, "public/check_file.html", seen)
