"""The answer of a mairie in sentences: read back to it, and read by the coordinator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from escale.apps.schedule.models import Market
from escale.apps.schedule.sheets import PlaceSheet, RoomSheet, Sheet, periods_of
from escale.apps.territory.labels import OPERATORS, SIGNALS
from escale.core.calendar.french import period_words
from escale.core.calendar.halfdays import Window
from escale.core.calendar.hours import time_words

MARKET_WORDS = {
    Market.NEUTRAL: "peu importe pour nous",
    Market.AVOID: "il vaut mieux éviter ce jour-là",
    Market.SEEK: "c’est un bon jour pour venir",
}


def day_sentences(sheet: Sheet) -> list[str]:
    """Return what is said of half-days, market and dates."""
    return list(_day_sentences(sheet))


def _day_sentences(sheet: Sheet) -> Iterator[str]:
    if sheet.impossible:
        yield f"La commune ne peut pas ouvrir : {_listed(sheet.impossible)}."
    else:
        yield "La commune peut ouvrir sur toutes les demi-journées du service."
    if sheet.wished:
        yield f"Elle préfère : {_listed(sheet.wished)}."
    if sheet.market:
        yield f"Le marché est le {sheet.market.words} : {MARKET_WORDS[sheet.market_effect]}."
    if sheet.closed_days:
        yield f"La salle est prise {_periods(sheet.closed_days)}."


def place_sentences(place: PlaceSheet) -> list[str]:
    """Return what is said of a place after its name."""
    return list(_place_sentences(place))


def _place_sentences(place: PlaceSheet) -> Iterator[str]:
    for room in place.rooms:
        yield f"{room.name} : {_room(room)}."
    starts = [
        f"{label} à {time_words(time)}"
        for label, time in (("le matin", place.morning_start), ("l’après-midi", place.afternoon_start))
        if time
    ]
    if starts:
        yield f"Ouverture {' et '.join(starts)}."
    seen = [f"{OPERATORS[operator]}, {SIGNALS[signal]}" for operator, signal in sorted(place.signals.items())]
    if seen:
        yield f"4G : {' ; '.join(seen)}."
    holders = [f"{holder.name} ({holder.phone})" for holder in place.holders if holder]
    if holders:
        yield f"Les clés : {' puis '.join(holders)}."


def _room(room: RoomSheet) -> str:
    sockets = "" if room.sockets is None else f", {room.sockets} prise{'s' if room.sockets > 1 else ''}"
    private = "à l’abri des regards" if room.is_private else "pas à l’abri des regards"
    return f"{private}, {'chauffée' if room.is_heated else 'pas chauffée'}{sockets}"


def _listed(windows: Iterable[Window]) -> str:
    return ", ".join(window.words for window in sorted(windows))


def _periods(days: Iterable[dt.date]) -> str:
    return ", ".join(period_words(first, last) for first, last in periods_of(days))
