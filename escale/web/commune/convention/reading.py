"""What the page of a convention shows to a mairie, composed from what is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.conventions.labels import PAPER_KINDS
from escale.apps.conventions.models import Convention, Paper, PaperKind
from escale.apps.conventions.models.conventions import ConventionQuerySet, of_communes
from escale.apps.conventions.queries import recorded, state_of, terms_on
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.convention.life import BEFORE_FORCE, RUNNING, STATE_WORDS, Situation, State
from escale.core.convention.terms import Terms
from escale.web.commune.convention.expected import Expected, expected_of
from escale.web.commune.convention.history import Moment, history_of
from escale.web.commune.convention.words import state_sentences
from escale.web.journeys import Visitor

TONES = {
    State.IN_FORCE: "good",
    State.IN_NOTICE: "soon",
    State.IN_DELIBERATION: "info",
    State.TO_SIGN: "info",
    State.SIGNED: "info",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper, and what it is in words."""

    paper: Paper
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneConvention:
    """One convention as its mairie reads it. `signed_by` is the commune that signed it, when a commune nouvelle took it over."""

    convention: Convention
    situation: Situation
    sentences: Sequence[str]
    expected: Sequence[Expected]
    papers: Sequence[PaperLine]
    history: Sequence[Moment]
    terms: Terms
    signed_by: Commune | None

    @property
    def state(self) -> str:
        """The state in one or two words."""
        return STATE_WORDS[self.situation.state]

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return TONES.get(self.situation.state, "")

    @property
    def is_current(self) -> bool:
        """Whether it is in force or on its way to it."""
        return self.situation.state in (*RUNNING, *BEFORE_FORCE)


def conventions_of(visitor: Visitor) -> ConventionQuerySet:
    """Return the conventions of a commune, and those that a commune nouvelle has taken over (L. 2113-5 CGCT)."""
    here = of_communes({visitor.commune.code})
    return Convention.objects.visible_to(visitor.user).filter(here, epci=visitor.epci)


def read_conventions(visitor: Visitor) -> list[CommuneConvention]:
    """Return the conventions of a commune, what is current first, then the latest ones."""
    on = clock.today(visitor.epci)
    rows = recorded(conventions_of(visitor)).prefetch_related(
        "signatures__signatory", "mises_en_demeure__notification", "authorisations__avenant"
    )
    found = [_read(visitor, convention, on) for convention in rows]
    return sorted(found, key=lambda one: (not one.is_current, -(one.convention.notified_on or on).toordinal()))


def awaited_count(visitor: Visitor) -> int:
    """Return how many things the commune is expected to do now for its convention."""
    on = clock.today(visitor.epci)
    rows = recorded(conventions_of(visitor)).prefetch_related("mises_en_demeure__notification")
    found = {one.words for row in rows for one in expected_of(visitor, row, state_of(row, on), on) if not one.waits}
    return len(found)


def _read(visitor: Visitor, convention: Convention, on: dt.date) -> CommuneConvention:
    situation = state_of(convention, on)
    reads_letters = visitor.user.may("conventions.see", convention)
    return CommuneConvention(
        convention=convention,
        situation=situation,
        sentences=list(state_sentences(convention, situation, on)),
        expected=expected_of(visitor, convention, situation, on),
        papers=_papers(visitor, convention),
        history=history_of(convention, on, with_letters=reads_letters),
        terms=terms_on(convention, on),
        signed_by=convention.commune if convention.commune_id != visitor.commune.pk else None,
    )


def _papers(visitor: Visitor, convention: Convention) -> list[PaperLine]:
    """Return what may be read, the latest first; what was sent back stays, with the reason."""
    rows = Paper.objects.visible_to(visitor.user).filter(convention=convention, replaced_by=None)
    found = []
    for paper in rows.with_files().select_related("avenant").order_by("-filed_on", "-pk"):
        words = PAPER_KINDS[PaperKind(paper.kind)]
        if paper.avenant:
            words += f" n° {paper.avenant.number}" if paper.kind == PaperKind.AVENANT else f", avenant n° {paper.avenant.number}"
        found.append(PaperLine(paper=paper, words=f"{words[:1].upper()}{words[1:]}"))
    return found
