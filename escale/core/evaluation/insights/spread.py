"""How accompaniments are spread, for the road driven and for the people who live there: beyond chance only, never a ranking."""

from __future__ import annotations

from collections.abc import Sequence

from escale.core.evaluation.funnel import SMALL, Funnel, Standing, rates
from escale.core.evaluation.insights.insight import Insight, Kind, Line, at_these, one_more, places_at
from escale.core.evaluation.insights.observed import Bounds, Seen
from escale.core.evaluation.intervals import garwood
from escale.core.evaluation.wording import NARROW, Count, number_words

ENOUGH = SMALL
"""Under so many accompaniments in the whole territory nothing is said."""
ENOUGH_EXPECTED = 5
"""A commune is judged from so many accompaniments on, if it had its share of those of the territory."""
ROUGH_KM = 1_000
"""From here on kilometres are told to the hundred."""
KM = "\u00a0km"
BEYOND = "au-delà de ce que le hasard explique"
THOUSAND = f"1{NARROW}000 habitants"


def travel(seen: Sequence[Seen], bounds: Bounds) -> Insight | None:
    """Return how far one drives for an accompaniment, and where it is farther than chance explains."""
    driven = [one for one in seen if one.km]
    number, km = sum(one.accompaniments for one in driven), sum(one.km or 0.0 for one in driven)
    if number < ENOUGH:
        return None
    sure = garwood(number)
    minutes = number_words(round(km / number / bounds.km_per_hour * 60))
    standings = _standings(rates({one.code: (one.accompaniments, one.km or 0.0) for one in driven}))
    found = [one for one in driven if standings.get(one.code) is Standing.FAR_BELOW]
    return Insight(
        kind=Kind.TRAVEL,
        sentence=f"Il y a plus de route par accompagnement {places_at(found)}, {BEYOND}."
        if found
        else _nothing("La route par accompagnement", len(standings)),
        of_one=f"Il y a plus de route par accompagnement que dans le territoire, {BEYOND}",
        whole=(
            f"environ {number_words(km / number)}{KM} et {minutes} minutes de route par accompagnement"
            f" (entre {number_words(km / sure.high)} et {number_words(km / sure.low)}{KM}) :"
            f" {_about(km)} pour {number_words(number)} accompagnements."
        ),
        lines=tuple(Line(code=one.code, name=one.name, words=_road(one)) for one in found),
        articles=("4",),
        suggestion=f"Passer {at_these(found)} le même jour que dans une commune voisine, pour moins de route." if found else "",
    )


def equity(seen: Sequence[Seen], bounds: Bounds) -> Insight | None:
    """Return how many accompaniments a thousand inhabitants have in a year, and where they have fewer than chance explains."""
    lived = [one for one in seen if one.thousand_years]
    number, size = sum(one.accompaniments for one in lived), sum(one.thousand_years for one in lived)
    if number < ENOUGH:
        return None
    sure = garwood(number, size)
    standings = _standings(rates({one.code: (one.accompaniments, one.thousand_years) for one in lived}))
    found = [one for one in lived if standings.get(one.code) is Standing.FAR_BELOW]
    above = list(standings.values()).count(Standing.FAR_ABOVE)
    nothing = f"Aucune commune n’a moins d’accompagnements par habitant, {BEYOND}."
    return Insight(
        kind=Kind.EQUITY,
        sentence=f"Il y a moins d’accompagnements par habitant {places_at(found)}, {BEYOND}."
        if found
        else nothing
        if above
        else _nothing("Les accompagnements par habitant", len(standings)),
        of_one=f"Il y a moins d’accompagnements par habitant que dans le territoire, {BEYOND}",
        whole=(
            f"{number_words(number / size)} accompagnements pour {THOUSAND} et par an"
            f" (entre {number_words(sure.low)} et {number_words(sure.high)}), {number_words(number)} en tout."
        ),
        details=(f"Il y en a davantage, {BEYOND}, dans {Count(above):commune|communes}.",) if above else (),
        lines=tuple(Line(code=one.code, name=one.name, words=_rate(one)) for one in found),
        articles=("4",),
        suggestion=f"Prévoir une demi-journée de plus par mois {at_these(found)}." if found else "",
        clause=one_more(found) if found else None,
    )


def _standings(funnel: Funnel) -> dict[str, Standing]:
    """Return how the communes stand to the mean of the territory; those that are too small to be judged are left out."""
    return {point.place: point.standing for point in funnel.points if funnel.mean * point.limits.size >= ENOUGH_EXPECTED}


def _nothing(what: str, judged: int) -> str:
    return f"{what} : rien d’anormal, vu le petit nombre, dans {Count(judged):commune|communes} où il y en a assez pour juger."


def _about(km: float) -> str:
    """Return « environ 9 900 km »: an estimate, and rounded as one."""
    return f"environ {number_words(int(round(km, -2 if km >= ROUGH_KM else 0)))}{KM}"


def _road(one: Seen) -> str:
    km, number = one.km or 0.0, one.accompaniments
    told = f"{_about(km)} pour {Count(number):accompagnement|accompagnements}"
    return f"{told}, {number_words(km / number)}{KM} pour chacun" if number else told


def _rate(one: Seen) -> str:
    sure = garwood(one.accompaniments, one.thousand_years)
    return (
        f"{Count(one.accompaniments):accompagnement|accompagnements} en {one.months} mois pour"
        f" {number_words(one.population or 0)} habitants, {number_words(one.accompaniments / one.thousand_years)}"
        f" pour {THOUSAND} et par an (entre {number_words(sure.low)} et {number_words(sure.high)})"
    )
