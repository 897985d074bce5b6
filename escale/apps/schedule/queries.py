"""What the first screens ask about the planning: how far it is, what it keeps, what is proved about it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from escale.apps.schedule.labels import PHASES, RUN_STATUSES
from escale.apps.schedule.models import Participation, ReducedService, Run, RunStatus
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.planning.progress import Phase
from escale.core.planning.stops import gap_of

NO_BREAK_SPACE = "\u00a0"
MANY_FREE_PERCENT = 50
"""A proof that leaves more than this open says nothing of use yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A search as a screen shows it; texts are French sentences, empty while there is nothing to say."""

    key: int
    status: RunStatus
    status_words: str
    months_words: str
    share: float
    phase_words: str
    cost: float | None
    lower_bound: float | None
    due: int
    visits: int | None
    served_words: str
    gap_words: str
    unserved: tuple[str, ...]
    changed_days: tuple[str, ...]
    requested_at: dt.datetime
    finished_at: dt.datetime | None
    error: str

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.status in {RunStatus.QUEUED, RunStatus.RUNNING}


def latest_run(epci: Epci, year: int) -> RunSummary | None:
    """Return the last search that was asked for and reaches into a civil year; None when there is none."""
    run = Run.objects.filter(epci=epci, first_month__lte=f"{year}-12", last_month__gte=f"{year}-01").latest_first().first()
    return None if run is None else summary_of(run)


def latest_plan(epci: Epci, year: int) -> Run | None:
    """Return the last search with a plan that reaches into a civil year."""
    reaching = Run.objects.filter(epci=epci, first_month__lte=f"{year}-12", last_month__gte=f"{year}-01")
    return reaching.planned().latest_first().first()


def summary_of(run: Run) -> RunSummary:
    """Return a search as a screen shows it."""
    result: dict[str, Any] = run.result or {}
    status, months = RunStatus(run.status), run.months
    due = int(result.get("due", 0))
    visits = result.get("visits")
    return RunSummary(
        key=run.pk,
        status=status,
        status_words=RUN_STATUSES[status],
        months_words=months_words(months),
        share=run.share,
        phase_words=PHASES[Phase(run.phase)] if run.phase else "",
        cost=run.cost,
        lower_bound=run.lower_bound,
        due=due,
        visits=visits,
        served_words="" if visits is None else served_words(due - len(result["unserved"]), due),
        gap_words="" if run.cost is None else gap_words(run.cost, run.lower_bound or 0.0),
        unserved=_unserved_words(result.get("unserved", ())),
        changed_days=tuple(item["words"] for item in result.get("changed_days", ())),
        requested_at=run.requested_at,
        finished_at=run.finished_at,
        error=run.error,
    )


def reduced_service_on(epci: Epci, day: dt.date) -> str:
    """Return the sentence that communes and residents read while the service is reduced; empty when it is not."""
    told = ReducedService.objects.filter(holding(day), epci=epci).order_by("-starts").first()
    return "" if told is None else told.sentence


def endings(communes: Iterable[Commune], today: dt.date) -> dict[int, dt.date]:
    """Return the last day of each of these communes that took part and no longer does nor will, by its key: in one question."""
    rows = Participation.objects.filter(commune__in=[commune.pk for commune in communes]).firm()
    last: dict[int, dt.date] = {}
    for commune, ends in rows.order_by().values_list("commune", "ends"):
        last[commune] = max(ends or dt.date.max, last.get(commune, dt.date.min))
    return {commune: day for commune, day in last.items() if day < today}


def _unserved_words(unserved: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return one sentence for each month and reason: « février 2027 : Abscon, Mastaing (47 visites pour 42 demi-journées) »."""
    together: dict[tuple[str, str], list[str]] = {}
    for item in unserved:
        together.setdefault((item["month"], item["reason"]), []).append(item["name"])
    return tuple(
        f"{month_words(Month.parse(month))} : {', '.join(names)} ({reason})" for (month, reason), names in together.items()
    )


def months_words(months: Sequence[Month]) -> str:
    """Return « 2027 », « de mars 2027 » or « de mars 2027 à juin 2027 », as it stands after « la tournée »."""
    first, last = months[0], months[-1]
    if (first.number, last.number) == (1, 12) and first.year == last.year:
        return str(first.year)
    return f"de {month_words(first)}" + ("" if first == last else f" à {month_words(last)}")


def served_words(served: int, due: int) -> str:
    """Return « 564 demi-journées sur 564 dues (art. 4) »."""
    return f"{served} demi-journée{'s' if served > 1 else ''} sur {due} due{'s' if due > 1 else ''} (art.{NO_BREAK_SPACE}4)"


def gap_words(cost: float, lower_bound: float) -> str:
    """Return what could still be won at most, as it is proved: rounded up, so that it never claims too much."""
    percent = math.ceil(gap_of(cost, lower_bound) * 1000 - 1e-9) / 10
    if percent == 0:
        return "aucun plan ne fait mieux (démontré)"
    if percent > MANY_FREE_PERCENT:
        return ""
    number = f"{percent:.1f}".removesuffix(".0").replace(".", ",")
    return f"au mieux, on gagnerait encore {number}{NO_BREAK_SPACE}% (démontré)"
