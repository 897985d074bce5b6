"""The preview of an import of conventions: what a table says to this EPCI today, tried and undone; and the file to fill in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions.actions.importing import FaultyLinesError, import_conventions
from escale.apps.conventions.folders import shipped_models
from escale.apps.conventions.imports.columns import Column, find_headings
from escale.apps.conventions.imports.lines import ConventionLine
from escale.apps.conventions.imports.reading import understand
from escale.apps.conventions.models import Convention, Signatory
from escale.apps.conventions.papers.texts import model_named
from escale.apps.conventions.queries import states_of
from escale.apps.documents.reading.tables import Table
from escale.apps.documents.spreadsheets import Value
from escale.apps.schedule.imports.people import Known, KnownCommune
from escale.apps.schedule.imports.reading import Told
from escale.apps.schedule.models import AnnexedPattern, Participation
from escale.apps.territory.clock import today
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import HALF_WORDS, WEEKDAY_WORDS
from escale.core.convention.life import STATE_WORDS
from escale.core.planning.problem import Annex


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A convention that may be imported: the day of its effect, and where it stands today."""

    line: int
    commune: str
    effect: dt.date | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be imported, what is wrong, and what the tour becomes by it.

    `joining` counts the communes that then take part firmly and did not; `visits` how many visits are planned more, or fewer.
    """

    title: str
    lines: tuple[ConventionLine, ...]
    ready: tuple[Ready, ...] = ()
    faults: tuple[Told, ...] = ()
    empty: int = 0
    unknown: tuple[str, ...] = ()
    joining: int = 0
    visits: int = 0

    @property
    def may_be_imported(self) -> bool:
        """Whether every line that was filled in is right, and there is one."""
        return bool(self.lines) and not self.faults


@dataclass(slots=True)
class _Trial:
    """What was seen of a trial before it was undone."""

    ready: list[Ready] = field(default_factory=list)
    faults: list[Told] = field(default_factory=list)
    joining: int = 0
    visits: int = 0


def preview_of(actor: Actor, epci: Epci, table: Table) -> Preview:
    """Try to import a table, and undo it. Raise UnreadableFileError when it has no headings of conventions."""
    table, headings = find_headings([table])
    found = understand(table, headings, _known(epci), shipped_models())
    trial = _tried(actor, epci, table.title, found.lines)
    faults = sorted([*found.faults, *trial.faults], key=lambda fault: fault.line)
    return Preview(
        title=table.title,
        lines=tuple(found.lines),
        ready=tuple(trial.ready),
        faults=tuple(faults),
        empty=found.empty,
        unknown=headings.unknown,
        joining=trial.joining,
        visits=trial.visits,
    )


def lines_of(epci: Epci, table: Table) -> list[ConventionLine]:
    """Return the conventions of a table, for the action that imports them; none when a cell cannot be read."""
    table, headings = find_headings([table])
    found = understand(table, headings, _known(epci), shipped_models())
    return [] if found.faults else found.lines


def _tried(actor: Actor, epci: Epci, title: str, lines: list[ConventionLine]) -> _Trial:
    trial = _Trial()
    with transaction.atomic():
        firm, planned = _taking_part(epci), _planned(epci)
        try:
            made = import_conventions(actor=actor, epci=epci, title=title, lines=lines, keep_texts=False)
        except FaultyLinesError as error:
            trial.faults += error.faults
        else:
            trial.ready += _ready(epci, lines, made)
            trial.joining, trial.visits = _taking_part(epci) - firm, _planned(epci) - planned
        transaction.set_rollback(True)
    return trial


def _ready(epci: Epci, lines: Iterable[ConventionLine], made: Iterable[Convention]) -> list[Ready]:
    rows = list(made)
    states = states_of(Convention.objects.filter(pk__in=[row.pk for row in rows]), today(epci))
    return [
        Ready(
            line=line.line,
            commune=line.commune.full,
            effect=row.notified_on,
            state=STATE_WORDS[states[row.pk].state] if row.notified_on else "pas encore en vigueur",
        )
        for line, row in zip(lines, rows, strict=True)
    ]


def _taking_part(epci: Epci) -> int:
    return Participation.objects.filter(holding(today(epci)), epci=epci).firm().count()


def _planned(epci: Epci) -> int:
    return Visit.objects.filter(epci=epci).standing().count()


def _known(epci: Epci) -> Known:
    now = today(epci)
    communes = Commune.objects.members_of(epci, now, now)
    names = [(commune.code, commune.place_name) for commune in communes]
    return Known(
        epci=epci.name,
        communes=tuple(KnownCommune(code=code, full=name.full, bare=name.bare) for code, name in names),
        posts=(),
    )


def file_to_fill(epci: Epci) -> tuple[list[str], list[list[Value]]]:
    """Return the headings of the file that is asked for, and a row for each commune with what is known of it already."""
    now = today(epci)
    communes = list(Commune.objects.members_of(epci, now, now))
    signing = _who_has_always_signed(epci, now)
    agreed = {row.commune_id: row.value for row in AnnexedPattern.objects.filter(epci=epci).in_force_on(now)}
    voted = next((name for name in shipped_models() if model_named(name).is_voted), "")
    rows: list[list[Value]] = []
    for commune in communes:
        known: dict[Column, str] = {
            Column.CODE: commune.code,
            Column.COMMUNE: commune.place_name.full,
            Column.MODEL: voted,
            Column.CHANNEL: "LRAR",
            Column.USUAL: usual_words(agreed[commune.pk]) if commune.pk in agreed else "",
        }
        known |= _person(signing.get(commune.pk), "COMMUNE") | _person(signing.get(None), "EPCI")
        rows.append([known.get(column, "") for column in Column])
    return [column.value for column in Column], rows


def _who_has_always_signed(epci: Epci, on: dt.date) -> dict[int | None, Signatory]:
    """Return, by commune (None: the EPCI), who signs today where the office never changed hands: elsewhere another may have."""
    people = list(Signatory.objects.filter(epci=epci))
    known = Counter(person.commune_id for person in people)
    return {person.commune_id: person for person in people if known[person.commune_id] == 1 and person.holds_on(on)}


def usual_words(annex: Annex) -> str:
    """Return a usual day as the file writes it: « 2e mardi, matin »."""
    rank = f"{annex.nth}{'er' if annex.nth == 1 else 'e'}"
    return f"{rank} {WEEKDAY_WORDS[annex.window.weekday]}, {HALF_WORDS[annex.window.half]}"


def _person(person: Signatory | None, party: str) -> dict[Column, str]:
    if person is None:
        return {}
    return {
        Column[f"{party}_FIRST_NAME"]: person.first_name,
        Column[f"{party}_LAST_NAME"]: person.last_name,
        Column[f"{party}_TITLE"]: person.title,
        Column[f"{party}_GENDER"]: person.gender.upper(),
    }
