"""The preview of an imported tour: what a table says to this EPCI today. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.documents.reading.tables import Table
from escale.apps.schedule.imports.headers import find_headers
from escale.apps.schedule.imports.judging import MOST_MONTHS, judge, out_of_reach, span_of, usual_days
from escale.apps.schedule.imports.people import Holder, Known, KnownCommune, KnownPost
from escale.apps.schedule.imports.reading import Line, Told, Understood, understand
from escale.apps.schedule.problems import build_problem, mediator_id
from escale.apps.team.models import Occupancy, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import service_windows
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.problem import Annex, Problem

REACH_YEARS = 2
"""How far around today a table may name communes and posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be imported: the visits that may stand, what was refused or interpreted, the usual day of each commune.

    `refusal` says why nothing at all can be imported. `missing` holds the visits that the months owe and the table lacks.
    """

    title: str
    lines: tuple[Line, ...]
    faults: tuple[Told, ...]
    notes: tuple[Told, ...]
    usual: dict[str, Annex]
    missing: tuple[tuple[str, Month], ...]
    problem: Problem | None
    refusal: str = ""

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that the draft would plan."""
        return self.problem.months if self.problem else ()


def find_table(tables: Sequence[Table]) -> Table:
    """Return the table that holds a tour. Raise UnreadableFileError when none does."""
    return find_headers(tables)[0]


def preview_of(epci: Epci, table: Table, *, year: int, today: dt.date) -> Preview:
    """Understand a table as the database knows the territory now. Raise UnreadableFileError when it has no headers of a tour."""
    table, headers = find_headers([table])
    found = understand(table, headers, _known(epci, today), year=year)
    far = out_of_reach(found.lines, today)
    near = [line for line in found.lines if line not in far]
    months = span_of(near)
    if not months:
        return _refused(table, found, far, "Aucun passage de ce fichier ne peut être repris.")
    if len(months) > MOST_MONTHS:
        return _refused(
            table, found, far, f"Ce fichier couvre {len(months)} mois ; en garder {MOST_MONTHS} au plus, puis recommencer."
        )
    try:
        problem = build_problem(epci, months)
    except ProblemError as error:
        return _refused(table, found, far, f"La tournée ne peut pas encore être reprise : {error.message}.")
    refused = far | judge(near, problem)
    kept = tuple(line for line in near if line not in refused)
    usual, untaken = _usual(epci, kept, found)
    return Preview(
        title=table.title,
        lines=kept,
        faults=_in_order([*found.faults, *refused.values()]),
        notes=_in_order([*found.notes, *untaken]),
        usual=usual,
        missing=_missing(problem, kept),
        problem=problem,
        refusal="" if kept else "Aucun passage de ce fichier ne peut être repris.",
    )


def _refused(table: Table, found: Understood, far: dict[Line, Told], words: str) -> Preview:
    faults = _in_order([*found.faults, *far.values()])
    notes = tuple(found.notes)
    return Preview(title=table.title, lines=(), faults=faults, notes=notes, usual={}, missing=(), problem=None, refusal=words)


def _usual(epci: Epci, kept: Sequence[Line], found: Understood) -> tuple[dict[str, Annex], list[Told]]:
    """Return the usual days that may be agreed, and a note for each written one that art. 4 does not give."""
    service = service_windows(epci)
    days = usual_days(kept, found.usual)
    planned = {line.commune.code: line for line in kept}
    untaken = [
        Told(
            line=planned[code].line,
            column="Jour habituel",
            words=f"{day.window.words} : l’article 4 ne donne pas cette demi-journée ; ce jour ne sera pas retenu",
        )
        for code, day in days.items()
        if code in planned and day.window not in service
    ]
    return {code: day for code, day in days.items() if code in planned and day.window in service}, untaken


def _missing(problem: Problem, kept: Sequence[Line]) -> tuple[tuple[str, Month], ...]:
    there = {(line.commune.code, Month.of(line.date)) for line in kept}
    return tuple(
        (commune.name, month)
        for commune in problem.communes
        for month in problem.months
        if commune.visits_due(month) and (commune.code, month) not in there
    )


def _known(epci: Epci, today: dt.date) -> Known:
    first, last = dt.date(today.year - REACH_YEARS, 1, 1), dt.date(today.year + REACH_YEARS, 12, 31)
    communes = Commune.objects.members_of(epci, first, last)
    posts = list(Post.objects.filter(epci=epci).between(first, last))
    held = list(Occupancy.objects.filter(post__in=posts).between(first, last).select_related("mediator"))
    return Known(
        epci=epci.name,
        communes=tuple(
            KnownCommune(code=commune.code, full=commune.place_name.full, bare=commune.place_name.bare) for commune in communes
        ),
        posts=tuple(
            KnownPost(
                id=mediator_id(post),
                label=post.label,
                holders=tuple(_holder(occupancy) for occupancy in held if occupancy.post_id == post.pk),
            )
            for post in posts
        ),
    )


def _holder(occupancy: Occupancy) -> Holder:
    person = occupancy.mediator
    starts, ends = occupancy.starts or dt.date.min, occupancy.ends or dt.date.max
    return Holder(first_name=person.first_name, last_name=person.last_name, starts=starts, ends=ends)


def _in_order(told: Sequence[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=lambda one: one.line))
