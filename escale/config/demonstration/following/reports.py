"""The quarterly reports of this year, sent when their day came, then the territory's; most mairies said that they read theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction

from escale.apps.evaluation.actions import acknowledge_report, freeze_territory, prepare_reports, send_report
from escale.apps.evaluation.holders import ReportHolder
from escale.apps.evaluation.models import PREPARED_AFTER, SENT_AFTER, Report
from escale.apps.territory.clock import today
from escale.apps.territory.models import Epci
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.month.days import as_if_on
from escale.core.calendar.periods import Period

SILENT_EACH = 4
"""One mairie out of so many has not said that it read its report."""
DAYS_TO_READ = 6


@transaction.atomic
def report_to_communes(epci: Epci) -> None:
    """Prepare and send the quarterly reports of this year that were due, once; in January, the last ones of last year."""
    if Report.objects.filter(epci=epci).exists():
        return
    now = today(epci)
    for period in _told(now):
        with as_if_on(period.last + PREPARED_AFTER):
            reports = prepare_reports(actor=ACTOR, epci=epci, period=period)
        with as_if_on(period.last + SENT_AFTER):
            for report in reports:
                send_report(actor=ACTOR, report=report)
            if reports:
                freeze_territory(actor=ACTOR, epci=epci, period=period)
        read_on = period.last + SENT_AFTER + dt.timedelta(days=DAYS_TO_READ)
        if read_on <= now:
            _read(reports, read_on)


def _told(now: dt.date) -> Iterator[Period]:
    """Yield the quarters of this year whose reports have left; before there is one, the last of last year, and that year."""
    left = [period for period in (Period(now.year, number) for number in (1, 2, 3)) if period.last + SENT_AFTER <= now]
    yield from left or [one for one in (Period(now.year - 1, 4), Period(now.year - 1)) if one.last + SENT_AFTER <= now]


def _read(reports: Sequence[Report], day: dt.date) -> None:
    for number, report in enumerate(reports):
        if number % SILENT_EACH != SILENT_EACH - 1:
            with as_if_on(day):
                acknowledge_report(actor=ReportHolder(report=report), report=report)
