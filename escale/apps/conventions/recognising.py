"""Whether a file is a paper that is kept here, told to anyone who has it: nothing is said of what is not public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.conventions.labels import PAPER_KINDS
from escale.apps.conventions.models import Paper, PaperKind

PUBLIC = (PaperKind.TEXT, PaperKind.AVENANT, PaperKind.DELIBERATION, PaperKind.SIGNED)
"""What anyone may ask for once it has been notified (L. 311-1 CRPA); letters and inner papers are for the parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A paper that is kept here; its facts are empty when only the parties may tell them."""

    kind: str = ""
    of: str = ""
    day: dt.date | None = None
    is_replaced: bool = False

    @property
    def is_public(self) -> bool:
        """Whether more may be said than that it is known."""
        return bool(self.kind)


def recognise(sha256: str) -> tuple[Recognised, ...]:
    """Return the papers that have a hash, the oldest first; those that are not public as one that says nothing."""
    rows = Paper.objects.filter(file__content__sha256=sha256).with_files()
    papers = list(rows.select_related("convention__commune", "avenant", "replaced_by").order_by("filed_on", "pk"))
    told = tuple(_told(paper) for paper in papers if _is_public(paper))
    return told or ((Recognised(),) if papers else ())


def _is_public(paper: Paper) -> bool:
    notified = paper.avenant.notified_on if paper.avenant else paper.convention.notified_on
    return notified is not None and paper.kind in PUBLIC and paper.checked_on is not None


def _told(paper: Paper) -> Recognised:
    what = f"avenant n°\u00a0{paper.avenant.number}" if paper.avenant else "convention"
    return Recognised(
        kind=PAPER_KINDS[PaperKind(paper.kind)],
        of=f"{what} avec {paper.convention.commune}",
        day=paper.filed_on,
        is_replaced=hasattr(paper, "replaced_by"),
    )
