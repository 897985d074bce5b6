"""The afternoons at the office for what is very specific (art. 4): those of the posts that go nowhere that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.booking.models import HeldSlot
from escale.apps.team.models import Post
from escale.apps.team.queries import away_days_of, windows_of_posts
from escale.apps.territory import clock
from escale.apps.territory.catalogue import APPOINTMENT_SLOT_MINUTES
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import closed_days_of_territory, holidays_between, hours_at, value_of
from escale.apps.visits.models import Visit
from escale.core.booking.slots import Slot, cut, free_starts
from escale.core.calendar.halfdays import Half, Weekday, Window

HALF = Half.PM


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAfternoon:
    """An afternoon of a post at the office, and what of it can still be booked."""

    post: Post
    date: dt.date
    minutes: int
    slots: Sequence[Slot]
    free: Sequence[Slot]

    def starts_for(self, count: int) -> tuple[int, ...]:
        """Return the slots from which so many in a row can be booked."""
        return free_starts(self.slots, {slot.number for slot in self.slots} - {slot.number for slot in self.free}, count)


def office_afternoons(epci: Epci, first: dt.date, last: dt.date) -> list[OfficeAfternoon]:
    """Return the afternoons at the office of a period, in the order of time; those that are past give no free slot."""
    posts = list(Post.objects.filter(epci=epci).between(first, last))
    closed = holidays_between(epci, first, last) | closed_days_of_territory(epci, first, last)
    away = away_days_of(posts, first, last)
    out = set(Visit.objects.filter(epci=epci, half=HALF.value).standing().between(first, last).values_list("post", "date"))
    taken: dict[tuple[int, dt.date], set[int]] = {}
    rows = HeldSlot.objects.filter(post__in=posts, date__range=(first, last))
    for key, day, number in rows.values_list("post", "date", "number"):
        if key is not None and day is not None:
            taken.setdefault((key, day), set()).add(number)
    windows = windows_of_posts(posts, first, last)
    now, minutes = clock.moment(epci), value_of(epci, APPOINTMENT_SLOT_MINUTES)
    slots = cut(hours_at(epci, None, HALF), minutes)
    found = []
    for date in (first + dt.timedelta(days=number) for number in range((last - first).days + 1)):
        window = Window(weekday=Weekday(date.weekday()), half=HALF)
        for post in posts:
            if date in closed or date in away[post.pk] or (post.pk, date) in out or window not in windows(post, date):
                continue
            held = taken.get((post.pk, date), set())
            free = [slot for slot in slots if slot.number not in held and _is_coming(date, slot, now)]
            found.append(OfficeAfternoon(post=post, date=date, minutes=minutes, slots=slots, free=free))
    return found


def _is_coming(date: dt.date, slot: Slot, now: dt.datetime) -> bool:
    return dt.datetime.combine(date, slot.hours.starts, tzinfo=now.tzinfo) >= now
