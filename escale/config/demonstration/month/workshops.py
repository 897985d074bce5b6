"""The workshops of the demonstration: two that were held, one that is full, one for municipal agents, one cycle, one prepared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.booking.kinds import Channel
from escale.apps.team.actions import erase_piece
from escale.apps.team.models import Kit, Post
from escale.apps.team.queries import away_days_of
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci, Premises
from escale.apps.territory.queries import service_windows
from escale.apps.workshops.actions import (
    Attended,
    Attendee,
    hold_workshop,
    open_workshop,
    prepare_cycle,
    prepare_workshop,
    register_person,
)
from escale.apps.workshops.laptops import to_erase
from escale.apps.workshops.models import Registration, Workshop
from escale.apps.workshops.obstacles import obstacles_between
from escale.apps.workshops.plans import WorkshopPlan
from escale.config.demonstration.accounts import DENAIN, OISY
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.month.appointments import desks_of
from escale.config.demonstration.month.days import as_if_on
from escale.config.demonstration.month.residents import FIRST_NAMES, NAME, mobile
from escale.core.activity.vocabulary import AgeBand, Level, Public, Theme
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.workshops.cycles import Cycle, Rhythm, cycle_days, last_of_search

HOURS = {Half.AM: (dt.time(9, 30), dt.time(11, 30)), Half.PM: (dt.time(14, 30), dt.time(16, 30))}
AROUND, SEARCHED = dt.timedelta(days=31), dt.timedelta(days=40)
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
ASKED_BEFORE = dt.timedelta(days=12)
SESSIONS = 3
MOBILES = 6000
"""Where the numbers of those who register begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a workshop of the demonstration is about, and how many ask for a place."""

    title: str
    themes: frozenset[Theme]
    tools: frozenset[str]
    commune: str
    asking: int
    public: Public = Public.RESIDENTS
    level: Level = Level.BEGINNER


PHOTOS = _Subject(
    title="Mes photos de téléphone sur un ordinateur",
    themes=frozenset({Theme.CONTENTS}),
    tools=frozenset({"digikam"}),
    commune=DENAIN,
    asking=8,
)
SHARING = _Subject(
    title="Écrire à plusieurs, avec des outils libres",
    themes=frozenset({Theme.OFFICE}),
    tools=frozenset({"nextcloud", "onlyoffice"}),
    commune=OISY,
    asking=4,
    public=Public.AGENTS,
    level=Level.INTERMEDIATE,
)
PASSWORDS = _Subject(
    title="Des mots de passe solides, sans les oublier",
    themes=frozenset({Theme.SECURITY}),
    tools=frozenset({"keepassxc", "firefox"}),
    commune=DENAIN,
    asking=10,
)
MEETING = _Subject(
    title="Une réunion à distance, de l’invitation au compte rendu",
    themes=frozenset({Theme.OFFICE}),
    tools=frozenset({"jitsi", "framasoft"}),
    commune=DENAIN,
    asking=5,
    public=Public.AGENTS,
)
FIRST_STEPS = _Subject(
    title="Premiers pas avec un ordinateur",
    themes=frozenset({Theme.DEVICE}),
    tools=frozenset({"gcompris", "firefox"}),
    commune=OISY,
    asking=5,
)
FAMILY = _Subject(
    title="Les écrans en famille",
    themes=frozenset({Theme.PARENTING}),
    tools=frozenset({"ublock"}),
    commune=OISY,
    asking=0,
)


def fill_workshops(epci: Epci) -> None:
    """Hold two workshops of the month before, open those of the month that comes; once, where a half-day is free."""
    if Workshop.objects.filter(epci=epci).exists():
        return
    now, desks = today(epci), desks_of(epci)
    with transaction.atomic():
        for subject, first in ((PHOTOS, now - AROUND), (SHARING, now - AROUND + WEEK)):
            if (plan := _free_plan(epci, subject, first, now - DAY)) is not None:
                _hold(epci, subject, plan, desks)
        for subject, first in ((PASSWORDS, now + 3 * DAY), (MEETING, now + 11 * DAY)):
            if (plan := _free_plan(epci, subject, first, now + SEARCHED)) is not None:
                _open(epci, subject, plan, desks, asked_on=now - DAY)
        if (plan := _free_plan(epci, FAMILY, now + 2 * WEEK, now + SEARCHED)) is not None:
            prepare_workshop(actor=ACTOR, epci=epci, plan=plan)
        _come_back(epci, desks, now)


def _hold(epci: Epci, subject: _Subject, plan: WorkshopPlan, desks: dict[int, User]) -> None:
    rows = _open(epci, subject, plan, desks, asked_on=plan.date - ASKED_BEFORE)
    keys = [row.pk for row in rows]
    attended = Attended(
        present=frozenset(keys[1:]),
        absent=frozenset(keys[:1]),
        walk_ins=1 if subject.public is Public.RESIDENTS else 0,
        known=2,
        ages={AgeBand.FROM_60: 2, AgeBand.FROM_70: 1} if subject.public is Public.RESIDENTS else {},
    )
    with as_if_on(plan.date + DAY):
        held = hold_workshop(actor=ACTOR, workshop=rows[0].workshop, attended=attended)
        for line in to_erase(held):
            erase_piece(actor=ACTOR, piece=line.piece)


def _come_back(epci: Epci, desks: dict[int, User], now: dt.date) -> None:
    """Prepare a cycle on Wednesday mornings, which have no visits; people register for its first session."""
    wednesday = now + (Weekday.WED - now.weekday()) % 7 * DAY
    firsts = [wednesday + weeks * WEEK for weeks in (1, 2)]
    posts = Post.objects.filter(epci=epci).on(now)
    plans = [_plan(epci, FIRST_STEPS, first, Half.AM, post) for post in posts for first in firsts]
    if not plans:
        return
    plan = min(plans, key=lambda plan: len(_skipped(epci, plan)))
    done = prepare_cycle(actor=ACTOR, epci=epci, plan=plan, cycle=_cycle(plan.date))
    for row in done.workshops:
        open_workshop(actor=ACTOR, workshop=row)
    _register(done.workshops[0], FIRST_STEPS, desks, asked_on=now - DAY)


def _cycle(first: dt.date) -> Cycle:
    return Cycle(first=first, rhythm=Rhythm.WEEKS, sessions=SESSIONS, every=2)


def _skipped(epci: Epci, plan: WorkshopPlan) -> tuple[tuple[dt.date, str], ...]:
    """Return the days on which a cycle could not be: its permanences, its holidays."""
    cycle = _cycle(plan.date)
    return cycle_days(cycle, obstacles_between(epci, plan, plan.date, last_of_search(cycle))).skipped


def _open(epci: Epci, subject: _Subject, plan: WorkshopPlan, desks: dict[int, User], *, asked_on: dt.date) -> list[Registration]:
    with as_if_on(asked_on):
        workshop = open_workshop(actor=ACTOR, workshop=prepare_workshop(actor=ACTOR, epci=epci, plan=plan))
    return _register(workshop, subject, desks, asked_on=asked_on)


def _register(workshop: Workshop, subject: _Subject, desks: dict[int, User], *, asked_on: dt.date) -> list[Registration]:
    commune = Commune.objects.get(code=subject.commune)
    actor: Actor = desks.get(commune.pk) or ACTOR
    with as_if_on(asked_on):
        return [
            register_person(actor=actor, workshop=workshop, commune=commune, person=_attendee(number))
            for number in range(subject.asking)
        ]


def _attendee(number: int) -> Attendee:
    """Return someone of a number: each fifth is reached by the mairie alone, each fourth brings a device."""
    by_mairie = number % 5 == 4
    return Attendee(
        first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
        name=NAME,
        channel=Channel.MAIRIE if by_mairie else Channel.PHONE,
        contact="" if by_mairie else mobile(MOBILES + number),
        brings_device=number % 4 == 3,
    )


def _free_plan(epci: Epci, subject: _Subject, first: dt.date, last: dt.date) -> WorkshopPlan | None:
    """Return a plan on the first half-day of a period that is of the service, and on which a post and its kit are free."""
    windows = service_windows(epci)
    plans = (plan for post in Post.objects.filter(epci=epci).on(first) for plan in _free_days(epci, subject, post, first, last))
    kept = (plan for plan in plans if Window(weekday=Weekday(plan.date.weekday()), half=plan.halves[0]) in windows)
    return min(kept, key=lambda plan: plan.date, default=None)


def _free_days(epci: Epci, subject: _Subject, post: Post, first: dt.date, last: dt.date) -> Iterable[WorkshopPlan]:
    away = away_days_of([post], first, last)[post.pk]
    for half in Half:
        plan = _plan(epci, subject, first, half, post)
        taken = obstacles_between(epci, plan, first, last)
        days = (first + number * DAY for number in range((last - first).days + 1))
        yield from (replace(plan, date=day) for day in days if day not in taken and day not in away)


def _plan(epci: Epci, subject: _Subject, day: dt.date, half: Half, post: Post) -> WorkshopPlan:
    commune = Commune.objects.get(code=subject.commune)
    place = Premises.objects.filter(commune=commune).order_by("rank").first()
    starts, ends = HOURS[half]
    return WorkshopPlan(
        title=subject.title,
        public=subject.public,
        level=subject.level,
        themes=subject.themes,
        tools=subject.tools,
        host=commune,
        communes=(commune,),
        premises=place,
        room=place.rooms.first() if place else None,
        address="" if place else "Mairie",
        kit=Kit.objects.filter(epci=epci, post=post).on(day).first(),
        posts=(post,),
        date=day,
        starts=starts,
        ends=ends,
    )
