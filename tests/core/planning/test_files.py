"""Problems and plans as files: what is read is what was written, and bad input is told with its place."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_from, plan_to, problem_from, problem_to
from escale.core.planning.problem import Problem
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, small_problems

GOOD = problem_to(a_problem(a_commune("59002"), a_commune("59038")))


@given(small_problems())
def test_a_problem_survives_being_written_and_read(problem: Problem) -> None:
    assert problem_from(json.loads(json.dumps(problem_to(problem)))) == problem


def test_a_plan_survives_being_written_and_read() -> None:
    plan = a_plan(a_visit("59002", "2026-01-06"), a_visit("59002", "2026-02-03", "PM"))

    assert plan_from(json.loads(json.dumps(plan_to(plan)))) == plan


def _set(*path: str | int, to: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_set("windows", to=["MARDI"]), "problème.windows[0]"),
        (_set("communes", 0, "windows", to=["TUE_XX"]), "communes[0] (Commune 59002).windows[0]"),
        (_set("communes", 1, "code", to="59002"), "communes[1]"),
        (_set("holidays", to=["2026-02-30"]), "problème.holidays[0]"),
        (_set("mediators", 0, "away", to=["le 3 mars"]), "mediators[0].away[0]"),
        (_set("months", to=["2026-13"]), "problème.months[0]"),
        (_set("months", to=[]), "months"),
        (_set("months", to=["2026-02", "2026-01"]), "months"),
        (_set("mediators", to=[]), "mediators"),
        (_set("communes", to=[]), "communes"),
        (_set("base_hm", to=[1]), "base_hm"),
        (_set("base_hm", 0, to=float("nan")), "base_hm[0]"),
        (_set("base_hm", 0, to="loin"), "base_hm[0]"),
        (_set("between_hm", 0, 1, to=-5), "between_hm[0][1]"),
        (_set("between_hm", 1, to=[0]), "between_hm[1]"),
        (_set("between_hm", 1, to=None), "between_hm[1]"),
        (_set("weights", "km", to=float("inf")), "weights.km"),
        (_set("weights", "speed", to=1), "weights.speed"),
        (_set("communes", 0, "preferred_weekday", to="JEUDI"), "communes[0] (Commune 59002).preferred_weekday"),
        (_set("communes", 0, "visits_per_month", to=1.5), "communes[0] (Commune 59002).visits_per_month"),
        (_set("communes", 0, "visits_per_month", to=0), "communes[0] (Commune 59002).visits_per_month"),
        (_set("communes", 0, "annex", to={"nth": 6, "window": "TUE_AM"}), "annex.nth"),
        (_set("communes", 0, "before", to=["2026-01-06"]), "communes[0] (Commune 59002).before"),
        (_set("communes", 0, to="Abscon"), "communes[0]"),
        (_set("communes", to={}), "problème.communes"),
    ],
)
def test_bad_input_is_told_with_its_place(change: Callable[[Any], None], place: str) -> None:
    data = copy.deepcopy(GOOD)
    change(data)

    with pytest.raises(ProblemError) as told:
        problem_from(data)

    assert told.value.place == place
    assert len(told.value.message) > 10


@pytest.mark.parametrize("data", [None, [], "texte", 3])
def test_what_is_no_object_is_no_problem(data: object) -> None:
    with pytest.raises(ProblemError, match="objet JSON"):
        problem_from(data)


def test_a_plan_with_a_bad_date_is_told_with_its_place() -> None:
    with pytest.raises(ProblemError) as told:
        plan_from({"visits": [{"commune": "59002", "mediator": "M1", "date": "2026-02-31", "half": "AM"}]})

    assert told.value.place == "visits[0].date"
