"""Put together what was counted of communes: each one alone, or all of them as one territory."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from escale.apps.activity.figures import figures_by_commune
from escale.apps.evaluation.counting import answers, asked, done, means, people, tour
from escale.apps.evaluation.counting.people import Came, Noted
from escale.apps.evaluation.counting.spans import Span, keys
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.figures import Figures
from escale.core.calendar.months import Month
from escale.core.evaluation.counts import Counts, Ratio, Slots, Waits

T = TypeVar("T")
Person = TypeVar("Person", Came, Noted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is read of some months, by the key of the commune; None is what is not kept here at all."""

    tours: Mapping[int, tour.Tour] | None
    slots: Mapping[int, Slots] | None
    waits: Mapping[int, Waits] | None
    urgencies: Mapping[int, Sequence[int | None]] | None
    figures: Mapping[int, Figures] | None
    came: Sequence[Came] | None
    noted: Sequence[Noted]
    eases: Mapping[int, Counter[int]]
    staffed_days: Ratio | None
    certified: Ratio | None


def counts_of(epci: Epci, first: Month, last: Month, on: dt.date, *, communes: Iterable[Commune] | None = None) -> Counts:
    """Return what the indicators ask of months, both ends included, of the whole territory or of some communes together.

    `on` is the day up to which what happened is known. The number of queries does not depend on how many communes there are.
    """
    wanted = None if communes is None else list(communes)
    span = _span(epci, first, last, on, wanted)
    members = Commune.objects.members_of(epci, span.until, span.until).only(*answers.POPULATIONS)
    places = list(members) if wanted is None else wanted
    return _together(_known(epci, span), span.communes, answers.populations(places, epci if wanted is None else None))


def counts_by_commune(epci: Epci, communes: Iterable[Commune], first: Month, last: Month, on: dt.date) -> dict[str, Counts]:
    """Return the same of each commune, by INSEE code, in as many queries as for one."""
    wanted = list(communes)
    known = _known(epci, _span(epci, first, last, on, wanted))
    return {commune.code: _together(known, frozenset([commune.pk]), answers.populations([commune], None)) for commune in wanted}


def _span(epci: Epci, first: Month, last: Month, on: dt.date, communes: Sequence[Commune] | None) -> Span:
    found = None if communes is None else [commune.pk for commune in communes]
    return Span(epci=epci.pk, first=first, last=last, on=on, communes=keys(found))


def _known(epci: Epci, span: Span) -> Known:
    tours = tour.tours_of(epci, span)
    met = {key: one.met for key, one in (tours or {}).items()}
    is_booked = asked.are_bookings_kept(epci, span)
    came = people.came_of(epci, span) if is_booked else None
    figures = figures_by_commune(epci, span.first, span.last)
    urgencies = asked.urgencies_of(epci, span)
    return Known(
        tours=tours,
        slots=asked.slots_of(epci, span, met) if is_booked else None,
        waits=asked.waits_of(epci, span) if is_booked else None,
        # Where the months are kept here, urgencies are too: none asked is none, as the reports say.
        urgencies=urgencies if urgencies or figures or tours is not None else None,
        figures=figures or None,
        came=came,
        noted=people.noted_of(epci, span, came) if came else (),
        eases=answers.eases_of(epci, span),
        staffed_days=means.staffed_days(epci, span),
        certified=means.certified(epci, span),
    )


def _together(known: Known, wanted: frozenset[int] | None, populations: Mapping[str, int | None]) -> Counts:
    """Return the counts of some communes as one; None for all that is known."""
    fields: dict[str, object] = {"staffed_days": known.staffed_days, "certified": known.certified}
    met = 0
    if known.tours is not None:
        tours = _of(wanted, known.tours)
        met = sum(one.met for one in tours)
        fields |= {
            "half_days": tour.half_days(tours),
            "minutes_due": tour.minutes_due(tours),
            "minutes_held": tour.minutes_held(tours),
            "premises": tour.premises(tours),
            "communes_visited": tour.communes_visited(tours),
        }
    if known.slots is not None and known.waits is not None:
        fields |= {
            "slots": asked.slots_together(_of(wanted, known.slots)),
            "waits": asked.waits_together(_of(wanted, known.waits)),
        }
    if known.urgencies is not None:
        fields["urgencies"] = asked.urgencies_together(_of(wanted, known.urgencies))
    persons = None if known.came is None else people.persons(_among(wanted, known.came))
    if known.figures is not None:
        figures = _of(wanted, known.figures)
        fields |= done.activity(figures, persons)
        # A half-day of which something is noted was held, even when nobody closed it yet.
        visits, in_time = (sum(getattr(one, name) for one in figures) for name in ("visits", "visits_in_time"))
        fields["recorded_in_time"] = Ratio(part=in_time, whole=max(met, visits))
    fields["pairs"] = people.pairs(_among(wanted, known.noted))
    fields["confidence"] = answers.confidence(_of(wanted, known.eases))
    fields |= populations
    return Counts(**fields)  # type: ignore[arg-type]  # each name above is a field of it


def _of(wanted: frozenset[int] | None, found: Mapping[int, T]) -> list[T]:
    return [part for key, part in found.items() if wanted is None or key in wanted]


def _among(wanted: frozenset[int] | None, found: Iterable[Person]) -> list[Person]:
    return [one for one in found if wanted is None or one.commune in wanted]
