"""File a paper, check what a commune filed or send it back, and let the lawyer's text replace the one that is made."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.filing import (
    check_paper,
    file_paper,
    replace_draft_text,
    return_to_model_text,
    send_paper_back,
)
from escale.apps.conventions.comparing import comparison_of
from escale.apps.conventions.kept import corrected_draft
from escale.apps.conventions.models import Paper
from escale.apps.territory.clock import today
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.paper_forms import DraftTextForm, PaperForm, ReasonForm
from escale.web.steering.conventions.papers import convention_of, paper_of


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_paper(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """File a paper of a convention."""
    convention = convention_of(visitor, pk)
    require(visitor.user, "conventions.manage", convention)
    form = PaperForm(request.POST or None, request.FILES or None, convention=convention)

    def file() -> Paper:
        upload = form.upload
        return file_paper(
            actor=visitor.user,
            convention=convention,
            content=upload.content,
            name=upload.name,
            media_type=upload.media_type,
            **form.values,
        )

    if accepted(form, file):
        messages.success(request, "La pièce est au dossier, avec son empreinte.")
        return redirect("steering:convention_papers", pk)
    seen = {"visitor": visitor, "convention": convention, "form": form}
    return render(request, "steering/conventions/papers/file.html", seen)


@require_POST
@enter(Journey.STEERING)
def accept_paper(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Say that what a commune filed is what it should be."""
    paper = paper_of(visitor, pk)
    if performed(request, lambda: check_paper(actor=visitor.user, paper=paper)):
        messages.success(request, "La pièce est vérifiée.")
    return redirect("steering:convention_papers", paper.convention_id)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def return_paper(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Send back what a commune filed, with the reason that it reads."""
    paper = paper_of(visitor, pk)
    require(visitor.user, "conventions.manage", paper.convention)
    form = ReasonForm(request.POST or None)
    if accepted(form, lambda: send_paper_back(actor=visitor.user, paper=paper, why=form.cleaned_data["why"])):
        messages.success(request, f"La pièce est renvoyée à {paper.convention.commune}, avec le motif.")
        return redirect("steering:convention_papers", paper.convention_id)
    seen = {"visitor": visitor, "convention": paper.convention, "paper": paper, "form": form}
    return render(request, "steering/conventions/papers/send_back.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def replace_text(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Replace the text of a draft by the lawyer's file, and show what that file changes."""
    convention = convention_of(visitor, pk)
    require(visitor.user, "conventions.manage", convention)
    form = DraftTextForm(request.POST or None, request.FILES or None)

    def replace() -> Paper:
        note = form.cleaned_data["note"]
        return replace_draft_text(actor=visitor.user, convention=convention, upload=form.upload, note=note)

    if accepted(form, replace):
        messages.success(request, "Ce fichier remplace le texte produit ; ce qu’il change est montré ici.")
        return redirect("steering:draft_text", pk)
    current = None if convention.frozen_on else corrected_draft(convention)
    seen = {
        "visitor": visitor,
        "convention": convention,
        "form": form,
        "back": ReasonForm(prefix="retour"),
        "current": current,
        "compared": comparison_of(current, today(visitor.epci)) if current else None,
        "is_draft": not (convention.frozen_on or convention.abandoned_on),
    }
    return render(request, "steering/conventions/papers/draft_text.html", seen)


@require_POST
@enter(Journey.STEERING)
def restore_text(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Let the text that the model makes stand again."""
    convention = convention_of(visitor, pk)
    form = ReasonForm(request.POST, prefix="retour")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if performed(request, lambda: return_to_model_text(actor=visitor.user, convention=convention, why=why)):
        messages.success(request, "Le texte produit par le modèle vaut de nouveau ; le fichier reste au dossier.")
        return redirect("steering:convention_papers", pk)
    return redirect("steering:draft_text", pk)
