"""How the EPCI keeps its word on the means of the team: habilitation, equipment, training, rooms (art. 3-2 and 7)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from escale.apps.obligations.cases import Case
from escale.apps.obligations.facts import SOON, Facts
from escale.apps.obligations.kept import NOT_MEASURED_WORDS, Kept, Status
from escale.apps.obligations.means import Means
from escale.apps.obligations.spans import holds, last_day_of
from escale.apps.team.kits import KitOnDay
from escale.apps.team.labels import hours_words
from escale.core.calendar.french import date_words
from escale.core.convention.dates import add_months
from escale.core.convention.obligations import BY_ID, CERTIFICATION_GRACE_DAYS
from escale.core.team.equipment import KitAllocation

NOBODY = "personne ne tient de poste"
MONTHS = 12


def habilitation(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Every mediator habilitated to Aidants Connect (art. 3-2), within the days left to whoever arrives."""
    key, means = "C-3.2-6", facts.means[case.epci]
    if not means.tells_habilitations:
        due = effect + dt.timedelta(days=CERTIFICATION_GRACE_DAYS)
        return _unwritten(key, due, facts.on, "aucune habilitation n’est notée")
    if not means.people:
        return _unmeasured(key, effect, NOBODY)
    dues = {line: max(effect + (line.due_on - line.arrived_on), line.due_on) for line in means.people}
    pending = [line for line in means.people if not line.is_valid]
    valid, total = len(means.people) - len(pending), len(means.people)
    told = f"{valid} médiateur{'s' * (valid > 1)} habilité{'s' * (valid > 1)} sur {total}"
    if late := [dues[line] for line in pending if dues[line] < facts.on]:
        return _kept(key, Status.LATE, min(late), told)
    if pending:
        due = min(dues[line] for line in pending)
        return _kept(key, Status.DUE, due, f"{told} ; à habiliter au plus tard le {date_words(due)}")
    last = min((line.dates.ends for line in means.people if line.dates.ends), default=None)
    if last is not None and last <= facts.soon:
        return _kept(key, Status.AT_RISK, last, f"{told} ; une habilitation finit le {date_words(last)}")
    return _kept(key, Status.MET, max(dues.values()), told)


def equipment(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """The telephone, the six laptops and the rest, complete on the day (art. 3-2): for each mediator, or for the team."""
    key, means = "C-3.2-7", facts.means[case.epci]
    if not means.kits:
        return _unmeasured(key, effect, "aucune malle n’est décrite")
    wanted = _wanted(means)
    if not wanted:
        return _unmeasured(key, effect, NOBODY)
    complete = min(sum(kit.is_complete for kit in _counting(means)), wanted)
    told = f"{complete} malle{'s' * (complete > 1)} complète{'s' * (complete > 1)} sur {wanted}"
    if complete == wanted:
        return _kept(key, Status.MET, effect, told)
    lacks = [f"{kit.kit} : {', '.join(kit.missing_words)}" for kit in _counting(means) if not kit.is_complete]
    return _kept(key, Status.LATE, effect, " ; ".join([told, *lacks]))


def training(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """A training that goes on (art. 7, which sets no hours): some in the twelve months before the day, for each mediator."""
    key, means = "C-7-6", facts.means[case.epci]
    if not means.tells_trainings:
        return _unwritten(key, add_months(effect, MONTHS), facts.on, "aucune formation n’est notée")
    if not means.people:
        return _unmeasured(key, None, NOBODY)
    trained = sum(line.hours > 0 for line in means.people)
    hours = hours_words(sum((line.hours for line in means.people), Decimal(0)))
    told = f"{trained} médiateur{'s' * (trained > 1)} sur {len(means.people)} en formation depuis 12 mois ({hours})"
    if any(line.lacks_training for line in means.people):
        return _kept(key, Status.LATE, facts.on, told)
    return _kept(key, Status.MET if trained == len(means.people) else Status.DUE, None, told)


def rooms(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Meeting rooms open to trainings (art. 7)."""
    key, spans = "C-7-8", facts.means[case.epci].rooms
    if not spans:
        return _unmeasured(key, None, "aucune salle de réunion n’est décrite")
    there = sum(holds(span, facts.on) for span in spans)
    if not there:
        return _kept(key, Status.LATE, facts.on, "aucune salle de réunion n’est ouverte aux formations")
    told = f"{there} salle{'s' * (there > 1)} ouverte{'s' * (there > 1)} aux formations"
    last = last_day_of(spans, facts.on)
    if last is not None and last <= facts.on + SOON:
        return _kept(key, Status.AT_RISK, last, f"{told} jusqu’au {date_words(last)}, aucune ensuite")
    return _kept(key, Status.MET, None, told)


def _wanted(means: Means) -> int:
    return len(means.posts) if means.allocation is KitAllocation.PER_MEDIATOR else 1


def _counting(means: Means) -> list[KitOnDay]:
    """Return the kits that count: those of posts that someone holds when each mediator has one, else all of them."""
    if means.allocation is KitAllocation.PER_MEDIATOR:
        return [kit for kit in means.kits if kit.kit.post_id in means.posts]
    return list(means.kits)


def _unwritten(key: str, due: dt.date, on: dt.date, why: str) -> Kept:
    """Tell of what nobody wrote of: not due yet, or not measured."""
    if due > on:
        return _kept(key, Status.NOT_YET, due, f"à faire au plus tard le {date_words(due)}")
    return _unmeasured(key, due, why)


def _unmeasured(key: str, due: dt.date | None, why: str) -> Kept:
    return _kept(key, Status.NOT_MEASURED, due, f"{NOT_MEASURED_WORDS} : {why}")


def _kept(key: str, status: Status, due: dt.date | None, told: str) -> Kept:
    return Kept(obligation=BY_ID[key], status=status, due=due, told=told)
