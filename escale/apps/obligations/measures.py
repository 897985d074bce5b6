"""How each obligation that something measures is kept: one function for each, from what is known of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from escale.apps.obligations.cases import Case
from escale.apps.obligations.equipped import equipment, habilitation, rooms, training
from escale.apps.obligations.evaluated import evaluation
from escale.apps.obligations.facts import Facts
from escale.apps.obligations.kept import NOT_MEASURED_WORDS, Kept, Status
from escale.apps.obligations.made_known import of_commune, of_epci
from escale.apps.obligations.promised import half_day_each_month
from escale.apps.obligations.reported import account
from escale.apps.obligations.served import (
    coordination,
    employer,
    free_of_charge,
    free_tools,
    missions,
    opening_hours,
    performance,
    resources,
    urgencies,
)
from escale.apps.obligations.shared import amicable_way_of_commune, amicable_way_of_epci, meetings, workshop_rooms
from escale.apps.obligations.spans import holds, last_before, last_day_of
from escale.core.calendar.french import date_words
from escale.core.convention.choices import ReferentDue
from escale.core.convention.obligations import BY_ID

NO_HALL = "aucun lieu n’est indiqué"
FIFTEEN_DAYS = dt.timedelta(days=15)

Measure = Callable[[Case, Facts, dt.date], Kept]

_words = lru_cache(maxsize=4096)(date_words)


def premises(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """A place at the disposal of the EPCI (art. 3-1)."""
    halls = facts.halls.get(case.commune, ())
    if not halls:
        return _kept("C-3.1-1a", Status.LATE, effect, NO_HALL)
    last = last_day_of([hall.span for hall in halls], facts.on)
    if last is not None and last <= facts.soon:
        return _kept("C-3.1-1a", Status.AT_RISK, last, f"lieu indiqué jusqu’au {_words(last)}, aucun ensuite")
    return _kept("C-3.1-1a", Status.MET, effect, "un lieu est indiqué")


def private_room(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """An office out of sight, for appointments (art. 3-1)."""
    found = [hall.is_private for hall in facts.halls.get(case.commune, ())]
    return _room("C-3.1-1b", found, effect, "un bureau à l’abri des regards est indiqué", "aucun bureau à l’abri des regards")


def heated(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """A heated place (art. 7)."""
    found = [hall.is_heated for hall in facts.halls.get(case.commune, ())]
    return _room("C-7-3", found, effect, "une salle chauffée est indiquée", "aucune salle chauffée")


def referent(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Someone to speak to in the commune (art. 3-1), from the day that the EPCI has chosen."""
    due = referent_due(case, facts, effect)
    spans = facts.referents.get(case.commune, ())
    held = [starts for starts, ends in spans if holds((starts, ends), facts.on)]
    if not held:
        if facts.on < due:
            return _kept("C-3.1-2", Status.DUE, due, f"référent à nommer au plus tard le {_words(due)}")
        return _kept("C-3.1-2", Status.LATE, due, "aucun référent n’est nommé")
    last = last_day_of(spans, facts.on)
    if last is not None and last <= facts.soon:
        told = f"référent nommé jusqu’au {_words(last)}, personne n’est nommé ensuite"
        return _kept("C-3.1-2", Status.AT_RISK, last, told)
    since = min((starts for starts in held if starts), default=None)
    return _kept("C-3.1-2", Status.MET, due, f"référent nommé le {_words(since)}" if since else "un référent est nommé")


def referent_due(case: Case, facts: Facts, effect: dt.date) -> dt.date:
    """Return the day by which a commune has named its référent."""
    match facts.referent_due(case.epci):
        case ReferentDue.SIGNATURE:
            return facts.signed.get(case.convention, effect)
        case ReferentDue.EFFECT_PLUS_15D:
            return effect + FIFTEEN_DAYS
    return effect


def insurance(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """An insurance that covers the service (art. 3-2)."""
    if case.epci not in facts.insured_until:
        before = last_before(facts.insured.get(case.epci, ()), facts.on)
        told = f"l’attestation a expiré le {_words(before)}" if before else "aucune attestation n’est enregistrée"
        return _kept("C-3.2-2", Status.LATE, effect, told)
    last = facts.insured_until[case.epci]
    if last is None:
        return _kept("C-3.2-2", Status.MET, effect, "assurance sans limite de date")
    status = Status.AT_RISK if last <= facts.soon else Status.MET
    return _kept("C-3.2-2", status, last, f"assurance jusqu’au {_words(last)}")


def transmission(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Appointments that are taken and transmitted (art. 3-1): those that the mairie noted in the last three months."""
    found = facts.transmissions.get(case.commune)
    if found is None:
        why = "aucun rendez-vous noté par la mairie depuis trois mois"
        return _kept("C-3.1-3", Status.NOT_MEASURED, effect, f"{NOT_MEASURED_WORDS} : {why}")
    taken = f"{found.taken} rendez-vous pris depuis trois mois"
    if found.late:
        return _kept("C-3.1-3", Status.AT_RISK, facts.on, f"{taken}, dont {found.late} transmis après {found.hours} heures")
    return _kept("C-3.1-3", Status.MET, facts.on, f"{taken}, transmis en moins de {found.hours} heures")


def full_time_equivalents(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Two full-time equivalents for all communes (art. 7): the posts that someone holds on the day."""
    required = facts.fte_required(case.epci)
    now, later = facts.posts[case.epci]
    told = f"{_number(now)} équivalent{'s' * (now >= 2)} temps plein sur {_number(required)}"
    if now < required:
        return _kept("C-7-5", Status.LATE, effect, told)
    if later < required:
        return _kept("C-7-5", Status.AT_RISK, facts.soon, f"{told}, {_number(later)} au {_words(facts.soon)}")
    return _kept("C-7-5", Status.MET, effect, told)


MEASURES: Mapping[str, Measure] = {
    "C-3.1-1a": premises,
    "C-3.1-1b": private_room,
    "C-3.1-2": referent,
    "C-3.1-3": transmission,
    "C-3.1-4": of_commune,
    "C-3.2-9": account,
    "C-6-1": evaluation,
    "C-7-3": heated,
    "C-3.2-2": insurance,
    "C-3.2-10": of_epci,
    "C-4-1": half_day_each_month,
    "C-7-5": full_time_equivalents,
    "C-3.2-6": habilitation,
    "C-3.2-7": equipment,
    "C-7-6": training,
    "C-7-8": rooms,
    "C-3.1-5": meetings,
    "C-3.2-1": performance,
    "C-3.2-3": coordination,
    "C-3.2-4": missions,
    "C-3.2-5": employer,
    "C-3.2-8": free_tools,
    "C-4-4": opening_hours,
    "C-4-7": urgencies,
    "C-7-1": free_of_charge,
    "C-7-4": workshop_rooms,
    "C-7-7": resources,
    "C-9-1a": amicable_way_of_commune,
    "C-9-1b": amicable_way_of_epci,
}
"""What measures each obligation on the day; one of which nothing is recorded says so."""


def _kept(key: str, status: Status, due: dt.date | None, told: str) -> Kept:
    return Kept(obligation=BY_ID[key], status=status, due=due, told=told)


def _room(key: str, found: list[bool | None], effect: dt.date, given: str, missing: str) -> Kept:
    if not found:
        return _kept(key, Status.LATE, effect, NO_HALL)
    if any(found):
        return _kept(key, Status.MET, effect, given)
    if all(one is None for one in found):
        return _kept(key, Status.NOT_MEASURED, effect, f"{NOT_MEASURED_WORDS} : les salles ne sont pas décrites")
    return _kept(key, Status.LATE, effect, f"{missing} parmi les salles décrites")


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
