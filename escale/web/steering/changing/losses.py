"""What already asks for a repair: published visits to which nobody can come, by what took their mediator away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from escale.apps.schedule.problems import mediator_id
from escale.apps.team.models import Leave, Post
from escale.apps.territory.models import Epci
from escale.apps.visits.queries import VisitLine, visits_without_anyone
from escale.core.calendar.french import date_words, period_words

NAMED = 6
"""How many visits of a loss are named; a page counts the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Visits that one absence, or one vacant post, leaves without anyone: the first of them, and where their repair is asked."""

    visits: int
    words: str
    address: str
    first: Sequence[VisitLine] = ()


def losses(epci: Epci, today: dt.date) -> list[Loss]:
    """Return the absences and the vacant posts that leave published visits without anyone, from a day on."""
    lines = visits_without_anyone(epci, today)
    leaves = _leaves(lines)
    absent: dict[tuple[Leave, Post], list[VisitLine]] = {}
    vacant: dict[Post, list[VisitLine]] = {}
    for line in lines:
        leave = next((leave for leave in leaves if leave.mediator == line.mediator and leave.holds_on(line.date)), None)
        if leave:
            absent.setdefault((leave, line.post), []).append(line)
        else:
            vacant.setdefault(line.post, []).append(line)
    found = [_of_leave(leave, post, visits) for (leave, post), visits in absent.items()]
    return found + [_of_vacancy(post, some) for post, some in vacant.items()]


def _leaves(lines: list[VisitLine]) -> list[Leave]:
    mediators = {line.mediator.pk for line in lines if line.mediator}
    if not mediators:
        return []
    dates = [line.date for line in lines]
    leaves = Leave.objects.filter(mediator__in=mediators).between(min(dates), max(dates))
    return list(leaves.select_related("mediator").order_by("starts"))


def _of_leave(leave: Leave, post: Post, lines: list[VisitLine]) -> Loss:
    return Loss(
        visits=len(lines),
        first=lines[:NAMED],
        words=f"{leave.mediator.first_name}, {period_words(leave.starts, leave.ends)}",
        address=_asked("absence", post=mediator_id(post), starts=f"{leave.starts}", ends=f"{leave.ends}"),
    )


def _of_vacancy(post: Post, lines: list[VisitLine]) -> Loss:
    first = lines[0].date
    return Loss(
        visits=len(lines),
        first=lines[:NAMED],
        words=f"{post} vacant, à partir du {date_words(first)}",
        address=_asked("poste", post=mediator_id(post), starts=f"{first}"),
    )


def _asked(what: str, **known: str) -> str:
    return f"{reverse('steering:tell_happening', args=[what])}?{urlencode(known)}"
