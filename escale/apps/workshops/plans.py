"""What someone decides of a workshop before it is written: the plan that actions take and rows are compared with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from escale.apps.team.models import Kit, Post
from escale.apps.territory.models import BassinDeVie, Commune, Premises, Room
from escale.apps.workshops.models import Workshop
from escale.apps.workshops.models.workshops import halves_of
from escale.core.activity.vocabulary import Level, Mission, Public, Theme
from escale.core.calendar.halfdays import Half


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopPlan:
    """A workshop as it is wanted. Without `places` it takes as many people as it may; `address` is for what is no place of ours.

    `communes` are those whose people it takes; with a bassin de vie, they are all of it.
    """

    title: str
    public: Public
    level: Level
    themes: frozenset[Theme]
    host: Commune
    date: dt.date
    starts: dt.time
    ends: dt.time
    posts: tuple[Post, ...]
    communes: tuple[Commune, ...] = ()
    bassin: BassinDeVie | None = None
    premises: Premises | None = None
    room: Room | None = None
    address: str = ""
    kit: Kit | None = None
    places: int | None = None
    missions: frozenset[Mission] = frozenset()
    tools: frozenset[str] = field(default_factory=frozenset)
    other_tool: str = ""
    exception: str = ""

    @property
    def halves(self) -> tuple[Half, ...]:
        """The halves of the day that it takes."""
        return halves_of(self.starts, self.ends)


def plan_of(workshop: Workshop) -> WorkshopPlan:
    """Return the plan of a workshop as it stands."""
    holds = list(workshop.holds.select_related("post"))
    posts = {hold.post_id: hold.post for hold in holds if hold.post is not None}
    return WorkshopPlan(
        title=workshop.title,
        public=Public(workshop.public),
        level=Level(workshop.level),
        themes=workshop.theme_set,
        missions=workshop.mission_set,
        host=workshop.host,
        date=workshop.date,
        starts=workshop.starts,
        ends=workshop.ends,
        posts=tuple(sorted(posts.values(), key=lambda post: post.label)),
        communes=tuple(workshop.communes.all()),
        bassin=workshop.bassin,
        premises=workshop.premises,
        room=workshop.room,
        address=workshop.address,
        kit=workshop.kit,
        places=workshop.places,
        tools=frozenset(workshop.tools),
        other_tool=workshop.other_tool,
        exception=workshop.exception,
    )
