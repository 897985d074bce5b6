"""Count anew the months in which something was written, so that reports read what is kept."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Min, Q
from django.db.models.functions import TruncMonth

from escale.apps.activity.models import MonthFigures, Record, Tally, TouchedMonth
from escale.apps.activity.models.figures import columns_of
from escale.apps.activity.reckoning import reckon
from escale.apps.activity.touched import Place, mark_touched
from escale.apps.audit.actors import Actor, require
from escale.apps.territory.models import Epci
from escale.core.activity.figures import Figures, total
from escale.core.calendar.months import Month

SECONDS = 2.0
"""How long one round may count: on SQLite nobody writes meanwhile."""
AT_ONCE = 2_000
NOTHING = Figures()


def refresh_figures(*, actor: Actor, seconds: float = SECONDS) -> int:
    """Count anew what was touched, the longest waiting first, as long as the time lasts; return how many months of EPCIs.

    What is left waits for the next round; until then whoever reads it counts it from its records.
    """
    until, done = time.monotonic() + seconds, 0
    for epci, month in touched_months():
        refresh_month(actor=actor, epci=epci, month=month)
        done += 1
        if time.monotonic() >= until:
            break
    return done


def touched_months() -> list[tuple[int, dt.date]]:
    """Return the EPCIs (their keys) and months in which something is to be counted anew, the longest waiting first."""
    rows = TouchedMonth.objects.order_by().values_list("epci", "month").annotate(first=Min("pk"))
    return [(epci, month) for epci, month, _ in rows.order_by("first")]


@transaction.atomic
def refresh_month(*, actor: Actor, epci: int, month: dt.date) -> None:
    """Count anew the communes of an EPCI in which a month was touched, then their sum, then that of all EPCIs by the difference.

    The row of the EPCI is the lock: two who count take turns, and nobody who writes waits. Marks are read before the records, and
    those alone are taken away, by their keys (a lower one may be committed later): what is written meanwhile leaves a mark that
    stays.
    """
    require(actor, "activity.refresh", "installation")
    own, _ = MonthFigures.objects.select_for_update().get_or_create(epci_id=epci, commune=None, month=month)
    marks = dict(TouchedMonth.objects.filter(epci=epci, month=month).values_list("pk", "commune"))
    touched = set(marks.values())
    rows = MonthFigures.objects.filter(epci=epci, month=month, commune__isnull=False)
    known = {row.commune_id: row for row in rows}
    renewed = [row for commune, row in known.items() if commune in touched]
    days = Q(date__range=(month, Month.of(month).last))
    found = {commune: figures for (_, commune, _), figures in reckon(Q(epci=epci, commune__in=touched) & days).items()}
    for commune in sorted(touched):
        row = known.setdefault(commune, MonthFigures(epci_id=epci, commune_id=commune, month=month))
        row.hold(found.get(commune, NOTHING))
    MonthFigures.objects.bulk_update(renewed, list(columns_of(NOTHING)), batch_size=100)
    MonthFigures.objects.bulk_create([row for row in known.values() if row.pk is None])
    old, new = own.figures, total(row.figures for row in known.values())
    whole = _whole(month)
    whole.hold(total([whole.figures, new], less=[old]))
    whole.save()
    own.hold(new)
    own.save()
    TouchedMonth.objects.filter(pk__in=marks).delete()


@transaction.atomic
def touch_everything(*, actor: Actor, epci: Epci | None = None) -> int:
    """Have every month counted anew, as when rows were brought in past the actions; return how many months of communes."""
    require(actor, "activity.refresh", "installation")
    touched = 0
    for one in [epci] if epci else Epci.objects.order_by("pk"):
        places = set(_places_of(one))
        mark_touched(places)
        touched += len(places)
    return touched


@transaction.atomic
def sum_up(*, actor: Actor) -> None:
    """Add up the EPCIs of each month anew, whatever was kept of all of them."""
    require(actor, "activity.refresh", "installation")
    for month in MonthFigures.objects.filter(epci=None).order_by("month").values_list("month", flat=True):
        whole = _whole(month)
        whole.hold(_of_epcis(month))
        whole.save()


def _whole(month: dt.date) -> MonthFigures:
    """Return the row of all EPCIs, locked; a new one is their sum."""
    whole, is_new = MonthFigures.objects.select_for_update().get_or_create(epci=None, commune=None, month=month)
    if is_new:
        whole.hold(_of_epcis(month))
    return whole


def _of_epcis(month: dt.date) -> Figures:
    rows = MonthFigures.objects.filter(month=month, epci__isnull=False, commune=None)
    return total(row.figures for row in rows.iterator(chunk_size=AT_ONCE))


def _places_of(epci: Epci) -> Iterator[Place]:
    for model in (Record, Tally):
        dated = model._default_manager.filter(epci=epci).order_by().annotate(first=TruncMonth("date"))
        yield from dated.values_list("epci", "commune", "first").distinct()
    yield from MonthFigures.objects.filter(epci=epci, commune__isnull=False).order_by().values_list("epci", "commune", "month")
