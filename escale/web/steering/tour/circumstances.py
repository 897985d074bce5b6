"""What the database knows of the days of a tour: holidays, closed halls, who is away, and what the posts are called."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from escale.apps.audit.actors import Actor
from escale.apps.schedule.wishes import wishes_of
from escale.apps.team.models import Occupancy, Post
from escale.apps.team.queries import away_days_of
from escale.apps.territory.catalogue import HOLIDAY_AREA
from escale.apps.territory.models import Closure, Epci, Premises, TerritoryClosure
from escale.apps.territory.queries import value_of
from escale.core.calendar.holidays import holidays_of
from escale.core.calendar.months import Month
from escale.web.steering.tour.reasons import Circumstances


def posts_of(actor: Actor, epci: Epci, used: Collection[int], first: dt.date, last: dt.date) -> dict[int, str]:
    """Return what the posts are called, in order: by who holds them for those who see the team, else by a number."""
    posts = {post.pk: post for post in Post.objects.visible_to(actor).filter(epci=epci, pk__in=used)}
    held = Occupancy.objects.visible_to(actor).filter(post__in=posts).between(first, last).select_related("mediator")
    people = {row.post_id: row.mediator for row in held.order_by("starts")}
    names = {
        key: f"{post.label} : {people[key]}" if key in people else post.label
        for key, post in sorted(posts.items(), key=lambda pair: (pair[1].label, pair[0]))
    }
    every = Post.objects.filter(epci=epci).order_by("pk").values_list("pk", flat=True)
    return names or {key: f"Médiateur n° {number}" for number, key in enumerate(every, start=1) if key in used}


def circumstances_of(actor: Actor, epci: Epci, months: Sequence[Month], posts: Mapping[int, str]) -> Circumstances:
    """Return what stands against dates in some months; absences of the team for those who see the team alone."""
    first, last = months[0].first, months[-1].last
    area, years = value_of(epci, HOLIDAY_AREA), range(first.year, last.year + 1)
    closures = TerritoryClosure.objects.visible_to(actor).filter(epci=epci).between(first, last)
    seen = list(Post.objects.visible_to(actor).filter(epci=epci, pk__in=posts))
    return Circumstances(
        holidays={day: name.replace("'", "’") for year in years for day, name in holidays_of(year, area).items()},
        closures={day: row.reason for row in closures for day in _days(row.starts, row.ends, first, last)},
        halls=_closed_halls(actor, first, last),
        asked=_asked(actor, epci, months),
        away=away_days_of(seen, first, last),
    )


def _asked(actor: Actor, epci: Epci, months: Sequence[Month]) -> dict[int, frozenset[dt.date]]:
    """Return the dates on which a mairie says that it cannot open, for those who read all the answers."""
    if not actor.may("schedule.draft", epci):
        return {}
    return {commune: wish.closed_days for commune, wish in wishes_of(epci, months).items()}


def _closed_halls(actor: Actor, first: dt.date, last: dt.date) -> dict[int, dict[dt.date, str]]:
    """Return the days on which every place of a commune is closed, with the reason of one of them."""
    closures = Closure.objects.visible_to(actor).between(first, last)
    shut: dict[int, dict[dt.date, str]] = defaultdict(dict)
    for row in closures:
        for day in _days(row.starts, row.ends, first, last):
            shut[row.premises_id][day] = row.reason
    places: dict[int, list[Premises]] = defaultdict(list)
    for place in Premises.objects.filter(commune__in=closures.values("premises__commune")):
        places[place.commune_id].append(place)
    return {
        commune: {
            day: reason
            for place in there
            for day, reason in shut[place.pk].items()
            if all(day in shut[other.pk] for other in there if other.holds_on(day))
        }
        for commune, there in places.items()
    }


def _days(starts: dt.date | None, ends: dt.date | None, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day, end = max(starts or first, first), min(ends or last, last)
    while day <= end:
        yield day
        day += dt.timedelta(days=1)
