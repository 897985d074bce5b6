"""A workshop as its page shows it: its numbered places, who waits, who brings a device, what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.activity.labels import LEVELS, MISSIONS, PUBLICS, THEMES
from escale.apps.workshops.labels import WORKSHOP_STATES
from escale.apps.workshops.models import Registration, Workshop
from escale.apps.workshops.notices import devices_for, notices_of
from escale.apps.workshops.queries import WorkshopLine, registrations_of
from escale.core.activity.vocabulary import Level, Public
from escale.core.workshops.capacity import Devices
from escale.core.workshops.states import Attendance, RegistrationState, WorkshopState
from escale.core.workshops.tools import TOOLS
from escale.web.workshops.table import WorkTable

TONES = {
    WorkshopState.DRAFT: "info",
    WorkshopState.OPEN: "good",
    WorkshopState.HELD: "info",
    WorkshopState.CANCELLED: "late",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Someone who comes or waits; `name` is empty where it may not be read."""

    row: Registration
    name: str
    is_ours: bool

    @property
    def number(self) -> int | None:
        """The place, from 1; None for who waits."""
        return self.row.place.number if self.row.place else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """One numbered place, taken or free."""

    number: int
    person: PersonLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWorkshop:
    """All that a page shows of a workshop."""

    line: WorkshopLine
    seats: Sequence[SeatLine]
    waiting: Sequence[PersonLine]
    devices: Devices
    notices: Sequence[str]

    @property
    def workshop(self) -> Workshop:
        """The workshop itself."""
        return self.line.workshop

    @property
    def came(self) -> int:
        """How many people came, those without a registration among them."""
        present = sum(person.row.attendance == Attendance.PRESENT for person in self.registered)
        return present + self.workshop.walk_ins

    @property
    def registered(self) -> list[PersonLine]:
        """Those who have a place."""
        return [seat.person for seat in self.seats if seat.person is not None]


def shown_workshop(table: WorkTable, line: WorkshopLine) -> ShownWorkshop:
    """Return a workshop as its page shows it, with the names that may be read from here."""
    workshop = line.workshop
    names = table.names(workshop)
    people = [_person(table, row, names) for row in registrations_of(workshop)]
    seated = {person.number: person for person in people if person.number is not None}
    devices = devices_for(workshop, [person.row for person in seated.values()])
    return ShownWorkshop(
        line=line,
        seats=[SeatLine(number=number, person=seated.get(number)) for number in range(1, workshop.places + 1)],
        waiting=[person for person in people if person.row.state == RegistrationState.WAITING],
        devices=devices,
        notices=notices_of(workshop, devices) if table.may_manage else [],
    )


def state_of(workshop: Workshop) -> tuple[str, str]:
    """Return the state of a workshop in words, and its tone."""
    state = WorkshopState(workshop.state)
    return WORKSHOP_STATES[state], TONES[state]


def level_words(workshop: Workshop) -> str:
    """Return « Débutant »."""
    return LEVELS[Level(workshop.level)]


def public_words(workshop: Workshop) -> str:
    """Return « Habitants »."""
    return PUBLICS[Public(workshop.public)]


def theme_words(workshop: Workshop) -> str:
    """Return the themes in words, in the order of La Coop."""
    return ", ".join(words for theme, words in THEMES.items() if theme in workshop.theme_set)


def mission_words(workshop: Workshop) -> list[str]:
    """Return the missions of art. 3-2 in words."""
    return [words for mission, words in MISSIONS.items() if mission in workshop.mission_set]


def tool_words(workshop: Workshop) -> str:
    """Return the tools, the one outside the catalogue at the end."""
    names = [TOOLS[code].name for code in workshop.tools if code in TOOLS]
    return ", ".join([*names, *([workshop.other_tool] if workshop.other_tool else [])])


def _person(table: WorkTable, row: Registration, names: frozenset[int]) -> PersonLine:
    may_name = row.pk in names
    is_ours = table.commune is None or row.commune_id == table.commune.pk
    return PersonLine(row=row, name=row.person if may_name else "", is_ours=is_ours)
