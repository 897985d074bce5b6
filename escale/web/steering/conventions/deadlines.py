"""The deadlines of all conventions: a list by month, and the address of their calendar."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import Convention
from escale.apps.messaging.feeds import Feed
from escale.apps.obligations.deadlines import Deadline, DeadlineKind, deadlines_of
from escale.apps.territory import clock
from escale.core.calendar.months import Month
from escale.web.feeds.pages import feed_page
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.reading import visible

AHEAD = dt.timedelta(days=366)
"""How far the list looks: a year, so that each term is seen once."""

KIND_WORDS = {
    DeadlineKind.TERM: "Fin",
    DeadlineKind.RENEWAL: "Reconduction",
    DeadlineKind.DENOUNCE: "Dénonciation",
    DeadlineKind.POST: "Lettre à poster",
    DeadlineKind.CURE: "Mise en demeure",
    DeadlineKind.EVALUATION: "Évaluation",
    DeadlineKind.ACT: "Acte attendu",
    DeadlineKind.COUNCIL: "Séance",
    DeadlineKind.LETTER: "Lettre en chemin",
    DeadlineKind.RECOURSE: "Recours",
    DeadlineKind.AMICABLE: "Recherche amiable",
    DeadlineKind.INSURANCE: "Assurance",
    DeadlineKind.REFERENT: "Référent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDeadline:
    """What falls due on one day, with all the conventions for which it does."""

    day: dt.date
    kind: str
    words: str
    owed_by: str
    conventions: Sequence[Convention]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """One kind of deadline with how many there are, as a link that filters."""

    value: str
    words: str
    count: int


@require_safe
@enter(Journey.STEERING)
def show_deadlines(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List what falls due within a year, month by month, of all kinds or of one."""
    require(visitor.user, "feeds.deadlines", visitor.epci)
    today = clock.today(visitor.epci)
    found = deadlines_of(visible(visitor).defer("text", "values"), today, today + AHEAD)
    kind = request.GET.get("quoi", "")
    shown = [deadline for deadline in found if not kind or deadline.kind == kind]
    seen = {
        "visitor": visitor,
        "kind": kind,
        "total": len(found),
        "kinds": _kinds(found),
        "months": _months(shown),
        "until": today + AHEAD,
    }
    return render(request, "steering/conventions/deadlines.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_feed(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the address at which an agenda follows the deadlines."""
    require(visitor.user, "feeds.deadlines", visitor.epci)
    feed = Feed.of_deadlines(visitor.epci)
    return feed_page(request, visitor, feed, "steering/conventions/deadlines_feed.html", {})


def _kinds(found: Iterable[Deadline]) -> list[KindCount]:
    counted = Counter(deadline.kind for deadline in found)
    return [KindCount(value=kind.value, words=words, count=counted[kind]) for kind, words in KIND_WORDS.items() if counted[kind]]


def _months(found: Iterable[Deadline]) -> list[tuple[Month, list[ShownDeadline]]]:
    """Return what falls due, by month; what is the same on one day for several conventions is one line."""
    return [
        (month, [_shown(list(same)) for _, same in groupby(sorted(of_month, key=_same), key=_same)])
        for month, of_month in groupby(found, key=lambda deadline: Month.of(deadline.day))
    ]


def _same(deadline: Deadline) -> tuple[dt.date, str, str]:
    return deadline.day, deadline.kind, deadline.words


def _shown(same: Sequence[Deadline]) -> ShownDeadline:
    first = same[0]
    return ShownDeadline(
        day=first.day,
        kind=KIND_WORDS[first.kind],
        words=first.words,
        owed_by=PARTIES[first.owed_by] if first.owed_by else "",
        conventions=[one.convention for one in same if one.convention],
        address="" if first.convention else reverse(first.address_name),
    )
