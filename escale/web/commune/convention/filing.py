"""A mairie files the vote of its council, or the copy that was signed: it waits for the coordination to check it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.filing import file_paper
from escale.apps.conventions.models import Avenant, Convention, PaperKind, Party
from escale.apps.documents.uploads import read_upload
from escale.apps.territory import clock
from escale.web.commune.convention.expected import KINDS
from escale.web.commune.convention.forms import DeliberationForm, FilingForm, SignedCopyForm
from escale.web.commune.convention.reading import conventions_of
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter

FORMS: dict[PaperKind, type[FilingForm]] = {PaperKind.DELIBERATION: DeliberationForm, PaperKind.SIGNED: SignedCopyForm}
TITLES = {
    PaperKind.DELIBERATION: "Déposer la délibération",
    PaperKind.SIGNED: "Déposer la copie signée",
}


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def deposit(request: HttpRequest, visitor: Visitor, pk: int, kind: str) -> HttpResponse:
    """Ask for a paper and what it says, and keep it until it is checked."""
    if kind not in KINDS:
        raise Http404
    convention = get_object_or_404(conventions_of(visitor), pk=pk)
    require(visitor.user, "conventions.file", convention)
    avenant = _avenant(request, visitor, convention)
    form = FORMS[KINDS[kind]](request.POST or None, request.FILES or None, today=clock.today(visitor.epci))
    if accepted(form, lambda: _file(visitor, convention, avenant, KINDS[kind], form)):
        messages.success(request, "C’est déposé. La coordination vérifie la pièce ; vous verrez ici ce qu’il en est.")
        return redirect("commune:convention")
    seen = {
        "visitor": visitor,
        "commune": visitor.commune,
        "convention": convention,
        "avenant": avenant,
        "title": TITLES[KINDS[kind]],
        "form": form,
    }
    return render(request, "commune/convention/file_paper.html", seen)


def _avenant(request: HttpRequest, visitor: Visitor, convention: Convention) -> Avenant | None:
    asked = request.GET.get("avenant", "")
    if not asked.isdecimal():
        return None
    return get_object_or_404(Avenant.objects.visible_to(visitor.user), convention=convention, number=int(asked[:4]))


def _file(visitor: Visitor, convention: Convention, avenant: Avenant | None, kind: PaperKind, form: FilingForm) -> None:
    upload = read_upload(form.cleaned_data["file"])
    file_paper(
        actor=visitor.user,
        convention=convention,
        avenant=avenant,
        kind=kind,
        content=upload.content,
        name=upload.name,
        media_type=upload.media_type,
        filed_for=Party.COMMUNE,
        values=form.values,
    )
