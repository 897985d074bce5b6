"""The papers of a convention: those that are kept, those that can be made now, and each of them as a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.kept import corrected_draft
from escale.apps.conventions.labels import PAPER_KINDS
from escale.apps.conventions.models import Convention, Paper, PaperKind, Party
from escale.apps.conventions.producing import (
    FORM_WORDS,
    MEDIA_TYPES,
    REFUSALS,
    RENDERED,
    Form,
    UnknownDocumentError,
    document_of,
    file_name,
    frozen_file,
    producible_of,
)
from escale.apps.conventions.queries import recorded
from escale.apps.territory.clock import today
from escale.web.attachments import attached, attached_file
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.tour.drafts import who

SHOWN_SIGNS = 8
"""Of a hash in a list: enough to tell two papers apart; the whole unfolds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper in the list, with what is said of it in words."""

    paper: Paper
    kind: str
    of: str
    who: str
    short: str
    replaced_by: Paper | None


def convention_of(visitor: Visitor, pk: int) -> Convention:
    """Return a convention whose papers are for this visitor; refuse the others."""
    seen = Convention.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    convention = get_object_or_404(recorded(seen), pk=pk)
    require(visitor.user, "conventions.see", convention)
    return convention


def paper_of(visitor: Visitor, pk: int) -> Paper:
    """Return a paper that this visitor sees."""
    papers = Paper.objects.visible_to(visitor.user).with_files().select_related("convention__epci", "convention__commune")
    return get_object_or_404(papers, pk=pk, convention__epci=visitor.epci)


@require_safe
@enter(Journey.STEERING)
def show_papers(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show what is kept, what waits to be checked, and what can be made now."""
    convention = convention_of(visitor, pk)
    lines, documents = paper_lines(visitor, convention), producible_of(convention, today(visitor.epci))
    seen = {
        "visitor": visitor,
        "convention": convention,
        "waiting": [line for line in lines if line.paper.waits],
        "papers": [line for line in lines if not line.paper.waits],
        "documents": documents,
        "lacks": any(document.missing for document in documents),
        "forms": [(form.value, words) for form, words in FORM_WORDS.items()],
        "corrected": None if convention.frozen_on else corrected_draft(convention),
        "is_draft": not (convention.frozen_on or convention.abandoned_on),
        "may_file": visitor.holds("conventions.manage") and not convention.archived_on,
    }
    return render(request, "steering/conventions/papers/list.html", seen)


@require_safe
@enter(Journey.STEERING)
def send_paper(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the file of a paper, as it was kept."""
    return attached_file(paper_of(visitor, pk).file)


@require_safe
@enter(Journey.STEERING)
def make_document(request: HttpRequest, visitor: Visitor, pk: int, kind: str, file_format: str) -> HttpResponse:
    """Make a document of a convention now, or lead to it once it is frozen; when something is missing, say all that is."""
    convention = convention_of(visitor, pk)
    if file_format not in set(Form):
        raise Http404
    form = Form(file_format)
    if paper := frozen_file(convention, kind, form):
        return redirect("steering:paper", paper.pk)
    try:
        content = RENDERED[form](document_of(convention, kind, today(visitor.epci)))
    except UnknownDocumentError:
        raise Http404 from None
    except REFUSALS as refusal:
        missing = getattr(refusal, "missing", (str(refusal),))
        seen = {"visitor": visitor, "convention": convention, "missing": missing}
        return render(request, "steering/conventions/papers/missing.html", seen, status=409)
    return attached(content, name=file_name(convention, kind, form), media_type=MEDIA_TYPES[form])


def paper_lines(visitor: Visitor, convention: Convention) -> list[PaperLine]:
    """Return the papers of a convention that the visitor sees, the last one first."""
    rows = Paper.objects.visible_to(visitor.user).filter(convention=convention).with_files()
    papers = list(rows.select_related("avenant", "replaced_by", "replaces").order_by("-filed_on", "-pk"))
    names = who(paper.filed_by for paper in papers)
    return [
        PaperLine(
            paper=paper,
            kind=_kind_words(paper),
            of=str(convention.commune if paper.filed_for == Party.COMMUNE else convention.epci),
            who=names[paper.filed_by],
            short=paper.file.sha256[:SHOWN_SIGNS],
            replaced_by=getattr(paper, "replaced_by", None),
        )
        for paper in papers
    ]


def _kind_words(paper: Paper) -> str:
    words = capfirst(PAPER_KINDS[PaperKind(paper.kind)])
    if paper.avenant and paper.kind != PaperKind.AVENANT:
        return f"{words}, avenant n° {paper.avenant.number}"
    return f"Avenant n° {paper.avenant.number}" if paper.avenant else words
