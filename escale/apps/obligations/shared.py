"""How a commune takes part and gives rooms for workshops (art. 3-1 and 7), and how both parties settle a dispute (art. 9)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from escale.apps.obligations.cases import Case
from escale.apps.obligations.facts import Facts
from escale.apps.obligations.kept import Kept, Status
from escale.core.calendar.french import date_words
from escale.core.convention.cycles.dispute import DisputeState
from escale.core.convention.obligations import BY_ID
from escale.core.convention.parties import Party

AMICABLE = {
    Party.COMMUNE: "C-9-1a",
    Party.EPCI: "C-9-1b",
}
BEFORE_TALKS = DisputeState.OPEN
ABSENCES = 2
"""After so many meetings in a row without it, a commune is to be called: art. 3-1 sets no number."""

_words = lru_cache(maxsize=4096)(date_words)


def meetings(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Take part in the meetings of follow-up (art. 3-1): present, or represented. A meeting missed is no delay."""
    found = [(day, took_part) for day, took_part in facts.deeds.met.get(case.commune, ()) if day >= effect]
    if not found:
        return _kept("C-3.1-5", Status.NOT_YET, "aucune réunion tenue avec la commune invitée depuis la prise d’effet")
    there = [day for day, took_part in found if took_part]
    told = f"{len(there)} réunion{'s' * (len(there) > 1)} suivie{'s' * (len(there) > 1)} sur {len(found)}"
    told += f", la dernière réunion le {_words(found[-1][0])}"
    is_away = len(found) >= ABSENCES and not any(took_part for _, took_part in found[-ABSENCES:])
    if is_away:
        return _kept("C-3.1-5", Status.AT_RISK, f"{told} ; ni présente ni représentée aux {ABSENCES} dernières")
    return _kept("C-3.1-5", Status.MET if there else Status.DUE, told)


def workshop_rooms(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """A room for workshops, if needed (art. 7): due only when one is held in the commune."""
    count, inside = facts.deeds.hosted.get(case.commune, (0, 0))
    if not count:
        return _kept("C-7-4", Status.NOT_YET, "aucun atelier dans la commune depuis douze mois : aucune salle n’est nécessaire")
    told = f"{inside} atelier{'s' * (inside > 1)} sur {count} dans un lieu de la commune depuis douze mois"
    return _kept("C-7-4", Status.MET if inside else Status.AT_RISK, told)


def amicable_way_of_commune(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """The amicable way before the court (art. 9), for the commune."""
    return _amicable(AMICABLE[Party.COMMUNE], case, facts)


def amicable_way_of_epci(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """The amicable way before the court (art. 9), for the EPCI."""
    return _amicable(AMICABLE[Party.EPCI], case, facts)


def _amicable(key: str, case: Case, facts: Facts) -> Kept:
    states = facts.deeds.disputes.get(case.convention, ())
    if not states:
        return _kept(key, Status.NOT_YET, "aucun litige n’est ouvert")
    waiting = sum(state is BEFORE_TALKS for state in states)
    told = f"{len(states)} litige{'s' * (len(states) > 1)} ouvert{'s' * (len(states) > 1)}"
    if waiting:
        return _kept(key, Status.DUE, f"{told} ; la recherche d’un accord amiable reste à commencer")
    return _kept(key, Status.MET, f"{told}, l’accord amiable a été recherché")


def _kept(key: str, status: Status, told: str) -> Kept:
    return Kept(obligation=BY_ID[key], status=status, due=None, told=told)
