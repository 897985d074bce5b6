"""How the EPCI keeps its word in what it does: half-days, missions, coordination, free tools, urgencies (art. 3-2, 4 and 7)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from escale.apps.obligations.cases import Case
from escale.apps.obligations.deeds import Coordination, since
from escale.apps.obligations.facts import Facts
from escale.apps.obligations.kept import NOT_MEASURED_WORDS, Kept, Status
from escale.apps.team.kits import KitOnDay
from escale.apps.team.labels import PIECE_KINDS, PIECE_KINDS_PLURAL
from escale.core.activity.vocabulary import Mission
from escale.core.calendar.french import date_words
from escale.core.convention.obligations import BY_ID
from escale.core.team.equipment import PieceKind
from escale.core.visits.promises import Tally

FREE = "aucun prix n’est demandé : rien ne se paie ici, et les lieux sont publiés « Gratuit »"
YEAR_WORDS = "depuis douze mois"
INVENTORY = (PieceKind.LAPTOP, PieceKind.SCANNER_PRINTER, PieceKind.PROJECTOR)

_words = lru_cache(maxsize=4096)(date_words)


def performance(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """What was promised is done (art. 3-2): half-days held over the year, those to make up for, points of the file."""
    held = _half_days(case, facts, Tally.HELD)
    owed, missed = facts.deeds.owed.get(case.commune, 0), facts.deeds.missed.get(case.commune, 0)
    if not (held or owed or missed):
        return _unmeasured("C-3.2-1", f"aucune demi-journée tenue {YEAR_WORDS}")
    told = f"{_count(held, 'demi-journée tenue', 'demi-journées tenues')} {YEAR_WORDS}"
    if owed:
        told += f" ; {owed} annulée{'s' * (owed > 1)} reste{'nt' * (owed > 1)} à rattraper"
    if missed:
        told += f" ; {_count(missed, 'point', 'points')} au dossier sur la présence du médiateur"
    return _kept("C-3.2-1", Status.AT_RISK if owed or missed else Status.MET, told)


def coordination(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Animate and coordinate (art. 3-2): the actions of twelve months. The text sets neither pace nor delay: nothing is late."""
    found = _concerning(case, facts)
    if not found:
        return _unmeasured("C-3.2-3", "aucune action de coordination n’est notée")
    last = f"la dernière le {_words(found[0].day)}"
    if count := sum(_is_of_year(one, facts) for one in found):
        told = f"{_count(count, 'action de coordination', 'actions de coordination')} {YEAR_WORDS}, {last}"
        return _kept("C-3.2-3", Status.MET, told)
    told = f"aucune action de coordination {YEAR_WORDS}, {last} ; l’article 3-2 ne fixe pas de délai"
    return _kept("C-3.2-3", Status.DUE, told)


def missions(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """The six missions (art. 3-2): activities recorded in the commune, and actions of coordination, tagged by mission.

    Named, never counted: a mission follows from themes, and its number would give back a theme that the commune's report masks.
    """
    activities = facts.deeds.missions.get(case.commune)
    noted = [one for one in _concerning(case, facts) if _is_of_year(one, facts)]
    if activities is None and not noted:
        return _unmeasured("C-3.2-4", f"rien n’est rattaché à une mission {YEAR_WORDS}")
    found = {mission for mission, count in activities.counts.items() if count} if activities else set[str]()
    for one in noted:
        found.update(one.missions)
    served = [str(mission) for mission in Mission if mission in found]
    if not served:
        return _unmeasured("C-3.2-4", f"rien n’est rattaché à une mission {YEAR_WORDS}")
    by = [_count(len(noted), "action de coordination", "actions de coordination")] if noted else []
    if activities is not None:
        by.insert(0, _count(activities.activities, "activité", "activités"))
    told = (
        f"{_count(len(served), 'mission servie', 'missions servies')} sur {len(Mission)} ({', '.join(served)}) "
        f"par {' et '.join(by)} ; chacune peut porter plusieurs missions"
    )
    return _kept("C-3.2-4", Status.MET, told)


def employer(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """The EPCI remains the employer (art. 3-2): those who hold its posts are mediators of its own."""
    people = facts.means[case.epci].people
    if not people:
        return _unmeasured("C-3.2-5", "personne ne tient de poste")
    own = sum(line.mediator.epci_id == case.epci for line in people)
    told = f"{own} médiateur{'s' * (own > 1)} de l’EPCI sur {len(people)} en poste"
    return _kept("C-3.2-5", Status.MET if own == len(people) else Status.LATE, told)


def free_tools(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Free and open tools (art. 3-2): the workshops open to the commune, and those with a tool that has its reason."""
    count, excepted = facts.deeds.open_to.get(case.commune, (0, 0))
    if not count:
        return _unmeasured("C-3.2-8", f"aucun atelier ouvert à la commune {YEAR_WORDS}")
    told = f"{_count(count - excepted, 'atelier', 'ateliers')} sur {count} avec des outils libres et gratuits {YEAR_WORDS}"
    if excepted:
        told += f" ; {_count(excepted, 'exception motivée', 'exceptions motivées')}"
    return _kept("C-3.2-8", Status.MET, told)


def opening_hours(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """At the disposal of the communes when art. 4 says: never on Monday, nor on Wednesday morning."""
    held, outside = _half_days(case, facts, Tally.HELD), facts.deeds.out_of_hours.get(case.commune, 0)
    if not (held or outside):
        return _unmeasured("C-4-4", f"aucune demi-journée tenue {YEAR_WORDS}")
    if outside:
        told = f"{_count(outside, 'demi-journée', 'demi-journées')} un lundi, un mercredi matin ou un week-end {YEAR_WORDS}"
        return _kept("C-4-4", Status.AT_RISK, told)
    return _kept("C-4-4", Status.MET, f"{_count(held, 'demi-journée tenue', 'demi-journées tenues')} aux jours de l’article 4")


def urgencies(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Within reach for urgencies (art. 4): those of the year, and their answers. The text sets no delay: nothing is late."""
    asked, waiting = facts.deeds.asked.get(case.commune, (0, 0))
    if not asked:
        return _unmeasured("C-4-7", f"aucune urgence signalée {YEAR_WORDS}")
    told = f"{_count(asked, 'urgence', 'urgences')} {YEAR_WORDS}, {asked - waiting} avec une réponse"
    return _kept("C-4-7", Status.DUE if waiting else Status.MET, told)


def free_of_charge(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Access is free (art. 7): no price, no payment exists anywhere."""
    return _kept("C-7-1", Status.MET, FREE)


def resources(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Computers, printers, projectors (art. 7, in the plural): what the kits of the day hold."""
    kits = facts.means[case.epci].kits
    if not kits:
        return _unmeasured("C-7-7", "aucune malle n’est décrite")
    found = _pieces(kits)
    told = ", ".join(f"{found[kind]} {(PIECE_KINDS_PLURAL if found[kind] > 1 else PIECE_KINDS)[kind]}" for kind in INVENTORY)
    return _kept("C-7-7", Status.MET if all(found[kind] for kind in INVENTORY) else Status.LATE, told)


def _half_days(case: Case, facts: Facts, tally: Tally) -> int:
    """Return the half-days of the last twelve months, that of the day included, that count as something."""
    months, first = facts.promised.get(case.commune, {}), _month_of(since(facts.on))
    return sum(tally in tallies for month, many in months.items() if month > first for tallies in many)


@lru_cache(maxsize=64)
def _month_of(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def _concerning(case: Case, facts: Facts) -> list[Coordination]:
    return [one for one in facts.deeds.coordinated.get(case.epci, ()) if one.concerns(case.commune)]


def _is_of_year(one: Coordination, facts: Facts) -> bool:
    return one.day >= since(facts.on)


def _pieces(kits: Sequence[KitOnDay]) -> Counter[PieceKind]:
    return Counter(PieceKind(line.piece.kind) for kit in kits for line in kit.lines)


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {many if count > 1 else one}"


@lru_cache(maxsize=64)
def _unmeasured(key: str, why: str) -> Kept:
    return _kept(key, Status.NOT_MEASURED, f"{NOT_MEASURED_WORDS} : {why}")


def _kept(key: str, status: Status, told: str) -> Kept:
    return Kept(obligation=BY_ID[key], status=status, due=None, told=told)
