"""The days of the permanences: who is in which médiathèque; counted apart from the conventions (art. 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from escale.apps.team.models import Leave, Mediator, Occupancy, Permanence, Post
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import closed_days_of_territory, holidays_between
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.hours import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class PermanenceDay:
    """One permanence on one day; `mediator` is None when the post is vacant or its holder away."""

    permanence: Permanence
    date: dt.date
    mediator: Mediator | None

    @property
    def half(self) -> Half:
        """The half of the day."""
        return Half(self.permanence.half)

    @property
    def half_words(self) -> str:
        """The half of the day in French."""
        return HALF_WORDS[self.half]

    @property
    def hours(self) -> Hours:
        """From when to when."""
        return self.permanence.hours


def permanence_days(epci: Epci, first: dt.date, last: dt.date, *, posts: Collection[Post] | None = None) -> list[PermanenceDay]:
    """Return the permanences of a period, both ends included, in order; none on public holidays nor when all is closed."""
    rows = Permanence.objects.filter(epci=epci).between(first, last).select_related("commune", "post")
    if posts is not None:
        rows = rows.filter(post__in=posts)
    known = list(rows)
    if not known:
        return []
    shut = holidays_between(epci, first, last) | closed_days_of_territory(epci, first, last)
    held = list(Occupancy.objects.filter(post__in=[row.post_id for row in known]).between(first, last).select_related("mediator"))
    leaves = list(Leave.objects.filter(mediator__in=[row.mediator_id for row in held]).between(first, last))
    days = [
        PermanenceDay(permanence=row, date=day, mediator=_there(row.post, day, held, leaves))
        for row in known
        for day in row.rotation.days_between(first, last)
        if day not in shut
    ]
    return sorted(days, key=lambda one: (one.date, one.permanence.opens, one.permanence.place))


def permanences_of_mediator(mediator: Mediator, first: dt.date, last: dt.date) -> list[PermanenceDay]:
    """Return the permanences that a mediator keeps in a period, in the posts that they hold."""
    posts = list(Post.objects.filter(occupancies__mediator=mediator).distinct())
    return [one for one in permanence_days(mediator.epci, first, last, posts=posts) if one.mediator == mediator]


def _there(post: Post, day: dt.date, held: Collection[Occupancy], leaves: Collection[Leave]) -> Mediator | None:
    row = next((row for row in held if row.post_id == post.pk and row.holds_on(day) and post.holds_on(day)), None)
    if row is None or any(leave.mediator_id == row.mediator_id and leave.holds_on(day) for leave in leaves):
        return None
    return row.mediator
