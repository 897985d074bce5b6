"""What is read of reports: which communes are owed one, what is still missing in their figures, where each report is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from escale.apps.audit.actors import Actor
from escale.apps.booking.models import Appointment
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.gathering import gather
from escale.apps.evaluation.models import Report
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.periods import Period

HEAVY = ("figures", "basis", "commune__outline")
"""What lists of reports do not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What would make the figures of a commune whole: half-days to close, appointments of which nobody said how they went."""

    to_close: int = 0
    untold_appointments: int = 0

    @property
    def words(self) -> str:
        """What is missing, in French; nothing when nothing is."""
        parts = []
        if self.to_close:
            parts.append(f"{self.to_close} demi-journée{'s' * (self.to_close > 1)} à clore")
        if self.untold_appointments:
            parts.append(f"{self.untold_appointments} rendez-vous sans suite notée")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A commune that is owed a report of a period: the current one when there is one, and what its figures miss."""

    commune: Commune
    report: Report | None
    missing: Missing


def communes_owed(epci: Epci, period: Period) -> list[Commune]:
    """Return the communes that a convention bound on at least one day of a period, in the order of their names."""
    bound = Convention.objects.filter(epci=epci, notified_on__lte=period.last, abandoned_on=None)
    bound = bound.filter(Q(ends_on=None) | Q(ends_on__gte=period.first))
    return list(Commune.objects.filter(pk__in=bound.values("commune")).defer("outline").order_by("sort_key", "code"))


def report_lines(actor: Actor, epci: Epci, period: Period, on: dt.date) -> list[ReportLine]:
    """Return every commune that is owed a report of a period, in a constant number of queries."""
    communes = communes_owed(epci, period)
    rows = Report.objects.visible_to(actor).filter(epci=epci, period=str(period)).current()
    reports = {row.commune_id: row for row in rows.select_related("commune", "epci").defer(*HEAVY)}
    missing = missing_in(epci, period, on)
    return [
        ReportLine(commune=commune, report=reports.get(commune.pk), missing=missing.get(commune.pk, Missing()))
        for commune in communes
    ]


def missing_in(epci: Epci, period: Period, on: dt.date) -> dict[int, Missing]:
    """Return what the figures of each commune still miss, by its key."""
    last = min(period.last, on - dt.timedelta(days=1))
    past = Visit.objects.filter(epci=epci, date__range=(period.first, last))
    to_close = Counter(past.coming().values_list("commune", flat=True))
    held = past.exclude(pk__in=past.coming().values("pk"))
    untold = Counter(Appointment.objects.booked().filter(visit__in=held).values_list("visit__commune", flat=True))
    return {key: Missing(to_close=to_close[key], untold_appointments=untold[key]) for key in sorted(set(to_close) | set(untold))}


def has_drifted(report: Report, on: dt.date) -> bool:
    """Tell whether counting anew on a day gives other figures than the frozen ones: a record came late, or was put right."""
    [found] = gather(report.epci, [report.commune], report.span, on, with_tables=False).values()
    return not found.says_the_same_as(report)


def writings_of(report: Report) -> Sequence[Report]:
    """Return every writing of a report, the first one first."""
    rows = Report.objects.filter(epci=report.epci, commune=report.commune, period=report.period)
    return list(rows.defer("figures", "basis").order_by("number"))


def current_of(report: Report) -> Report:
    """Return the last writing of a report that was sent: itself, or the rectification that takes its place."""
    sent = Report.objects.filter(epci=report.epci_id, commune=report.commune_id, period=report.period, sent_at__isnull=False)
    return sent.order_by("number").last() or report


def sent_to(actor: Actor, commune: Commune) -> list[Report]:
    """Return the reports that a commune was sent, the last period first, each in its last writing."""
    rows = Report.objects.visible_to(actor).filter(commune=commune, sent_at__isnull=False).order_by("period", "number")
    last = {(row.epci_id, row.period): row for row in rows.select_related("epci", "commune").defer(*HEAVY)}
    return sorted(last.values(), key=lambda row: (row.span.last, row.span.is_year), reverse=True)


def years_of(epci: Epci, today: dt.date) -> list[int]:
    """Return the years that may have reports, the last one first: from the first convention to today."""
    notified = Convention.objects.filter(epci=epci, notified_on__lte=today).order_by("notified_on")
    first = notified.values_list("notified_on", flat=True).first()
    return list(range(today.year, (first or today).year - 1, -1))
