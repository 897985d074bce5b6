"""Count a report again by hand: plain rows and plain loops, nothing of the code that reports are made with."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from escale.apps.activity.models import Record, Tally
from escale.apps.booking.models import Appointment, Demande
from escale.apps.territory.models import Commune
from escale.apps.urgencies.models import Request
from escale.apps.visits.models import Cancellation, Holding, Visit

PARIS = ZoneInfo("Europe/Paris")
STANDS = ("planned", "confirmed", "held")
CHECKS = ("was_opened", "was_heated", "had_private_office", "had_room", "had_power")
FATES = {"refused": "refusée par la commune", "waived": "abandonnée d’un commun accord"}
SIDES = {"service": "annulée par le service", "commune": "annulée par la commune"}
HELD = ("tenue", "tenue, après un déplacement", "tenue, en rattrapage")
ALL_FATES = frozenset((*HELD, *FATES.values(), *SIDES.values(), "passée, pas encore close", "à venir"))
Row = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Recount:
    """What the rows of a commune come to: numbers by name, people of each month, what became of each half-day, tables."""

    numbers: Counter[str] = field(default_factory=Counter)
    people: dict[str, int] = field(default_factory=dict)
    fates: Counter[str] = field(default_factory=Counter)
    tables: dict[str, Counter[str]] = field(default_factory=dict)

    def sentence(self, due: int) -> str:
        """Return what was promised and kept, as article 4 is told."""
        n = self.numbers
        proposed, held = n["proposed"], n["held"]
        said = f"{proposed} demi-journée{'s' * (proposed > 1)} proposée{'s' * (proposed > 1)} sur {due} dues"
        said += f", {held} tenue{'s' * (held > 1)}"
        apart = [(n[name], words) for name, words in APART.items() if n[name]]
        more = ", ".join(f"{count} {words.replace('*', 's' * (count > 1))}" for count, words in apart)
        return f"{said} ; {more} (art. 4)." if more else f"{said} (art. 4)."


APART = {
    "by_commune": "annulée* par la commune",
    "refused": "refusée* par la commune",
    "by_service": "annulée* par le service",
    "waived": "abandonnée* d’un commun accord",
    "made_up": "proposée* en rattrapage",
    "untold": "pas encore close*",
}


def recount(commune: Commune, year: int, first: int, last: int, on: dt.date) -> Recount:
    """Count the months of a year again, from the rows of one commune."""
    found = Recount(people={f"{year}-{month:02}": 0 for month in range(first, last + 1)})
    visits = [row for row in rows_of(Visit) if row["commune_id"] == commune.pk]
    _half_days(found, visits, on)
    _places(found, visits)
    _appointments(found, visits)
    for row in rows_of(Record):
        if row["commune_id"] == commune.pk and row["removed_at"] is None and _month(row["date"]) in found.people:
            _record(found, row)
    for row in rows_of(Tally):
        if row["commune_id"] == commune.pk and _month(row["date"]) in found.people:
            found.numbers[row["kind"]] += row["delta"]
    for row in rows_of(Demande):
        if row["commune_id"] == commune.pk and _asked(row) in found.people:
            found.numbers["requests"] += 1
            found.numbers["requests waiting"] += row["state"] in ("waiting", "to_confirm")
            found.numbers["requests unmet"] += row["state"] == "unmet"
    for row in rows_of(Request):
        if row["commune_id"] == commune.pk and _asked(row) in found.people:
            found.numbers["urgencies"] += 1
            found.numbers["urgencies solved"] += row["solved_at"] is not None
    return found


def rows_of(model: type[Model]) -> list[Row]:
    """Return every row of a table, as it is kept."""
    return [dict(row) for row in model._default_manager.values()]


def _half_days(found: Recount, visits: list[Row], on: dt.date) -> None:
    ends = {row["visit_id"]: row for row in rows_of(Cancellation)}
    n, proposed = found.numbers, Counter[str]()
    for row in visits:
        end, stands, is_past = ends.get(row["id"]), row["state"] in STANDS, row["date"] < on
        was_moved = (row["date"], row["half"]) != (row["origin_date"], row["origin_half"])
        if row["for_month"] in found.people:
            proposed[row["for_month"]] += stands or (end is not None and not end["is_owed"])
            n["held"] += row["state"] == "held"
            n["by_service"] += row["state"] == "cancelled" and end is not None and end["side"] == "service"
            n["by_commune"] += row["state"] == "cancelled" and end is not None and end["side"] == "commune"
            n["refused"] += row["state"] == "refused"
            n["waived"] += row["state"] == "waived"
            n["made_up"] += stands and row["makes_up_id"] is not None
            n["moved"] += stands and was_moved
        if _month(row["date"]) not in found.people or not (stands or end):
            continue
        n["untold"] += stands and row["state"] != "held" and is_past
        if end is not None:
            found.fates[FATES.get(row["state"]) or SIDES[end["side"]]] += 1
        elif row["state"] != "held":
            found.fates["passée, pas encore close" if is_past else "à venir"] += 1
        elif row["makes_up_id"] is not None:
            found.fates["tenue, en rattrapage"] += 1
        else:
            found.fates["tenue, après un déplacement" if was_moved else "tenue"] += 1
    # A month that was promised twice was due once.
    n["proposed"] = sum(min(1, count) for count in proposed.values())


def _places(found: Recount, visits: list[Row]) -> None:
    held = {row["id"] for row in visits if row["state"] == "held" and _month(row["date"]) in found.people}
    found.numbers["slots"] = 2 * len(held)
    for row in rows_of(Holding):
        looked = [row[name] for name in CHECKS if row[name] is not None] if row["visit_id"] in held else []
        if looked:
            found.numbers["minutes"] += round((row["ended_at"] - row["started_at"]).total_seconds() / 60)
        found.numbers["checks"] += len(looked)
        found.numbers["checks right"] += sum(looked)


def _appointments(found: Recount, visits: list[Row]) -> None:
    became = {row["id"]: row["state"] for row in visits if _month(row["date"]) in found.people}
    for row in rows_of(Appointment):
        if row["kind"] != "visit" or row["visit_id"] not in became:
            continue
        found.numbers[f"appointments {row['state']}"] += 1
        if row["state"] != "cancelled" and became[row["visit_id"]] == "held":
            found.numbers["slots taken"] += row["slot_count"]


def _record(found: Recount, row: Row) -> None:
    n, people = found.numbers, row["people"]
    n["activities"] += 1
    n["workshops"] += row["kind"] == "collectif"
    if row["kind"] not in ("individuel", "collectif"):
        n["supports"] += 1
        n["people supported"] += people
        return
    found.people[_month(row["date"])] += people
    n["people"] += people
    way = "in workshops" if row["kind"] == "collectif" else "by appointment" if row["had_appointment"] else "walk-in"
    n[way] += people
    for theme in filter(None, row["themes"].split("|")):
        found.tables.setdefault("themes", Counter())[theme] += people
    for age, count in (row["counts"].get("ages") or ({row["age"]: 1} if row["age"] else {})).items():
        found.tables.setdefault("ages", Counter())[age] += count


def _month(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def _asked(row: Row) -> str:
    return f"{row['asked_at'].astimezone(PARIS):%Y-%m}"
