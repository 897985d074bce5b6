"""What a desk proposes to someone who waits, in order: the freed slot, the next visits, a call, the office, a neighbour."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from escale.apps.booking.agenda import hours_between
from escale.apps.booking.queries import Proposals
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.hours import Hours

MOST_AFTERNOONS = 4
"""How many afternoons at the office are shown: the team has some each week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One thing to propose, in words."""

    words: str
    is_offer: bool = False


def proposals_in_order(found: Proposals) -> Iterator[Proposal]:
    """Yield what can be proposed, the best first."""
    if found.offer is not None:
        yield Proposal(words="un créneau qui se libère", is_offer=True)
    for agenda in found.own:
        yield Proposal(words=f"le passage du {weekday_date_words(agenda.line.date)}")
    if found.may_call_back:
        yield Proposal(words="un rappel par téléphone")
    for afternoon in found.office:
        yield Proposal(words=f"un rendez-vous au bureau, le {weekday_date_words(afternoon.date)}")
    for near in found.nearby:
        yield Proposal(words=f"un créneau {near.commune.place_name.at}, le {weekday_date_words(near.date)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A half-day with its free hours; the first part of each is what its button sends."""

    words: str
    hours: list[tuple[str, Hours]]


def own_choices(found: Proposals, count: int) -> list[Choices]:
    """Return the free hours of the next visits of the commune."""
    return [
        Choices(
            words=weekday_date_words(agenda.line.date),
            hours=[
                (f"passage:{agenda.visit.pk}:{agenda.line.date.isoformat()} {agenda.line.half.value}:{start}", hours)
                for start in agenda.starts_for(count)
                if (hours := agenda.hours_of(start, count))
            ],
        )
        for agenda in found.own
    ]


def office_choices(found: Proposals, count: int) -> list[Choices]:
    """Return the free hours of the next afternoons at the office; when two posts are there, whoever is free."""
    days: defaultdict[dt.date, dict[Hours, str]] = defaultdict(dict)
    for one in found.office:
        for start in one.starts_for(count):
            if hours := hours_between(one.slots, start, count):
                days[one.date].setdefault(hours, f"bureau:{one.post.pk}:{one.date.isoformat()}:{start}")
    return [
        Choices(words=weekday_date_words(day), hours=[(place, hours) for hours, place in sorted(free.items())])
        for day, free in islice(days.items(), MOST_AFTERNOONS)
    ]


def nearby_choices(found: Proposals) -> list[Choices]:
    """Return the free hours of the next visits of the neighbours."""
    return [
        Choices(
            words=f"{near.commune.place_name.at.capitalize()}, {weekday_date_words(near.date)}",
            hours=[
                (f"passage:{near.visit}:{near.date.isoformat()} {near.half.value}:{start}", hours) for start, hours in near.free
            ],
        )
        for near in found.nearby
    ]
