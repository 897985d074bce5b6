"""Understand the lines of La Coop: each becomes a record, or is refused in words; what a record leaves aside is told too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from escale.apps.activity.coop.cells import Cells, Fault, Left
from escale.apps.activity.coop.sheets import Line
from escale.apps.documents.reading.streams import FORMULA
from escale.apps.schedule.imports.people import Known, KnownCommune, find_commune
from escale.apps.schedule.imports.values import read_date
from escale.core.activity import coop
from escale.core.activity.coop import Extra, Heading, found_by, key_of
from escale.core.activity.records import MOST_PEOPLE, People, RecordEntry, Refused
from escale.core.activity.vocabulary import ActivityKind, Mode, Orientation, Place, Theme

NOON = dt.time(12)
"""La Coop knows the day of an activity, and no hour."""

KINDS, PLACES = found_by(coop.KINDS), found_by(coop.PLACES)
FORMER_KINDS = {key_of(label) for label in coop.FORMER_KINDS}
THEMES, PROCEDURES = found_by(coop.THEMES), found_by(coop.PROCEDURES)
DEVICES, ORIENTATIONS = found_by(coop.DEVICES), found_by(coop.ORIENTATIONS)
AUTONOMIES, LEVELS = found_by(coop.AUTONOMIES), found_by(coop.LEVELS)
GENDERS, AGES, STATUSES = found_by(coop.GENDERS), found_by(coop.AGES), found_by(coop.STATUSES)
ANSWERS = {key_of(coop.YES): True, key_of(coop.NO): False}


@dataclass(slots=True, kw_only=True)
class Understood:
    """What a line says: a record of a day, or faults; `left` is what the record leaves aside."""

    line: int
    date: dt.date | None = None
    entry: RecordEntry | None = None
    faults: list[Fault] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Ground:
    """What lines are read against: the communes of the EPCI, each with its days there, its clock and its day."""

    known: Known
    days: Mapping[str, Iterable[tuple[dt.date | None, dt.date | None]]]
    zone: ZoneInfo
    today: dt.date
    communes: dict[tuple[str, str], KnownCommune | str] = field(default_factory=dict)

    def commune(self, name: str, code: str = "") -> KnownCommune:
        """Return the commune of a cell. Raise ValueError, in French."""
        found = self.communes.get((name, code))
        if found is None:
            try:
                found = find_commune(self.known, name, code)
            except ValueError as error:
                found = str(error)
            self.communes[name, code] = found
        if isinstance(found, str):
            raise ValueError(found)
        return found

    def belongs(self, commune: KnownCommune, day: dt.date) -> bool:
        """Tell whether a commune was in the EPCI on a day."""
        spans = self.days.get(commune.code, ())
        return any((starts or day) <= day <= (ends or day) for starts, ends in spans)


def understand(line: Line, key: UUID, ground: Ground) -> Understood:
    """Read a line; nothing of it is guessed but what `docs/guide/la-coop.md` tells."""
    reader = _Reader(line=line, ground=ground)
    found = Understood(line=line.number, faults=reader.faults, left=reader.left)
    values = reader.values()
    if reader.faults:
        return found
    try:
        found.entry = RecordEntry(key=key, **values)
    except Refused as refused:
        found.faults += [Fault(line=line.number, column="", words=words) for words in refused.reasons.values()]
    else:
        found.date = values["entered_at"].date()
    return found


@dataclass(slots=True, kw_only=True)
class _Reader(Cells):
    """Reads one line against the ground."""

    ground: Ground

    def values(self) -> dict[str, Any]:
        """Return what the line says, by the names of the fields of a record; it counts only without faults."""
        formulas = [column for column, cell in self.line.cells.items() if cell.startswith(FORMULA)]
        for column in formulas:
            self.fault(column, "c’est une formule, qui n’est pas calculée ici ; la remplacer par sa valeur")
        if formulas:
            return {}
        kind, themes = self.kind()
        place = self.needed(Heading.PLACE, PLACES) or Place.USUAL
        day = self.day()
        several = kind is ActivityKind.COLLECTIVE
        themes |= self.many(Heading.THEMES, THEMES, besides=PROCEDURES)
        procedures = self.many(Heading.THEMES, PROCEDURES, besides=THEMES, tells=False)
        if not themes and not procedures:
            self.themeless()
        values: dict[str, Any] = {
            "kind": kind,
            "entered_at": dt.datetime.combine(day, NOON, tzinfo=self.ground.zone),
            "commune": self.commune(place, day),
            "place": place,
            "mode": Mode.REMOTE if place is Place.REMOTE else Mode.ON_SITE,
            "minutes": self.minutes(),
            # A procedure is always about procedures, even where La Coop leaves the theme out.
            "themes": themes | ({Theme.PROCEDURES} if procedures else frozenset()),
            "procedures": procedures,
            "devices": self.many(Heading.DEVICES, DEVICES),
            "orientation": self.orientation(),
            "is_solved": self.one(Heading.IS_SOLVED, ANSWERS),
            "autonomy": None if several else self.level(Heading.AUTONOMY, AUTONOMIES),
            "level": self.level(Heading.LEVEL, LEVELS) if several else None,
        }
        return values | (self.people() if several else self.person())

    def kind(self) -> tuple[ActivityKind, frozenset[Theme]]:
        """Read the type, and the theme that stood for one."""
        if key_of(self.line.at(Heading.KIND)) in FORMER_KINDS:
            return ActivityKind.INDIVIDUAL, frozenset({Theme.PROCEDURES})
        return self.needed(Heading.KIND, KINDS) or ActivityKind.INDIVIDUAL, frozenset()

    def day(self) -> dt.date:
        """Read the date, a real one or its words."""
        text = self.line.at(Heading.DATE)
        try:
            day = _date(text)
        except ValueError as error:
            self.fault(Heading.DATE, str(error) if text else "la date manque ; l’écrire, par exemple 09/03/2027")
            return self.ground.today
        if day > self.ground.today:
            self.fault(Heading.DATE, "ce jour n’est pas encore venu ; corriger la date")
            return self.ground.today
        return day

    def commune(self, place: Place, day: dt.date) -> str:
        """Read where: the commune of the place, or that of the person for what was done at a distance."""
        where = self.line.at(Extra.COMMUNE) or self.line.at(Heading.WHERE).rpartition(",")[2].strip()
        try:
            found = self.ground.commune(where, self.line.at(Extra.CODE))
        except ValueError as error:
            home = next((one for one in self.pieces(Heading.RESIDENCE)), "")
            try:
                if place is not Place.REMOTE or not home:
                    raise
                found = self.ground.commune(home)
            except ValueError:
                self.fault(Heading.WHERE, str(error))
                return ""
        if not self.ground.belongs(found, day):
            self.fault(Heading.WHERE, f"{found.full} n’était pas dans {self.ground.known.epci} ce jour-là")
        return found.code

    def themeless(self) -> None:
        """Refuse a line whose themes have no word here, each named, or are missing."""
        unknown = ", ".join(f"« {one.value} »" for one in self.left if one.column == Heading.THEMES)
        told = f"aucun thème n’est connu ici dans {unknown}" if unknown else "la cellule est vide"
        self.fault(Heading.THEMES, f"{told} ; donner au moins un thème de la liste de La Coop")

    def minutes(self) -> int:
        """Read « 30 », « 30 min », « 1h30 » or « 1 h »."""
        text = self.line.at(Heading.MINUTES).casefold().replace(" ", "")
        hours = re.fullmatch(r"(\d{1,2})h(\d{2})?(?:min|mn)?", text)
        if hours:
            return 60 * int(hours[1]) + int(hours[2] or 0)
        plain = re.fullmatch(r"(\d{1,4})(?:min|mn|minutes)?", text)
        if plain is None:
            self.fault(Heading.MINUTES, "donner la durée en minutes, en chiffres")
        return int(plain[1]) if plain else 1

    def orientation(self) -> Orientation | None:
        """Read to whom someone was sent on: sent on without a word of where is « autre »."""
        found: Orientation | None = self.one(Heading.ORIENTATION, ORIENTATIONS)
        is_sent: bool | None = self.one(Heading.IS_ORIENTED, ANSWERS)
        return Orientation.OTHER if found is None and is_sent else found

    def person(self) -> dict[str, Any]:
        """Read what is told of one person."""
        if self.headcount() > 1:
            self.fault(Heading.PEOPLE, "un accompagnement individuel est d’une seule personne ; corriger le type ou le nombre")
        return {
            "gender": self.one(Heading.GENDER, GENDERS),
            "age": self.one(Heading.AGE, AGES),
            "status": self.one(Heading.STATUS, STATUSES),
        }

    def people(self) -> dict[str, Any]:
        """Read what is told of the people of a workshop, counted."""
        people = People(
            total=self.headcount(),
            genders=self.counted(Heading.GENDER, GENDERS),
            ages=self.counted(Heading.AGE, AGES),
            statuses=self.counted(Heading.STATUS, STATUSES),
        )
        return {"people": people}

    def headcount(self) -> int:
        """Read how many people came; « 3/8 » is the third of eight."""
        text = self.line.at(Heading.PEOPLE).rpartition("/")[2].strip()
        if text.isdecimal() and 1 <= int(text[:7]) <= MOST_PEOPLE:
            return int(text)
        self.fault(Heading.PEOPLE, f"donner le nombre de personnes, de 1 à {MOST_PEOPLE}")
        return 1


@lru_cache(maxsize=10_000)
def _date(text: str) -> dt.date:
    # A date of La Coop may carry an hour, which a spreadsheet counts as a part of a day.
    return read_date(re.sub(r"^(\d{5})\.\d+$", r"\1", re.sub(r"[T ]\d\d:\d\d.*$", "", text)))[0]
