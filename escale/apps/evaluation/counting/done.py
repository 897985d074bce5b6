"""What was done with people, from the counts of the months: no record is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from escale.core.activity.figures import Answer, Figures, Table, total
from escale.core.activity.vocabulary import ActivityKind, AgeBand, Autonomy
from escale.core.evaluation.counts import Ratio
from escale.core.evaluation.tables import TABLE

AGED = (AgeBand.FROM_60, AgeBand.FROM_70)
ENDED_AUTONOMOUS = (Autonomy.PARTLY, Autonomy.ALONE)
ANSWERED = {
    "age": Table.AGES,
    "gender": Table.GENDERS,
    "status": Table.STATUSES,
    "autonomy": Table.PEOPLE_BY_AUTONOMY,
    "first_time": Table.PEOPLE_BY_FIRST_TIME,
    "outcome": Table.PEOPLE_BY_OUTCOME,
}
"""Where it is counted who answered each field of a record, by its name in the closed list of tables."""
ENOUGH_ANSWERS = 0.5
"""The share of accompaniments of which it is noted whether the person came before, below which people are not estimated."""


def accompaniments(found: Figures) -> int:
    """Return the participations of residents: a person of a commune that is supported (art. 3-2) is none."""
    return found.by_appointment + found.walk_in + found.in_workshops


def activity(parts: Iterable[Figures], persons: int | None) -> dict[str, object]:
    """Return the fields of `Counts` that tell what was done; what nobody noted is None, and nothing done is 0."""
    found = total(parts)
    number = accompaniments(found)

    def among(part: int, whole: int) -> Ratio | None:
        return Ratio(part=part, whole=whole) if whole or not number else None

    autonomies, firsts = found.table(Table.PEOPLE_BY_AUTONOMY), found.table(Table.PEOPLE_BY_FIRST_TIME)
    outcomes, ages = found.table(Table.PEOPLE_BY_OUTCOME), _known("age", found)
    is_pix_noted = found.table(Table.TOOK_PIX) or not number
    return {
        "activities": found.activities - found.table(Table.KINDS).get(ActivityKind.SUPPORT.value, 0),
        "accompaniments": number,
        "persons": persons,
        "modes": {"rdv": found.by_appointment, "sans_rdv": found.walk_in, "atelier": found.in_workshops},
        "themes": dict(found.table(Table.PEOPLE_BY_THEME)),
        "first_time": among(firsts.get(Answer.YES, 0), sum(firsts.values())),
        "autonomous": among(sum(autonomies.get(one, 0) for one in ENDED_AUTONOMOUS), sum(autonomies.values())),
        "outcomes": dict(outcomes) if outcomes or not number else None,
        "aged": among(sum(ages.get(band, 0) for band in AGED), sum(ages.values())),
        "pix": found.table(Table.PEOPLE_BY_PIX).get(Answer.YES, 0) if is_pix_noted else None,
        "persons_estimated": _estimate(firsts, number, persons),
        "missing_fields": {name: _missing(name, found, number) for name in ANSWERED} if number else {},
    }


def _known(name: str, found: Figures) -> Mapping[str, int]:
    """Return the answers to a field, without those that say nothing."""
    return {value: count for value, count in found.table(ANSWERED[name]).items() if value != TABLE[name].rest}


def _missing(name: str, found: Figures, number: int) -> Ratio:
    return Ratio(part=max(0, number - sum(_known(name, found).values())), whole=number)


def _estimate(firsts: Mapping[str, int], number: int, persons: int | None) -> int | None:
    """Estimate how many different people came: those who came for the first time, as if who was not asked were as the others.

    Whoever came before these months and came back is not among them; people known by their appointments are a lower bound.
    """
    answers = sum(firsts.values())
    if answers < ENOUGH_ANSWERS * number or not answers:
        return None
    return max(round(firsts.get(Answer.YES, 0) * max(number, answers) / answers), persons or 0)
