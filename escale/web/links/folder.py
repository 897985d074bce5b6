"""The folder of a member of the committee, behind a personal link: four short pages, drawn from the data of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.activity.queries import activity_counts
from escale.apps.audit.actors import SYSTEM
from escale.apps.committee.actions import open_folder
from escale.apps.committee.models import Invitation, Meeting, MeetingState, Proposal
from escale.apps.committee.queries import SATURATED, late_of, trials_told, waiting_by_commune
from escale.apps.evaluation.insights import insights_of
from escale.apps.schedule.models import Publication
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.french import period_words
from escale.core.convention.parties import Party
from escale.core.evaluation.insights import Insight
from escale.web.links.views import kept_private
from escale.web.steering.tour.figures import km_words

A_YEAR = dt.timedelta(days=365)


class Page(StrEnum):
    """A page of the folder; the value is the end of its address."""

    COMMUNE = "ma-commune"
    TROUBLE = "ce-qui-ne-va-pas"
    DECISIONS = "ce-que-nous-decidons"
    COSTS = "ce-que-cela-coute"


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDays:
    """The half-days of a period: those that stand and are over, those that were given up, those to come, and the next one."""

    held: int
    given_up: int
    coming: int
    next: dt.date | None


@kept_private
@require_safe
def show_folder(request: HttpRequest, key: str, page: str = Page.COMMUNE.value) -> HttpResponse:
    """Show one page of the folder of whoever holds the key."""
    invitation = open_folder(key=key)
    if invitation is None or page not in set(Page):
        return render(request, "links/unknown.html", status=404)
    meeting, commune = invitation.meeting, invitation.member.commune
    titles = _titles(commune)
    pages = list(Page)
    rank = pages.index(Page(page))
    seen = {
        "epci": meeting.epci,
        "invitation": invitation,
        "meeting": meeting,
        "commune": commune,
        "page": page,
        "title": titles[Page(page)],
        "pages": [(one.value, titles[one]) for one in pages],
        "before": pages[rank - 1].value if rank else "",
        "after": pages[rank + 1].value if rank + 1 < len(pages) else "",
        **_CONTENTS[Page(page)](invitation),
    }
    return render(request, f"links/folder/{page}.html", seen)


def _titles(commune: Commune | None) -> dict[Page, str]:
    return {
        Page.COMMUNE: "Ma commune" if commune else "Le territoire",
        Page.TROUBLE: "Ce qui ne va pas",
        Page.DECISIONS: "Ce que nous décidons",
        Page.COSTS: "Ce que cela coûte",
    }


def _commune(invitation: Invitation) -> dict[str, object]:
    epci, commune = invitation.meeting.epci, invitation.member.commune
    first, last = _period(invitation.meeting)
    counts = activity_counts(SYSTEM, epci, first, last, commune=commune)
    return {
        "period": period_words(first, last),
        "days": _half_days(epci, commune, first, last),
        "accompaniments": counts.participations + counts.helped_elsewhere,
        "left": counts.left,
    }


def _trouble(invitation: Invitation) -> dict[str, object]:
    epci, commune = invitation.meeting.epci, invitation.member.commune
    owing = {Party.COMMUNE: "La commune", Party.EPCI: epci.name}
    late = [
        (where, one, owing[one.obligation.party]) for where, one in late_of(epci, clock.today(epci)) if commune in {None, where}
    ]
    waiting = [(where, count) for where, count in waiting_by_commune(epci).items() if commune in {None, where}]
    found = insights_of(epci, clock.today(epci))
    return {
        "late": late,
        "waiting": waiting,
        "saturated": SATURATED,
        "own": _own(found, commune),
        "whole": [one.whole for one in found if one.whole],
    }


def _own(found: Sequence[Insight], commune: Commune | None) -> list[tuple[str, str]]:
    """Return what the data show of a commune alone, with its articles; of every commune to whoever speaks for all."""
    if commune is None:
        return [(one.sentence, one.articles_words) for one in found if one.lines]
    lines = [(one, line) for one in found if (line := one.line_of(commune.code))]
    return [(f"{one.of_one} : {line.words}.", one.articles_words) for one, line in lines]


def _decisions(invitation: Invitation) -> dict[str, object]:
    rows = Proposal.objects.filter(epci=invitation.meeting.epci).open().prefetch_related("communes").order_by("number")
    return {"proposals": list(rows)}


def _costs(invitation: Invitation) -> dict[str, object]:
    meeting, commune = invitation.meeting, invitation.member.commune
    first, last = dt.date(meeting.date.year, 1, 1), dt.date(meeting.date.year, 12, 31)
    standing = Visit.objects.filter(epci=meeting.epci, date__range=(first, last)).standing()
    published = Publication.objects.current().filter(epci=meeting.epci, month__startswith=str(meeting.date.year))
    plans = {row.plan.pk: row.plan for row in published.select_related("plan")}
    open_ones = Proposal.objects.filter(epci=meeting.epci).open()
    return {
        "year": meeting.date.year,
        "all_days": standing.count(),
        "own_days": standing.filter(commune=commune).count() if commune else None,
        "trials": trials_told(open_ones),
        "kilometres": km_words(next(iter(plans.values()))) if len(plans) == 1 else "",
    }


_CONTENTS = {Page.COMMUNE: _commune, Page.TROUBLE: _trouble, Page.DECISIONS: _decisions, Page.COSTS: _costs}


def _period(meeting: Meeting) -> tuple[dt.date, dt.date]:
    """Return the days since the last meeting that was held, or the last year; never after today."""
    today = clock.today(meeting.epci)
    held = Meeting.objects.filter(epci=meeting.epci, state=MeetingState.HELD.value, date__lt=meeting.date).first()
    return (held.date if held else today - A_YEAR), today


def _half_days(epci: Epci, commune: Commune | None, first: dt.date, last: dt.date) -> HalfDays:
    rows = Visit.objects.filter(epci=epci) if commune is None else Visit.objects.filter(epci=epci, commune=commune)
    coming = rows.coming().from_day(last)
    return HalfDays(
        held=rows.standing().filter(date__range=(first, last)).exclude(pk__in=coming.values("pk")).count(),
        given_up=rows.given_up().filter(date__range=(first, last)).count(),
        coming=coming.count(),
        next=coming.values_list("date", flat=True).first(),
    )
