"""Who signs in the demonstration: a president and mayors who do not exist, until the elections of March 2026 and after them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.conventions.actions.electing import answer_round, open_election_round
from escale.apps.conventions.actions.signing import name_signatory
from escale.apps.conventions.models import Asked, Gender, Signatory
from escale.apps.territory.models import Commune
from escale.config.demonstration.actor import ACTOR, SURNAME
from escale.config.demonstration.conventions.scene import Scene

MEN = ("Jean", "Maxence", "Hugo", "Basile", "Martin", "Lucien", "Ernest")
WOMEN = ("Rose", "Alix", "Inès", "Jeanne", "Lina", "Suzanne", "Odile")
COUNCILS_BEGAN, COUNCILS_ENDED = dt.date(2020, 5, 28), dt.date(2026, 3, 20)
MAYORS_ELECTED = dt.date(2026, 3, 27)
PRESIDENT_BEGAN, PRESIDENT_ELECTED = dt.date(2020, 7, 9), dt.date(2026, 4, 9)
EVERY = 9
"""One mairie in nine has not said yet who its mayor is since the elections."""
SILENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatories:
    """The president, and the mayor of each commune by its key."""

    president: Signatory
    mayors: dict[int, Signatory]


def name_first_signatories(scene: Scene, communes: Sequence[Commune]) -> Signatories:
    """Name those who signed in 2025."""
    president = _name(scene, None, 0, PRESIDENT_BEGAN)
    mayors = {commune.pk: _name(scene, commune, rank, COUNCILS_BEGAN) for rank, commune in enumerate(communes)}
    return Signatories(president=president, mayors=mayors)


def elect(scene: Scene, communes: Sequence[Commune]) -> None:
    """End the offices that the elections of March 2026 ended, and name the successors that are known.

    Before there is any convention nobody is to be written to: the round begins without letters.
    """
    if not scene.has_come(PRESIDENT_ELECTED):
        return
    asked, _ = open_election_round(actor=ACTOR, epci=scene.epci, ends=COUNCILS_ENDED)
    _name(scene, None, 1, PRESIDENT_ELECTED)
    for rank, commune in enumerate(communes):
        if rank % EVERY != SILENT:
            _name(scene, commune, rank + rank // 2, MAYORS_ELECTED)
            answer_round(actor=ACTOR, round=asked, commune=commune, asked=Asked.REFERENT)


def _name(scene: Scene, commune: Commune | None, rank: int, starts: dt.date) -> Signatory:
    is_woman = rank % 2 == 1
    names = WOMEN if is_woman else MEN
    office = "Maire" if commune else "Présidente" if is_woman else "Président"
    return name_signatory(
        actor=ACTOR,
        epci=scene.epci,
        commune=commune,
        first_name=names[rank // 2 % len(names)],
        last_name=SURNAME,
        title=office,
        gender=Gender.FEMININE if is_woman else Gender.MASCULINE,
        starts=starts,
    )
