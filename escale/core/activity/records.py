"""An activity as it is written down: what was done, for what public, how it ended, and never for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from escale.core.activity.vocabulary import (
    MOST_MINUTES,
    ActivityKind,
    AgeBand,
    Autonomy,
    Device,
    Gender,
    Level,
    Mandate,
    Mission,
    Mode,
    Orientation,
    Place,
    Posture,
    Procedure,
    Public,
    Status,
    Theme,
    proposed_missions,
)

MOST_PEOPLE = 10_000
"""What La Coop takes for one workshop."""


class Refused(ValueError):  # noqa: N818 -- what happens to what was written, as people say it
    """What was written is not taken: for each field, what is wrong and what to do."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(" ".join(reasons.values()))
        self.reasons = dict(reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many people of each sort came to a workshop: counts, never persons made up to fill them."""

    total: int = 1
    known: int | None = None
    ages: Mapping[AgeBand, int] = field(default_factory=dict)
    genders: Mapping[Gender, int] = field(default_factory=dict)
    statuses: Mapping[Status, int] = field(default_factory=dict)

    def refusals(self) -> Iterator[tuple[str, str]]:
        """Yield what cannot be, by field."""
        if not 1 <= self.total <= MOST_PEOPLE:
            yield "people", f"Donner le nombre de personnes, de 1 à {MOST_PEOPLE}."
        if self.known is not None and not 0 <= self.known <= self.total:
            yield "known", "Pas plus de personnes déjà venues que de personnes présentes."
        for name, words, counts in (
            ("ages", "tranche d’âge", self.ages),
            ("genders", "genre", self.genders),
            ("statuses", "situation", self.statuses),
        ):
            if any(count < 0 for count in counts.values()):
                yield name, "Un nombre de personnes ne peut pas être négatif."
            elif sum(counts.values()) > self.total:
                yield name, f"La somme par {words} dépasse le nombre de personnes présentes ({self.total})."


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEntry:
    """One activity. `key` is given by whoever writes, so that what is sent twice is one; `version` counts its corrections from 1.

    It is on a half-day (`visit`, its uid) or in a commune (`commune`, its INSEE code). `entered_at` is when it was written,
    `asked_at` when the person asked. `age`, `gender` and `status` are of one person; a workshop has its counts in `people`.
    Without `missions`, those of its kind are proposed. Raise Refused, by field.
    """

    key: UUID
    version: int = 1
    kind: ActivityKind = ActivityKind.INDIVIDUAL
    entered_at: dt.datetime
    asked_at: dt.datetime | None = None
    visit: UUID | None = None
    commune: str = ""
    appointment: UUID | None = None
    workshop: str = ""
    place: Place = Place.USUAL
    mode: Mode = Mode.ON_SITE
    public: Public = Public.RESIDENTS
    minutes: int
    themes: frozenset[Theme] = frozenset()
    procedures: frozenset[Procedure] = frozenset()
    devices: frozenset[Device] = frozenset()
    autonomy: Autonomy | None = None
    orientation: Orientation | None = None
    level: Level | None = None
    age: AgeBand | None = None
    gender: Gender | None = None
    status: Status | None = None
    people: People = field(default_factory=People)
    posture: Posture | None = None
    mandate: Mandate = Mandate.NONE
    missions: frozenset[Mission] = frozenset()
    is_first_time: bool | None = None
    is_solved: bool | None = None
    took_pix: bool | None = None

    def __post_init__(self) -> None:
        if not self.missions:
            object.__setattr__(self, "missions", proposed_missions(self.kind, self.public, self.themes))
        if reasons := dict(self._refusals()):
            raise Refused(reasons)

    def _refusals(self) -> Iterator[tuple[str, str]]:
        if self.version < 1:
            yield "version", "Cette version de la fiche n’existe pas ; recharger la page."
        if (self.visit is None) == (not self.commune):
            yield "visit", "Dire pendant quel passage, ou dans quelle commune."
        if not 1 <= self.minutes <= MOST_MINUTES:
            yield "minutes", "Donner une durée d’une minute au moins et de moins de 24 heures."
        for name, moment in (("entered_at", self.entered_at), ("asked_at", self.asked_at)):
            if moment is not None and moment.tzinfo is None:
                yield name, "Cette heure n’a pas de fuseau : recharger la page, et recommencer."
        yield from self._refusals_of_contents()
        yield from self._refusals_of_people()

    def _refusals_of_contents(self) -> Iterator[tuple[str, str]]:
        if not self.themes and self.kind is not ActivityKind.SUPPORT:
            yield "themes", "Choisir au moins un thème."
        if self.procedures and Theme.PROCEDURES not in self.themes:
            yield (
                "procedures",
                "Une démarche ne se note qu’avec le thème « Aide aux démarches administratives » : le choisir aussi.",
            )
        if Device.NONE in self.devices and len(self.devices) > 1:
            yield "devices", "« Pas de matériel » ne va pas avec un autre matériel."
        if self.posture is Posture.ACTS and self.mandate is Mandate.NONE:
            yield "mandate", "Faire à la place de la personne demande un mandat : Aidants Connect, ou papier signé."
        if self.posture is not Posture.ACTS and self.mandate is not Mandate.NONE:
            yield "mandate", "Un mandat ne se note que si l’on a fait à la place de la personne."
        if self.mode is not Mode.ON_SITE and self.place is not Place.REMOTE:
            yield "place", "Par téléphone ou à distance, le lieu est « à distance »."
        if self.mode is Mode.ON_SITE and self.place is Place.REMOTE:
            yield "mode", "Sur place, le lieu ne peut pas être « à distance »."

    def _refusals_of_people(self) -> Iterator[tuple[str, str]]:
        yield from self.people.refusals()
        alone = self.kind is ActivityKind.INDIVIDUAL
        if alone and self.people != People():
            yield "people", "Un accompagnement individuel est d’une seule personne."
        if not alone and (self.age or self.gender or self.status):
            yield "age", "Pour plusieurs personnes, donner des nombres par tranche d’âge, par genre et par situation."
        if self.level is not None and self.kind is not ActivityKind.COLLECTIVE:
            yield "level", "Le niveau est celui d’un atelier."
        if self.appointment is not None and not alone:
            yield "appointment", "Un rendez-vous est d’une seule personne."

    def says_the_same_as(self, other: RecordEntry) -> bool:
        """Tell whether two writings of a record differ in nothing but when they were written and which version they are."""
        return self.content == other.content

    @property
    def content(self) -> dict[str, Any]:
        """What it says, without its version and when it was written."""
        left_out = {"version", "entered_at", "asked_at"}
        return {name: getattr(self, name) for name in self.__slots__ if name not in left_out}
