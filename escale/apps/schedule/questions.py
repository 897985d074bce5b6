"""What a question asks and what is answered, as JSON objects: the same words for the page that asks and the task that answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from escale.apps.schedule.answers import unserved_to, visit_to
from escale.core.calendar.halfdays import Half, Window
from escale.core.calendar.months import Month
from escale.core.planning.files import plan_to
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.repair import Absence, ByHand, Closure, Disruption, Joining

if TYPE_CHECKING:
    from escale.core.planning.explain import Explanation
    from escale.core.planning.explaining.changes import Change
    from escale.core.planning.repair import Move, Repair

Json = dict[str, Any]


def explanation_asked(commune: str, window: Window) -> Json:
    """Write « why does this commune not have its usual day in this half-day of the week? »."""
    return {"commune": commune, "window": str(window)}


def explanation_to(found: Explanation, *, begun: Plan) -> Json:
    """Write the answer, with the plan that has the usual day and the plainest exchange that gives it.

    `begun` holds the visits of the months that have begun, which no answer moves: each plan is written with them.
    """
    answer: Json = {
        "allowed": found.allowed,
        "rule": found.rule and found.rule.value,
        "words": found.words,
        "delta": found.delta_upper,
        "moves": [_change_to(change) for change in found.moves],
        "seconds": round(found.seconds, 2),
    }
    if found.plan is not None and found.moves:
        answer["plan"] = plan_to(_joined(begun, found.plan))
    exchange = found.exchange
    if exchange is not None and 0 < len(exchange.moves) < len(found.moves):
        answer["exchange"] = {
            "delta": exchange.delta,
            "moves": [_change_to(change) for change in exchange.moves],
            "plan": plan_to(_joined(begun, exchange.plan)),
        }
    return answer


def within(plan: Plan, months: Collection[Month]) -> Plan:
    """Return the part of a plan that stands in some months."""
    return Plan(
        visits=tuple(visit for visit in plan.visits if visit.month in months),
        make_ups=tuple(visit for visit in plan.make_ups if visit.month in months),
    )


def disruption_asked(disruption: Disruption) -> Json:
    """Write what happened."""
    return {
        "absences": [
            {"mediator": item.mediator, "starts": str(item.starts), "ends": str(item.ends), "vacant": item.vacant}
            for item in disruption.absences
        ],
        "closures": [
            {"commune": item.commune, "starts": str(item.starts), "ends": str(item.ends), "other_room": item.other_room}
            for item in disruption.closures
        ],
        "joinings": [{"commune": item.commune, "date": str(item.date)} for item in disruption.joinings],
        "by_hand": [
            {
                "commune": item.commune,
                "was": item.was and str(item.was),
                "date": str(item.date),
                "half": item.half.value,
                "mediator": item.mediator,
            }
            for item in disruption.by_hand
        ],
        "since": disruption.since and str(disruption.since),
    }


def disruption_from(asked: Mapping[str, Any]) -> Disruption:
    """Read what happened."""
    day = dt.date.fromisoformat
    return Disruption(
        absences=tuple(
            Absence(mediator=item["mediator"], starts=day(item["starts"]), ends=day(item["ends"]), vacant=item["vacant"])
            for item in asked["absences"]
        ),
        closures=tuple(
            Closure(commune=item["commune"], starts=day(item["starts"]), ends=day(item["ends"]), other_room=item["other_room"])
            for item in asked["closures"]
        ),
        joinings=tuple(Joining(commune=item["commune"], date=day(item["date"])) for item in asked["joinings"]),
        by_hand=tuple(
            ByHand(
                commune=item["commune"],
                was=item["was"] and day(item["was"]),
                date=day(item["date"]),
                half=Half(item["half"]),
                mediator=item["mediator"],
            )
            for item in asked["by_hand"]
        ),
        since=asked["since"] and day(asked["since"]),
    )


def repair_to(found: Repair) -> Json:
    """Write the repaired plan and all that changes in it."""
    return {
        "words": found.words,
        "months": [str(month) for month in found.months],
        "lost": _visits_to(found.lost),
        "moves": [_move_to(move) for move in found.moves],
        "given_up": _visits_to(found.given_up),
        "added": _visits_to(found.added),
        "unserved": unserved_to(found.unserved),
        "make_ups": _visits_to(found.make_ups),
        "without_make_up": [{"commune": item.commune, "for_month": str(item.for_month)} for item in found.without_make_up],
        "other_room": _visits_to(found.other_room),
        "rule": found.rule,
        "proved": found.proved,
        "seconds": round(found.seconds, 2),
        "plan": plan_to(found.plan),
    }


def _joined(one: Plan, other: Plan) -> Plan:
    return Plan(visits=(*one.visits, *other.visits), make_ups=(*one.make_ups, *other.make_ups))


def _move_to(move: Move) -> Json:
    return {"was": visit_to(move.was), "now": visit_to(move.now), "valid": move.valid, "by_hand": move.by_hand}


def _visits_to(visits: Sequence[Visit]) -> list[Json]:
    return [
        {**visit_to(visit), "for_month": str(visit.for_month)} if isinstance(visit, MakeUp) else {**visit_to(visit)}
        for visit in visits
    ]


def _change_to(change: Change) -> Json:
    return {
        "commune": change.commune,
        "name": change.name,
        "usual_from": change.usual_from and change.usual_from.words,
        "usual_to": change.usual_to and change.usual_to.words,
        "changes_usual_day": change.changes_usual_day,
        "visits_from": _visits_to(change.visits_from),
        "visits_to": _visits_to(change.visits_to),
    }
