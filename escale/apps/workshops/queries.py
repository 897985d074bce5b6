"""What the screens ask of workshops: where, when, for whom, what is left, who comes, and what to know before the day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from escale.apps.audit.actors import Actor
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.workshops.models import Hold, Registration, Workshop, WorkshopQuerySet
from escale.core.workshops.states import STANDING, Attendance, RegistrationState, WorkshopState


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A post that leads a workshop, and who holds it on the day; None while nobody does."""

    post: Post
    mediator: Mediator | None

    @property
    def words(self) -> str:
        """The first name of the mediator, else the name of the post."""
        return self.mediator.first_name if self.mediator else self.post.label


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopLine:
    """A workshop as a list shows it."""

    workshop: Workshop
    communes: Sequence[Commune]
    leaders: Sequence[Leader]
    registered: int
    waiting: int
    session: int = 0
    sessions: int = 0

    @property
    def session_words(self) -> str:
        """« séance 2 sur 6 » of a cycle; empty for a workshop that does not come back."""
        return f"séance {self.session} sur {self.sessions}" if self.session and self.sessions > 1 else ""

    @property
    def left(self) -> int:
        """How many places are free."""
        return max(self.workshop.places - self.registered, 0)

    @property
    def is_full(self) -> bool:
        """Whether whoever registers now waits."""
        return self.left == 0

    @property
    def for_words(self) -> str:
        """For whom: « le bassin de vie Scarpe », « Oisy, Bousignies »."""
        if self.workshop.bassin is not None:
            return f"bassin de vie {self.workshop.bassin}"
        return ", ".join(str(commune) for commune in self.communes)

    @property
    def leader_words(self) -> str:
        """Who leads: « Inès et Tom »."""
        return " et ".join(leader.words for leader in self.leaders)


def workshop_lines(rows: WorkshopQuerySet) -> list[WorkshopLine]:
    """Return some workshops with what is left and who leads: a handful of questions, however many they are."""
    known = list(rows.select_related("epci", "host", "premises", "room", "kit", "bassin").defer("host__outline"))
    communes, counts = _communes(known), _counts(known)
    leaders, sessions = _leaders(known), _sessions(known)
    return [
        WorkshopLine(
            workshop=row,
            communes=communes[row.pk],
            leaders=leaders[row.pk],
            registered=counts.get((row.pk, RegistrationState.REGISTERED.value), 0),
            waiting=counts.get((row.pk, RegistrationState.WAITING.value), 0),
            session=_rank(row.pk, sessions[row.cycle]),
            sessions=len(sessions[row.cycle]),
        )
        for row in known
    ]


def open_workshops(epci: Epci, today: dt.date) -> list[WorkshopLine]:
    """Return the workshops of an EPCI that take registrations, from a day on, with the places that are left."""
    return workshop_lines(Workshop.objects.filter(epci=epci).open().from_day(today))


def people_to_tell(actor: Actor, commune: Commune) -> list[Registration]:
    """Return the people whom only a mairie reaches and who do not know yet what changed in their workshop."""
    rows = Registration.objects.visible_to(actor).filter(commune=commune).to_tell()
    return list(rows.select_related("workshop__epci", "workshop__premises", "workshop__room"))


def registrations_of(workshop: Workshop) -> list[Registration]:
    """Return those who come, by the number of their place, then those who wait, the oldest first."""
    rows = Registration.objects.filter(workshop=workshop).select_related("place", "commune", "residence")
    rows = rows.defer("commune__outline", "residence__outline")
    return [*rows.registered(), *rows.waiting()]


def participants_by_commune(epci: Epci, first: dt.date, last: dt.date) -> Counter[str]:
    """Return how many people came to the workshops of a period, by the INSEE code of where they live.

    Each workshop counts a person once, in their own commune, whichever mairie registered them (art. 4). Those who
    came without registering are of the commune where it was held: nobody asked them more.
    """
    held = Workshop.objects.filter(epci=epci, state=WorkshopState.HELD.value, date__range=(first, last))
    came = Registration.objects.filter(workshop__in=held, attendance=Attendance.PRESENT.value)
    found: Counter[str] = Counter(came.values_list("residence__code", flat=True))
    for code, count in held.values_list("host__code", "walk_ins"):
        found[code] += count
    return +found


def _counts(rows: Sequence[Workshop]) -> dict[tuple[int, str], int]:
    """Return how many people are in each state, by workshop."""
    found = Registration.objects.filter(workshop__in=rows).order_by().values_list("workshop", "state")
    return {(workshop, state): count for workshop, state, count in found.annotate(count=Count("pk"))}


def _sessions(rows: Sequence[Workshop]) -> defaultdict[UUID | None, list[int]]:
    """Return the sessions of some cycles that are not given up, in the order of time."""
    found: defaultdict[UUID | None, list[int]] = defaultdict(list)
    cycles = {row.cycle for row in rows if row.cycle}
    if cycles:
        standing = Workshop.objects.filter(cycle__in=cycles, state__in=[state.value for state in STANDING])
        for cycle, key in standing.order_by("date", "starts", "pk").values_list("cycle", "pk"):
            found[cycle].append(key)
    return found


def _rank(key: int, sessions: Sequence[int]) -> int:
    return sessions.index(key) + 1 if key in sessions else 0


def _communes(rows: Sequence[Workshop]) -> defaultdict[int, list[Commune]]:
    found: defaultdict[int, list[Commune]] = defaultdict(list)
    links = Workshop.communes.through.objects.filter(workshop__in=rows).select_related("commune").defer("commune__outline")
    for link in links.order_by("commune__sort_key"):
        found[link.workshop_id].append(link.commune)
    return found


def _leaders(rows: Sequence[Workshop]) -> defaultdict[int, list[Leader]]:
    found: defaultdict[int, list[Leader]] = defaultdict(list)
    if not rows:
        return found
    days = [row.date for row in rows]
    holds = Hold.objects.filter(workshop__in=rows, post__isnull=False).select_related("post").order_by("post__label", "half")
    held = list(holds)
    posts = {hold.post_id for hold in held}
    occupancies = list(Occupancy.objects.filter(post__in=posts).between(min(days), max(days)).select_related("mediator"))
    for hold in held:
        if hold.post is None or any(leader.post == hold.post for leader in found[hold.workshop_id]):
            continue
        who = next((row.mediator for row in occupancies if row.post_id == hold.post_id and row.holds_on(hold.date)), None)
        found[hold.workshop_id].append(Leader(post=hold.post, mediator=who))
    return found
