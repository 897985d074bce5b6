"""The figures of communes over a period, gathered from all that the house records of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, Sum

from escale.apps.activity.figures import figures_by_month
from escale.apps.booking.models import Appointment, Demande
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.context import next_dates_of, standings_of
from escale.apps.evaluation.figures import DutyLine, Figures, MonthLine, NextDate
from escale.apps.evaluation.guarding import Basis, Months, Version, basis_of, guarded, people_of
from escale.apps.evaluation.halfdays import NONE, HalfDays, due_months, half_days_of
from escale.apps.evaluation.models import Report
from escale.apps.obligations.cases import Case, cases_of
from escale.apps.obligations.kept import Kept
from escale.apps.obligations.queries import kept_on
from escale.apps.territory.catalogue import APPOINTMENT_SLOT_MINUTES, K_INTERNAL
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.apps.urgencies.models import Request
from escale.core.activity.figures import Table, total
from escale.core.activity.vocabulary import ActivityKind
from escale.core.booking.slots import APPOINTMENT_MINUTES
from escale.core.booking.states import AppointmentState, DemandeState
from escale.core.calendar.periods import Period
from escale.core.convention.parties import Party
from escale.core.visits.life import VisitState


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The figures of a commune as they are told, and what its tables were made of."""

    figures: Figures
    basis: Basis

    def says_the_same_as(self, report: Report) -> bool:
        """Tell whether a report was counted alike: its tables hide what they hide, and are compared by what they were made of."""
        return self.figures.counts_the_same_as(report.contents) and self.basis.counts == Basis.from_json(report.basis).counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is read at once for all communes of a gathering, by the key of the commune."""

    cases: Mapping[int, Case]
    duties: Mapping[int, tuple[Kept, ...]]
    half_days: Mapping[int, HalfDays]
    booked: Mapping[int, Mapping[str, int]]
    urgencies: Mapping[int, Mapping[str, int]]
    reports: Mapping[int, list[Report]]
    standings: Mapping[int, str]
    next_dates: Mapping[int, tuple[NextDate, ...]]
    slots: int
    k: int


def gather(
    epci: Epci, communes: Iterable[Commune], period: Period, on: dt.date, *, with_tables: bool = True
) -> dict[str, Gathered]:
    """Return the figures of communes over a period as they are known on a day, by INSEE code, in the order of the communes.

    Tables of people take a tenth of a second for each commune: leave them out where nothing is shown.
    """
    wanted = list(communes)
    keys = [commune.pk for commune in wanted]
    last = min(period.last, on)
    conventions = _conventions(epci, keys, period)
    kept = kept_on(conventions, last)
    known = Known(
        cases={case.commune: case for case in cases_of(conventions, last)},
        duties={row.commune_id: kept[row.pk] for row in conventions},
        half_days=half_days_of(epci, keys, period, on),
        booked=_bookings(epci, keys, period),
        urgencies=_urgencies(epci, keys, period),
        reports=_reports_of_the_year(epci, keys, period),
        standings=standings_of(epci, period),
        next_dates=next_dates_of(epci, keys, period, on),
        slots=APPOINTMENT_MINUTES // value_of(epci, APPOINTMENT_SLOT_MINUTES),
        k=value_of(epci, K_INTERNAL),
    )
    found = {}
    for commune in wanted:
        by_month = figures_by_month(epci, period.months[0], period.months[-1], commune=commune)
        figures = _figures(epci, commune, period, on, known, by_month)
        one = Gathered(figures=figures, basis=basis_of(by_month))
        found[commune.code] = _with_tables(one, by_month, known.reports.get(commune.pk, ()), known.k) if with_tables else one
    return found


def _with_tables(found: Gathered, by_month: Months, reports: Sequence[Report], k: int) -> Gathered:
    """Add the tables of people, as far as they may be told after the other reports of the year, and after what they put right."""
    figures, period = found.figures, Period.parse(found.figures.period)
    last = {row.period: row for row in reports if row.period != str(period)}
    reported = {row.span.quarter: Basis.from_json(row.basis) for row in last.values()}
    replaced = [row for row in reports if row.sent_at is not None and last.get(row.period) != row]
    quarters = {number: basis for number, basis in reported.items() if number != 0}
    if period.is_year:
        quarters = {number: quarters.get(number) or _of_quarter(by_month, period, number) for number in (1, 2, 3, 4)}
    tables, told = guarded(
        figures.code,
        period,
        found.basis,
        quarters,
        earlier=[basis.told for basis in reported.values()],
        versions=[Version(period=row.span, number=row.number, basis=Basis.from_json(row.basis)) for row in replaced],
        population=figures.population,
        k=k,
    )
    return Gathered(figures=replace(figures, tables=tables), basis=replace(found.basis, told=told))


def _figures(epci: Epci, commune: Commune, period: Period, on: dt.date, known: Known, by_month: Months) -> Figures:
    case, half_days = known.cases.get(commune.pk), known.half_days.get(commune.pk, NONE)
    months = _months(case, half_days, by_month, period, on)
    counts = Counter[str](half_days.counts) + Counter(known.booked.get(commune.pk, {}))
    counts += Counter(known.urgencies.get(commune.pk, {})) + _activity(by_month)
    counts["due"] = sum(month.due for month in months)
    counts["proposed"] = sum(min(month.proposed, month.due) for month in months)
    counts["held"] = sum(half_days.held.values())
    if case is not None and counts["visits_timed"]:
        counts["minutes_asked"] = case.terms.session_minutes * counts["visits_timed"]
    counts["slots_open"] = known.slots * sum(line.fate in ("held", "moved", "make_up") for line in half_days.lines)
    return Figures(
        period=str(period),
        until=on,
        commune=str(commune),
        code=commune.code,
        population=commune.population,
        epci=str(epci),
        service=epci.service_name,
        effect=case.effect if case else None,
        counts=dict(sorted(counts.items())),
        months=months,
        visits=half_days.lines,
        duties=tuple(_duty(one, epci, commune) for one in known.duties.get(commune.pk, ())),
        standing=known.standings.get(commune.pk, ""),
        next_dates=known.next_dates.get(commune.pk, ()),
    )


def _of_quarter(year: Months, period: Period, number: int) -> Basis:
    """Return the counts of a quarter that was never reported, as they are known now."""
    return basis_of({month: year[month] for month in Period(period.year, number).months})


def _reports_of_the_year(epci: Epci, communes: list[int], period: Period) -> dict[int, list[Report]]:
    """Return every writing of the reports of the year, by commune, the last one of each period after those that it replaced."""
    of_year = [str(period.year), *(f"{period.year}-T{number}" for number in (1, 2, 3, 4))]
    rows = Report.objects.filter(epci=epci, commune__in=communes, period__in=of_year).order_by("period", "number")
    found: defaultdict[int, list[Report]] = defaultdict(list)
    for row in rows.defer("figures"):
        found[row.commune_id].append(row)
    return found


def _conventions(epci: Epci, communes: list[int], period: Period) -> list[Convention]:
    """Return the convention of each commune that bound it during the period; the last one where two did."""
    rows = Convention.objects.filter(epci=epci, commune__in=communes, notified_on__lte=period.last, abandoned_on=None)
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=period.first))
    found = {row.commune_id: row for row in rows.select_related("epci", "commune").order_by("notified_on", "pk")}
    return list(found.values())


def _months(case: Case | None, half_days: HalfDays, by_month: Months, period: Period, on: dt.date) -> tuple[MonthLine, ...]:
    due = set(due_months(case, period.months, on))
    wanted = case.terms.sessions_per_month if case else 0
    return tuple(
        MonthLine(
            month=str(month),
            due=wanted if str(month) in due else 0,
            proposed=half_days.proposed.get(str(month), 0),
            held=half_days.held.get(str(month), 0),
            people=people_of(by_month[month]),
        )
        for month in period.months
    )


def _activity(by_month: Months) -> Counter[str]:
    """Count what was done: with an appointment, without one, in workshops, for the commune itself."""
    found = total(by_month.values())
    kinds = found.table(Table.KINDS)
    return Counter(
        people=people_of(found),
        by_appointment=found.by_appointment,
        walk_in=found.walk_in,
        in_workshops=found.in_workshops,
        activities=found.activities,
        workshops=kinds.get(ActivityKind.COLLECTIVE.value, 0),
        supports=kinds.get(ActivityKind.SUPPORT.value, 0),
        minutes_helped=found.minutes,
        elsewhere=found.helped_elsewhere,
        left=found.left,
        out_of_bounds=found.out_of_bounds,
    )


def _urgencies(epci: Epci, communes: list[int], period: Period) -> dict[int, dict[str, int]]:
    asked = Request.objects.filter(epci=epci, commune__in=communes, asked_at__date__range=(period.first, period.last))
    counted = (
        asked.order_by().values_list("commune").annotate(every=Count("pk"), solved=Count("pk", filter=Q(solved_at__isnull=False)))
    )
    return {commune: {"urgencies": every, "urgencies_solved": solved} for commune, every, solved in counted}


def _bookings(epci: Epci, communes: list[int], period: Period) -> dict[int, Counter[str]]:
    """Count the appointments at the half-days of each commune, and the requests that it noted."""
    found: dict[int, Counter[str]] = {}
    dated = Appointment.objects.of_visits().filter(epci=epci, visit__commune__in=communes)
    dated = dated.filter(visit__date__range=(period.first, period.last)).order_by()
    kinds = dated.values_list("visit__commune", "state", "visit__state")
    for commune, state, became, slots, count in kinds.annotate(slots=Sum("slot_count"), count=Count("pk")):
        counts = found.setdefault(commune, Counter())
        counts[f"appointments_{state}"] += count
        if state != AppointmentState.CANCELLED and became == VisitState.HELD:
            counts["slots_taken"] += slots
    asked = Demande.objects.filter(epci=epci, commune__in=communes, asked_at__date__range=(period.first, period.last))
    for commune, state, count in asked.order_by().values_list("commune", "state").annotate(count=Count("pk")):
        counts = found.setdefault(commune, Counter())
        counts["demandes"] += count
        if state in (DemandeState.UNMET, DemandeState.WAITING, DemandeState.TO_CONFIRM):
            counts[f"demandes_{state}"] += count
    return found


def _duty(kept: Kept, epci: Epci, commune: Commune) -> DutyLine:
    party = str(epci) if kept.obligation.party is Party.EPCI else f"La commune {commune.place_name.de}"
    return DutyLine(
        party=party,
        article=kept.obligation.article,
        words=kept.obligation.words,
        status=kept.status.value,
        told=kept.told,
    )
