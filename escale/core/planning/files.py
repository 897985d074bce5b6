"""Problems and plans as the JSON objects of the tour format; bad input is told with its place and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Annex, Commune, Mediator, Problem, Weights

T = TypeVar("T")
Json = Mapping[str, Any]


def problem_from(data: object) -> Problem:
    """Read a problem. Raise ProblemError with the place of the first fault."""
    file = _object(data, "problème")
    return Problem(
        name=_text(file, "name", "problème"),
        months=tuple(_list(file, "months", "problème", Month.parse)),
        windows=frozenset(_list(file, "windows", "problème", Window.parse)),
        holidays=frozenset(_list(file, "holidays", "problème", dt.date.fromisoformat)),
        mediators=tuple(_mediator(item, f"mediators[{i}]") for i, item in enumerate(_items(file, "mediators", "problème"))),
        communes=tuple(_commune(item, f"communes[{i}]") for i, item in enumerate(_items(file, "communes", "problème"))),
        base_hm=_numbers(file.get("base_hm"), "base_hm"),
        between_hm=tuple(_numbers(row, f"between_hm[{i}]") for i, row in enumerate(_items(file, "between_hm", "problème"))),
        weights=_weights(file.get("weights")),
    )


def plan_from(data: object) -> Plan:
    """Read a plan. Raise ProblemError with the place of the first fault; whether it is legal is for `check` to say."""
    file = _object(data, "plan")
    return Plan(
        visits=tuple(_visit(item, f"visits[{i}]") for i, item in enumerate(_items(file, "visits", "plan"))),
        make_ups=tuple(_make_up(item, f"make_ups[{i}]") for i, item in enumerate(file.get("make_ups") or [])),
    )


def plan_to(plan: Plan) -> dict[str, Any]:
    """Write a plan as its JSON object."""
    written: dict[str, Any] = {"visits": [_visit_to(visit) for visit in plan.visits]}
    if plan.make_ups:
        written["make_ups"] = [{**_visit_to(item), "for_month": str(item.for_month)} for item in plan.make_ups]
    return written


def problem_to(problem: Problem) -> dict[str, Any]:
    """Write a problem as its JSON object."""
    return {
        "name": problem.name,
        "months": [str(month) for month in problem.months],
        "windows": [str(window) for window in sorted(problem.windows)],
        "holidays": [day.isoformat() for day in sorted(problem.holidays)],
        "mediators": [{"id": m.id, "away": [day.isoformat() for day in sorted(m.away)]} for m in problem.mediators],
        "communes": [_commune_to(commune) for commune in problem.communes],
        "base_hm": list(problem.base_hm),
        "between_hm": [list(row) for row in problem.between_hm],
        "weights": {name: getattr(problem.weights, name) for name in Weights.__slots__},
    }


def _commune_to(commune: Commune) -> dict[str, Any]:
    written: dict[str, Any] = {
        "code": commune.code,
        "name": commune.name,
        "windows": [str(window) for window in sorted(commune.windows)],
        "preferred_weekday": commune.preferred_weekday.name if commune.preferred_weekday is not None else None,
        "closed": [day.isoformat() for day in sorted(commune.closed)],
    }
    if commune.shut:
        written["shut"] = [f"{day.isoformat()}_{half.value}" for day, half in sorted(commune.shut)]
    if commune.starts > dt.date.min:
        written["from"] = commune.starts.isoformat()
    if commune.until < dt.date.max:
        written["until"] = commune.until.isoformat()
    if commune.visits_per_month != 1:
        written["visits_per_month"] = commune.visits_per_month
    if commune.several_from > dt.date.min:
        written["several_from"] = commune.several_from.isoformat()
    if commune.before:
        written["before"] = [day.isoformat() for day in commune.before]
    if commune.annex:
        written["annex"] = {"nth": commune.annex.nth, "window": str(commune.annex.window)}
    return written


def _visit_to(visit: Visit) -> dict[str, Any]:
    return {
        "commune": visit.commune,
        "mediator": visit.mediator,
        "date": visit.date.isoformat(),
        "half": visit.half.value,
    }


def _mediator(data: object, place: str) -> Mediator:
    item = _object(data, place)
    return Mediator(id=_text(item, "id", place), away=frozenset(_list(item, "away", place, dt.date.fromisoformat)))


def _commune(data: object, place: str) -> Commune:
    item = _object(data, place)
    name = _text(item, "name", place)
    place = f"{place} ({name})"
    weekday = item.get("preferred_weekday")
    if weekday is not None and weekday not in Weekday.__members__:
        days = ", ".join(Weekday.__members__)
        raise ProblemError(
            place=f"{place}.preferred_weekday",
            message=f"« {weekday} » n'est pas un jour ; choisir parmi {days}, ou null",
        )
    per_month = item.get("visits_per_month", 1)
    if not isinstance(per_month, int) or isinstance(per_month, bool):
        raise ProblemError(place=f"{place}.visits_per_month", message=f"« {per_month} » n'est pas un nombre entier")
    return Commune(
        code=_text(item, "code", place),
        name=name,
        windows=frozenset(_list(item, "windows", place, Window.parse)),
        preferred_weekday=Weekday[weekday] if weekday is not None else None,
        closed=frozenset(_list(item, "closed", place, dt.date.fromisoformat)),
        shut=frozenset(_list(item, "shut", place, _half_day)),
        starts=_read(item.get("from", dt.date.min.isoformat()), f"{place}.from", dt.date.fromisoformat),
        until=_read(item.get("until", dt.date.max.isoformat()), f"{place}.until", dt.date.fromisoformat),
        visits_per_month=per_month,
        several_from=_read(item.get("several_from", dt.date.min.isoformat()), f"{place}.several_from", dt.date.fromisoformat),
        before=tuple(sorted(_list(item, "before", place, dt.date.fromisoformat))),
        annex=_annex(item["annex"], f"{place}.annex") if item.get("annex") is not None else None,
    )


def _half_day(text: str) -> tuple[dt.date, Half]:
    day, _, half = text.partition("_")
    return dt.date.fromisoformat(day), Half(half)


def _annex(data: object, place: str) -> Annex:
    item = _object(data, place)
    nth = item.get("nth")
    if not isinstance(nth, int) or isinstance(nth, bool):
        raise ProblemError(place=f"{place}.nth", message=f"« {nth} » n'est pas un rang ; donner un entier de 1 à 5")
    return Annex(nth=nth, window=_read(item.get("window"), f"{place}.window", Window.parse))


def _visit(data: object, place: str) -> Visit:
    item = _object(data, place)
    return Visit(
        commune=_text(item, "commune", place),
        mediator=_text(item, "mediator", place),
        date=_read(item.get("date"), f"{place}.date", dt.date.fromisoformat),
        half=_read(item.get("half"), f"{place}.half", Half),
    )


def _make_up(data: object, place: str) -> MakeUp:
    visit = _visit(data, place)
    month = _read(_object(data, place).get("for_month"), f"{place}.for_month", Month.parse)
    return MakeUp(commune=visit.commune, mediator=visit.mediator, date=visit.date, half=visit.half, for_month=month)


def _weights(data: object) -> Weights:
    if data is None:
        return Weights()
    item = _object(data, "weights")
    for name, value in item.items():
        if name not in Weights.__slots__:
            known = ", ".join(Weights.__slots__)
            raise ProblemError(place=f"weights.{name}", message=f"ce poids n'existe pas ; les poids sont {known}")
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise ProblemError(place=f"weights.{name}", message=f"« {value} » n'est pas un nombre")
    # A weight that a file does not give counts for nothing, as for the judge.
    return Weights(**{name: float(item.get(name, 0)) for name in Weights.__slots__})


def _object(data: object, place: str) -> Json:
    if not isinstance(data, Mapping):
        raise ProblemError(place=place, message="un objet JSON est attendu ici, entre accolades")
    return data


def _items(item: Json, name: str, place: str) -> list[object]:
    found = item.get(name, [])
    if not isinstance(found, list):
        raise ProblemError(place=f"{place}.{name}", message="une liste est attendue ici, entre crochets")
    return found


def _text(item: Json, name: str, place: str) -> str:
    found = item.get(name)
    if not isinstance(found, str) or not found:
        raise ProblemError(place=f"{place}.{name}", message="un texte est attendu ici")
    return found


def _list(item: Json, name: str, place: str, read: Callable[[str], T]) -> Iterable[T]:
    for i, value in enumerate(_items(item, name, place)):
        yield _read(value, f"{place}.{name}[{i}]", read)


def _read(value: object, place: str, read: Callable[[str], T]) -> T:
    if not isinstance(value, str):
        raise ProblemError(place=place, message=f"un texte est attendu ici, et non {value!r}")
    try:
        return read(value)
    except ValueError as error:
        words = (
            str(error) if "«" in str(error) else f"« {value} » n'est pas une valeur possible ; une date s'écrit « 2026-03-09 »"
        )
        raise ProblemError(place=place, message=words) from error


def _numbers(data: object, place: str) -> tuple[float, ...]:
    if not isinstance(data, list):
        raise ProblemError(place=place, message="une liste de distances est attendue ici, en hectomètres")
    for i, value in enumerate(data):
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise ProblemError(
                place=f"{place}[{i}]", message=f"« {value} » n'est pas une distance ; donner un nombre d'hectomètres"
            )
    return tuple(float(value) for value in data)
