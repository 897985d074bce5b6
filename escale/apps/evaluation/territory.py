"""The figures of the whole territory: the sums of what its communes are told, so that no two reports tell two numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from escale.apps.evaluation.figures import CommuneLine, DutyLine, Figures, MonthLine
from escale.apps.evaluation.gathering import gather
from escale.apps.evaluation.models import Report
from escale.apps.evaluation.queries import communes_owed
from escale.apps.obligations.kept import Status
from escale.apps.territory.models import Epci
from escale.core.calendar.periods import Period
from escale.core.evaluation.tables import TERRITORY

UNMEASURED = (Status.NOT_MEASURED.value, Status.NOT_YET.value)
COMMUNES = "Les communes"


def reports_of(epci: Epci, period: Period) -> dict[str, Report]:
    """Return the current report of each commune for a period, by INSEE code."""
    rows = Report.objects.filter(epci=epci, period=str(period)).current().select_related("epci", "commune")
    return {row.commune.code: row for row in rows.defer("commune__outline").order_by("commune__sort_key", "commune__code")}


def figures_so_far(epci: Epci, period: Period, on: dt.date) -> Figures:
    """Return the sums of what the communes are told, or will be; nothing of people but how many came."""
    reports = reports_of(epci, period)
    owed = communes_owed(epci, period)
    live = [commune for commune in owed if commune.code not in reports]
    found = gather(epci, live, period, on, with_tables=False) if live else {}
    of_each = [reports[one.code].contents if one.code in reports else found[one.code].figures for one in owed]
    return summed(epci, period, of_each, on)


def summed(epci: Epci, period: Period, of_each: Sequence[Figures], on: dt.date) -> Figures:
    """Return the figures of communes as one territory, without what may name a person: that is judged apart."""
    counts = sum((Counter(one.counts) for one in of_each), Counter[str]())
    duties = tuple(_duties(epci, of_each))
    return Figures(
        period=str(period),
        until=max((one.until for one in of_each), default=on),
        commune=str(epci),
        code=TERRITORY,
        population=sum(one.population or 0 for one in of_each) or None,
        epci=str(epci),
        service=epci.service_name,
        effect=None,
        counts=dict(sorted({**counts, **_kept(epci, of_each)}.items())),
        months=tuple(_month(period, number, of_each) for number in range(len(period.months))),
        duties=duties,
        communes=tuple(
            CommuneLine(
                code=one.code,
                name=one.commune,
                population=one.population,
                due=one.count("due"),
                held=one.count("held"),
                people=None,
            )
            for one in of_each
        ),
    )


def _month(period: Period, number: int, of_each: Sequence[Figures]) -> MonthLine:
    lines = [one.months[number] for one in of_each]
    return MonthLine(
        month=str(period.months[number]),
        due=sum(one.due for one in lines),
        proposed=sum(one.proposed for one in lines),
        held=sum(one.held for one in lines),
        people=sum(one.people for one in lines),
    )


def _side(epci: Epci, duty: DutyLine) -> str:
    return duty.party if duty.party == str(epci) else COMMUNES


def _kept(epci: Epci, of_each: Iterable[Figures]) -> dict[str, int]:
    """Count the obligations that are met, of those that something measures, over all conventions."""
    found = dict.fromkeys(("kept_by_epci", "measured_of_epci", "kept_by_communes", "measured_of_communes"), 0)
    for one in of_each:
        for duty in one.duties:
            side = "epci" if duty.party == str(epci) else "communes"
            found[f"measured_of_{side}"] += duty.status not in UNMEASURED
            found[f"kept_by_{side}"] += duty.status == Status.MET.value
    return found


def _duties(epci: Epci, of_each: Iterable[Figures]) -> Iterable[DutyLine]:
    """Yield each obligation once, with how many conventions it is met in, of those where something measures it."""
    measured, met = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for one in of_each:
        for duty in one.duties:
            key = (_side(epci, duty), duty.article, duty.words)
            measured[key] += duty.status not in UNMEASURED
            met[key] += duty.status == Status.MET.value
    for party in (str(epci), COMMUNES):
        for key, count in measured.items():
            if key[0] == party and count:
                status = Status.MET if met[key] == count else Status.LATE
                told = f"tenu pour {met[key]} convention{'s' * (met[key] > 1)} sur {count}"
                yield DutyLine(party=party, article=key[1], words=key[2], status=status.value, told=told)
