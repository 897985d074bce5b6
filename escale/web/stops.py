"""A visit as people meet it: the day, the hours, the place. Every journey shows its visits through here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from escale.apps.territory.catalogue import HALF_DAY_AM, HALF_DAY_PM, WALK_IN_MINUTES
from escale.apps.territory.models import Closure, Commune, Epci, Premises, Room
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Visit, VisitState
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.hours import Hours

NOTICE_DAYS = 45
"""How long before its day a change is told above all else: a visit comes every month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A visit, its hours there, and the place that is open on its day; None when no place is known."""

    visit: Visit
    hours: Hours
    place: Premises | None

    @property
    def commune(self) -> Commune:
        """Where it is."""
        return self.visit.commune

    @property
    def date(self) -> dt.date:
        """When it is."""
        return self.visit.date

    @property
    def room(self) -> Room | None:
        """The room that the commune prefers."""
        return None if self.place is None else next(iter(self.place.rooms.all()), None)

    @property
    def place_words(self) -> str:
        """Return « Mairie, Salle du conseil »; empty when no place is known."""
        return ", ".join(part.name for part in (self.place, self.room) if part is not None)

    @property
    def walk_in(self) -> Hours:
        """The hours without an appointment."""
        return self.hours.split(WALK_IN_MINUTES)[0]

    @property
    def by_appointment(self) -> Hours:
        """The hours with an appointment."""
        return self.hours.split(WALK_IN_MINUTES)[1]

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody comes after all."""
        return self.visit.state == VisitState.CANCELLED

    @property
    def promised_words(self) -> str:
        """When it was first promised: « mardi 8 décembre 2026, matin »."""
        return f"{weekday_date_words(self.visit.origin_date)}, {HALF_WORDS[Half(self.visit.origin_half)]}"

    def changes_soon(self, today: dt.date) -> bool:
        """Tell whether it is cancelled or moved, and people may still come on the wrong day."""
        days = (self.visit.date, self.visit.origin_date)
        changed = self.is_cancelled or self.visit.was_moved
        return changed and max(days) >= today and min(days) <= today + dt.timedelta(days=NOTICE_DAYS)


def stops_of(epci: Epci, visits: Iterable[Visit]) -> list[Stop]:
    """Return visits of an EPCI as stops, in the order given; the visits come with their communes."""
    kept = list(visits)
    service = {Half.AM: value_of(epci, HALF_DAY_AM), Half.PM: value_of(epci, HALF_DAY_PM)}
    places = _places({visit.commune_id for visit in kept})
    return [_stop(visit, places.get(visit.commune_id, ()), service) for visit in kept]


def _places(communes: set[int]) -> dict[int, list[Premises]]:
    found: dict[int, list[Premises]] = {}
    known = Premises.objects.filter(commune__in=communes).order_by("rank")
    for place in known.prefetch_related("rooms", Prefetch("closures", Closure.objects.all())):
        found.setdefault(place.commune_id, []).append(place)
    return found


def _stop(visit: Visit, places: Sequence[Premises], service: dict[Half, Hours]) -> Stop:
    place = next((place for place in places if _is_open(place, visit.date)), None)
    hours, half = service[Half(visit.half)], Half(visit.half)
    own = None if place is None else (place.morning_start if half is Half.AM else place.afternoon_start)
    return Stop(visit=visit, hours=hours if own is None else hours.starting(own), place=place)


def _is_open(place: Premises, day: dt.date) -> bool:
    return place.holds_on(day) and not any(closure.holds_on(day) for closure in place.closures.all())
