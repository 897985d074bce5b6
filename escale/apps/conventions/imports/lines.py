"""What one row of a table of conventions tells, once every cell was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from escale.apps.conventions.models import Gender, Party
from escale.apps.schedule.imports.people import KnownCommune
from escale.core.convention.letters import Channel, Returned
from escale.core.planning.problem import Annex


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteLine:
    """What an assembly voted, and the days from which its act is executory."""

    number: str
    held_on: dt.date
    transmitted_on: dt.date
    published_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """Who signed for a party, and when."""

    first_name: str
    last_name: str
    title: str
    gender: Gender
    signed_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """A letter and what became of it."""

    channel: Channel
    number: str
    sent: dt.date
    presented: dt.date | None
    delivered: dt.date | None
    returned: Returned | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConventionLine:
    """A signed convention as a row tells it."""

    line: int
    commune: KnownCommune
    model: str
    council: VoteLine
    bureau: VoteLine
    commune_signs: SignatureLine
    epci_signs: SignatureLine
    letter: LetterLine
    usual: Annex | None
    originals: Mapping[Party, str]
    denounced_by: Party | None
    denunciation: LetterLine | None
    states_fallback: bool = False
    """Whether the denunciation says that it holds for the next term if it is late: nobody may guess it."""
