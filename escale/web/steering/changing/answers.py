"""The answers of the planner as the pages show them: names instead of codes, what changes side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from escale.apps.schedule.drafts import posts_by_id
from escale.apps.schedule.models import Question
from escale.apps.schedule.questions import disruption_from
from escale.apps.schedule.wording import date_told, half_day_words, place_words
from escale.apps.schedule.workbench import names_of_posts
from escale.apps.territory.models import Commune
from escale.core.calendar.french import month_words, period_words
from escale.core.calendar.halfdays import HALF_WORDS
from escale.core.calendar.months import Month
from escale.core.planning.files import plan_from
from escale.core.planning.plan import Visit

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A visit before and after: the same half-day when only who comes changes; empty words where there is none."""

    name: str
    before: str
    before_by: str
    after: str
    after_by: str
    note: str = ""

    @property
    def only_by(self) -> bool:
        """Whether the date stays."""
        return self.before == self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A visit that finds no place: why, and when it is made up."""

    name: str
    month: str
    reason: str
    make_up: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAnswer:
    """A repair as a page tells it: only what changes, the smallest changes first."""

    changes: tuple[Change, ...]
    missing: tuple[Missing, ...]
    other_rooms: tuple[str, ...]
    summary: str
    rule: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes in the tour."""
        return not self.changes and not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A commune in an explanation: its usual day before and after, its visits that leave and come."""

    name: str
    usual: str
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainAnswer:
    """An explanation as a page tells it."""

    allowed: bool
    words: str
    moved: tuple[Moved, ...]
    has_plan: bool
    exchange: tuple[Moved, ...]


class _Names:
    """What communes and posts are called on the day of the question."""

    def __init__(self, question: Question, codes: Iterable[str]) -> None:
        day = question.requested_at.date()
        communes = Commune.objects.filter(code__in=set(codes))
        self._communes = {commune.code: commune.place_name.full for commune in communes}
        self._posts = names_of_posts(posts_by_id(question.epci), day, day + dt.timedelta(days=365))

    def commune(self, code: str) -> str:
        return self._communes.get(code, code)

    def post(self, name: str) -> str:
        return self._posts.get(name, name)


def repair_answer(question: Question) -> RepairAnswer:
    """Return the answer to « how to repair? »."""
    answer: Json = question.answer
    lost = [visit for visit in _visits(answer["lost"]) if visit not in {_visit(move["was"]) for move in answer["moves"]}]
    gone = [*lost, *_visits(answer["given_up"])]
    every = [
        *(move["now"] for move in answer["moves"]),
        *answer["lost"],
        *answer["given_up"],
        *answer["added"],
        *answer["make_ups"],
    ]
    codes = {item["commune"] for item in [*every, *answer["unserved"], *answer["without_make_up"], *answer["other_room"]]}
    names = _Names(question, codes)
    changes = [_move(names, move) for move in answer["moves"]]
    changes += [_change(names, None, visit, "") for visit in _visits(answer["added"])]
    owed = {(item["commune"], item["month"]) for item in answer["unserved"]}
    changes += [_change(names, visit, None, "") for visit in gone if (visit.commune, str(visit.month)) not in owed]
    make_ups = _make_ups(answer)
    changes += [
        _change(names, None, visit, "")
        for (code, month), visits in make_ups.items()
        if (code, month) not in owed
        for visit in visits
    ]
    return RepairAnswer(
        changes=tuple(sorted(changes, key=lambda change: (not change.only_by, not change.before or not change.after))),
        missing=tuple(_missing(names, item, make_ups, gone) for item in answer["unserved"]),
        other_rooms=tuple(f"{names.commune(v.commune)}, {place_words(v)}" for v in _visits(answer["other_room"])),
        summary=_summary(answer),
        rule=answer["rule"] or "",
    )


def explain_answer(question: Question) -> ExplainAnswer:
    """Return the answer to « why not another day? »."""
    answer: Json = question.answer
    exchange = answer.get("exchange") or {}
    return ExplainAnswer(
        allowed=answer["allowed"],
        words=answer["words"],
        moved=tuple(_moved(item) for item in answer["moves"]),
        has_plan="plan" in answer,
        exchange=tuple(_moved(item) for item in exchange.get("moves", ())),
    )


def told_words(question: Question) -> str:
    """Return what happened, as it was told: « Poste 1 (Camille), du 18 janvier 2027 au 22 janvier 2027 : absence »."""
    told = disruption_from(question.asked)
    codes = {item["commune"] for kind in ("closures", "joinings", "by_hand") for item in question.asked[kind]}
    names = _Names(question, codes)
    said = [
        f"{names.post(item.mediator)}, {period_words(item.starts, item.ends)} : {'personne' if item.vacant else 'absence'}"
        for item in told.absences
    ]
    said += [
        f"{names.commune(item.commune)}, {period_words(item.starts, item.ends)} : "
        + ("une autre salle de la commune" if item.other_room else "salle fermée")
        for item in told.closures
    ]
    said += [f"{names.commune(item.commune)} rejoint le service le {date_told(item.date)}" for item in told.joinings]
    said += [
        f"{names.commune(item.commune)} : le passage du {date_told(item.was)} "
        f"va au {date_told(item.date)}, {HALF_WORDS[item.half]}"
        for item in told.by_hand
        if item.was
    ]
    return " ; ".join(said)


def _summary(answer: Json) -> str:
    """Return the fewest words that say how much changes."""
    moved, valid = len(answer["moves"]), sum(move["valid"] and not move["by_hand"] for move in answer["moves"])
    counts = (
        (len(answer["lost"]), "passage devient impossible", "passages deviennent impossibles"),
        (moved, "est déplacé ou confié à quelqu’un d’autre", "sont déplacés ou confiés à quelqu’un d’autre"),
        (valid, "d’entre eux restait possible et fait place", "d’entre eux restaient possibles et font place"),
        (len(answer["unserved"]), "commune reste sans passage dans le mois", "communes restent sans passage dans le mois"),
        (len(answer["make_ups"]), "rattrapage est proposé", "rattrapages sont proposés"),
    )
    told = [_count(number, one, several) for number, one, several in counts if number]
    return f"{', '.join(told)}." if told else ""


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {several if number > 1 else one}"


def _move(names: _Names, move: Json) -> Change:
    note = "à la main" if move["by_hand"] else "pour faire place" if move["valid"] else ""
    return _change(names, _visit(move["was"]), _visit(move["now"]), note)


def _change(names: _Names, was: Visit | None, now: Visit | None, note: str) -> Change:
    known = was or now
    return Change(
        name=names.commune(known.commune) if known else "",
        before=place_words(was) if was else "",
        before_by=names.post(was.mediator) if was else "",
        after=place_words(now) if now else "",
        after_by=names.post(now.mediator) if now else "",
        note=note,
    )


def _make_ups(answer: Json) -> dict[tuple[str, str], list[Visit]]:
    found: dict[tuple[str, str], list[Visit]] = {}
    for item in answer["make_ups"]:
        found.setdefault((item["commune"], item["for_month"]), []).extend(_visits([item]))
    return found


def _missing(names: _Names, item: Json, make_ups: Mapping[tuple[str, str], list[Visit]], gone: Iterable[Visit]) -> Missing:
    key = item["commune"], item["month"]
    promised = make_ups.get(key, [])
    return Missing(
        name=names.commune(item["commune"]),
        month=month_words(Month.parse(item["month"])),
        reason=item["reason"],
        make_up=" ; ".join(f"{half_day_words(visit)}, {names.post(visit.mediator)}" for visit in promised),
    )


def _moved(item: Json) -> Moved:
    usual = f"{item['usual_from'] or 'aucun'} → {item['usual_to'] or 'aucun'}" if item["changes_usual_day"] else ""
    before, after = _visits(item["visits_from"]), _visits(item["visits_to"])
    pairs = [f"{place_words(was)} → {place_words(now)}" for was, now in zip(before, after, strict=False)]
    left = [f"{place_words(visit)} n’est plus tenu" for visit in before[len(after) :]]
    return Moved(name=item["name"], usual=usual, visits=(*pairs, *left, *map(place_words, after[len(before) :])))


def _visit(item: Json) -> Visit:
    return _visits([item])[0]


def _visits(items: Iterable[Json]) -> list[Visit]:
    """Read visits in the order in which they were written; those with a month of their own are make-ups."""
    found: list[Visit] = []
    for item in items:
        kind = "make_ups" if "for_month" in item else "visits"
        found.extend(plan_from({kind: [dict(item)]}).entries())
    return found
