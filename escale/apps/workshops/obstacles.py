"""The days on which a workshop cannot be: closed ones, and those on which its mediator, its room or its kit are elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from escale.apps.booking.models import HeldSlot
from escale.apps.team.models import Kit, Post
from escale.apps.team.permanences import permanence_days
from escale.apps.territory.catalogue import HOLIDAY_AREA
from escale.apps.territory.dated import meeting
from escale.apps.territory.models import Closure, Epci, TerritoryClosure
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Visit
from escale.apps.workshops.models import Hold, Workshop
from escale.apps.workshops.plans import WorkshopPlan
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.holidays import holidays_of

ONE_DAY = dt.timedelta(days=1)


def obstacles_between(
    epci: Epci, plan: WorkshopPlan, first: dt.date, last: dt.date, *, besides: Workshop | None = None
) -> dict[dt.date, str]:
    """Return the days of a period on which what is planned cannot be, each with one French reason.

    A few questions to the database, however long the period. `besides` is the workshop itself, when it is already written.
    """
    halves = [half.value for half in plan.halves]
    found: dict[dt.date, str] = {}
    for day, reason in (
        *_closed(epci, plan, first, last),
        *_visits(plan, halves, first, last),
        *_workshops(plan, halves, first, last, besides),
        *_permanences(epci, plan, halves, first, last),
        *_office(plan, halves, first, last),
    ):
        found.setdefault(day, reason)
    return found


def _closed(epci: Epci, plan: WorkshopPlan, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str]]:
    area = value_of(epci, HOLIDAY_AREA)
    for year in range(first.year, last.year + 1):
        yield from ((day, f"jour férié ({name})") for day, name in holidays_of(year, area).items() if first <= day <= last)
    for closure in TerritoryClosure.objects.filter(epci=epci).between(first, last):
        yield from _each_day(closure.starts, closure.ends, first, last, f"aucune salle du territoire : {closure.reason}")
    if plan.premises is not None:
        for shut in Closure.objects.filter(meeting(first, last), premises=plan.premises):
            words = f"{plan.premises.name} : fermé" + (f" ({shut.reason})" if shut.reason else "")
            yield from _each_day(shut.starts, shut.ends, first, last, words)


def _visits(plan: WorkshopPlan, halves: list[str], first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str]]:
    away = {**_who_travels_with(plan.kit, first, last), **{post.pk: post.label for post in plan.posts}}
    rows = Visit.objects.standing().filter(post__in=away, half__in=halves).between(first, last).select_related("commune")
    for row in rows.defer("commune__outline"):
        half = HALF_WORDS[Half(row.half)]
        yield row.date, f"{away[row.post_id]} : un passage est prévu {row.commune.place_name.at} ({half})"


def _who_travels_with(kit: Kit | None, first: dt.date, last: dt.date) -> dict[int, str]:
    """Return the posts whose visits take a kit away: its own, or all that have none of their own when the team shares it."""
    if kit is None:
        return {}
    if kit.post_id is not None:
        return {kit.post_id: kit.label}
    owners = Kit.objects.filter(epci=kit.epci_id, post__isnull=False).between(first, last).values("post")
    posts = Post.objects.filter(epci=kit.epci_id).exclude(pk__in=owners)
    return dict.fromkeys(posts.values_list("pk", flat=True), kit.label)


def _workshops(
    plan: WorkshopPlan, halves: list[str], first: dt.date, last: dt.date, besides: Workshop | None
) -> Iterator[tuple[dt.date, str]]:
    rows = Hold.objects.filter(half__in=halves, date__range=(first, last)).select_related("workshop", "post", "kit")
    if besides is not None:
        rows = rows.exclude(workshop=besides)
    for row in rows.filter(post__in=plan.posts):
        yield row.date, f"{row.post} : l’atelier « {row.workshop.title} » est prévu ({HALF_WORDS[Half(row.half)]})"
    if plan.kit is not None:
        for row in rows.filter(kit=plan.kit):
            yield row.date, f"{plan.kit} : elle sert à l’atelier « {row.workshop.title} » ({HALF_WORDS[Half(row.half)]})"


def _permanences(
    epci: Epci, plan: WorkshopPlan, halves: list[str], first: dt.date, last: dt.date
) -> Iterator[tuple[dt.date, str]]:
    for one in permanence_days(epci, first, last, posts=plan.posts):
        if one.permanence.half in halves:
            yield one.date, f"{one.permanence.post} : permanence à {one.permanence.place} ({HALF_WORDS[one.half]})"


def _office(plan: WorkshopPlan, halves: list[str], first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str]]:
    labels = {post.pk: post.label for post in plan.posts}
    rows = HeldSlot.objects.filter(post__in=_keys(plan.posts), half__in=halves, date__range=(first, last))
    for post, day in rows.values_list("post", "date").distinct():
        if post is not None and day is not None:
            yield day, f"{labels[post]} : quelqu’un a rendez-vous au bureau cet après-midi-là"


def _keys(posts: Iterable[Post]) -> list[int]:
    return [post.pk for post in posts]


def _each_day(
    starts: dt.date | None, ends: dt.date | None, first: dt.date, last: dt.date, words: str
) -> Iterator[tuple[dt.date, str]]:
    day, until = max(starts or first, first), min(ends or last, last)
    while day <= until:
        yield day, words
        day += ONE_DAY
