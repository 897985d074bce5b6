"""The sheet of a mairie as it is known before it answers, or after: what it said, and the places of the commune."""

from __future__ import annotations

import datetime as dt

from escale.apps.schedule.models import Inquiry, Market, Wish
from escale.apps.schedule.sheets import HOLDERS, HolderSheet, PlaceSheet, RoomSheet, Sheet
from escale.apps.territory.models import Commune, Premises
from escale.apps.territory.models.premises import Operator, Signal
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month


def wish_of(inquiry: Inquiry, commune: Commune) -> Wish | None:
    """Return what a commune answered to a question, None while it has not."""
    return Wish.objects.filter(inquiry=inquiry, commune=commune).first()


def version_of(wish: Wish | None) -> str:
    """Return a text that changes with each answer: a form shows which one it corrects."""
    return "" if wish is None else wish.answered_at.isoformat()


def known_sheet(inquiry: Inquiry, commune: Commune, day: dt.date) -> Sheet:
    """Return what is known on a day: the answer itself, else the last one that the commune gave, and its places."""
    wish = wish_of(inquiry, commune)
    latest = wish or Wish.objects.filter(commune=commune).order_by("-answered_at").first()
    places = places_of(commune, day)
    if latest is None:
        return Sheet(places=places)
    first, last = period_of(inquiry)
    days = map(dt.date.fromisoformat, latest.closed_days)
    return Sheet(
        impossible=latest.impossible_windows,
        wished=latest.wished_windows,
        market=Window.parse(latest.market) if latest.market else None,
        market_effect=Market(latest.market_effect),
        closed_days=frozenset(closed for closed in days if first <= closed <= last),
        comment=latest.comment if wish else "",
        places=places,
    )


def period_of(inquiry: Inquiry) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a question is about."""
    return Month.parse(inquiry.first_month).first, Month.parse(inquiry.last_month).last


def places_of(commune: Commune, day: dt.date) -> tuple[PlaceSheet, ...]:
    """Return the places that a commune has on a day, the preferred one first."""
    places = Premises.objects.filter(commune=commune).order_by("rank").prefetch_related("rooms", "coverage", "key_holders")
    return tuple(_place(place) for place in places if place.holds_on(day))


def _place(place: Premises) -> PlaceSheet:
    holders = {holder.rank: HolderSheet(name=holder.name, phone=holder.phone) for holder in place.key_holders.all()}
    return PlaceSheet(
        key=place.pk,
        name=place.name,
        address=place.address,
        morning_start=place.morning_start,
        afternoon_start=place.afternoon_start,
        signals={Operator(seen.operator): Signal(seen.signal) for seen in place.coverage.all()},
        holders=tuple(holders.get(rank) for rank in range(1, HOLDERS + 1)),
        rooms=tuple(
            RoomSheet(key=room.pk, name=room.name, is_private=room.is_private, is_heated=room.is_heated, sockets=room.sockets)
            for room in place.rooms.all()
        ),
    )
