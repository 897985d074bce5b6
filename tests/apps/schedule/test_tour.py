"""`manage.py tour` on files: each subcommand answers, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from escale.core.calendar.halfdays import Window
from escale.core.planning.check import check, cost_of
from escale.core.planning.files import plan_from
from escale.core.planning.problem import Annex, Mediator, Problem, Weights
from tests.apps.schedule.command import tour, write_plan, write_problem
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, windows

WORK = ("--work-limit", 100_000)
PARTS = {"unserved", "irregular", "spacing", "switch", "preference", "annex", "km", "balance"}


@pytest.fixture
def problem() -> Problem:
    return a_problem(*[a_commune(f"5900{n}") for n in range(4)], mediators=(Mediator(id="M1"), Mediator(id="M2")))


def test_solve_writes_a_legal_plan_and_says_what_it_costs_and_what_is_proved(problem: Problem, tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    answer = tour("solve", "--problem", write_problem(tmp_path, problem), "--out", out, *WORK, "--seed", 3)

    plan = plan_from(json.loads(out.read_text(encoding="utf-8")))
    assert answer.code == 0
    assert check(problem, plan) == ()
    assert answer.told["cost"] == cost_of(problem, plan)
    assert set(answer.told["parts"]) == PARTS
    assert answer.told["status"] in {"optimal", "feasible"}
    assert answer.told["lower_bound"] <= answer.told["cost"]
    assert answer.told["gap"] == pytest.approx(1 - answer.told["lower_bound"] / answer.told["cost"], abs=1e-6)
    assert (answer.told["seed"], answer.told["visits"], answer.told["due"]) == (3, 8, 8)
    assert answer.told["unserved"] == answer.told["changed_days"] == []
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_same_seed_and_work_give_the_same_plan(problem: Problem, tmp_path: Path) -> None:
    path = write_problem(tmp_path, problem)

    plans = []
    for name in ("one.json", "two.json"):
        tour("solve", "--problem", path, "--out", tmp_path / name, *WORK)
        plans.append((tmp_path / name).read_text(encoding="utf-8"))

    assert plans[0] == plans[1]


def test_an_impossible_month_names_who_is_left_out_and_why(tmp_path: Path) -> None:
    crowd = a_problem(*[a_commune(f"590{n:02d}", windows=windows("FRI_PM")) for n in range(6)])

    answer = tour("solve", "--problem", write_problem(tmp_path, crowd), "--out", tmp_path / "out.json", *WORK)

    assert answer.code == 0
    assert answer.told["parts"]["unserved"] == len(answer.told["unserved"]) == 3
    assert answer.told["unserved"][0]["reason"] == "6 visites se partagent 5 demi-journées"


def test_agreed_days_are_kept_and_a_freed_commune_is_named_when_it_moves(tmp_path: Path) -> None:
    thursday, tuesday = (Annex(nth=2, window=Window.parse(name)) for name in ("THU_AM", "TUE_AM"))
    pair = a_problem(
        a_commune("59001", annex=thursday),
        a_commune("59002", annex=tuesday),
        base_hm=(200.0, 200.0),
        between_hm=((0.0, 10.0), (10.0, 0.0)),
        weights=Weights(),
    )
    path = write_problem(tmp_path, pair)

    kept = tour("solve", "--problem", path, "--out", tmp_path / "kept.json", *WORK)
    freed = tour("solve", "--problem", path, "--out", tmp_path / "freed.json", *WORK, "--free", "59002")

    assert kept.told["changed_days"] == []
    assert kept.told["cost"] == kept.told["parts"]["km"] == 160.0
    assert [day["commune"] for day in freed.told["changed_days"]] == ["59002"]
    assert freed.told["parts"]["km"] < 160.0


def test_a_preset_replaces_the_weights_and_says_so(problem: Problem, tmp_path: Path) -> None:
    answer = tour(
        "solve", "--problem", write_problem(tmp_path, problem), "--out", tmp_path / "o.json", *WORK, "--preset", "short"
    )

    assert answer.told["weights"]["irregular"] == 50


def test_a_start_is_never_made_worse(problem: Problem, tmp_path: Path) -> None:
    path = write_problem(tmp_path, problem)
    first = tour("solve", "--problem", path, "--out", tmp_path / "plan.json", *WORK)

    again = tour(
        "solve", "--problem", path, "--out", tmp_path / "again.json", "--start", tmp_path / "plan.json", "--work-limit", 1
    )

    assert again.told["cost"] <= first.told["cost"]


def test_check_accepts_a_legal_plan_and_prices_it(problem: Problem, tmp_path: Path) -> None:
    plan = a_plan(a_visit("59000", "2026-01-06"))

    answer = tour("check", "--problem", write_problem(tmp_path, problem), "--plan", write_plan(tmp_path, plan))

    assert (answer.code, answer.told["legal"], answer.told["faults"]) == (0, True, [])
    assert answer.told["cost"] == cost_of(problem, plan)
    assert len(answer.told["unserved"]) == 7


def test_check_names_each_fault_of_an_illegal_plan_and_exits_with_1(problem: Problem, tmp_path: Path) -> None:
    plan = a_plan(a_visit("59000", "2026-01-01"), a_visit("59999", "2026-01-06"))

    answer = tour("check", "--problem", write_problem(tmp_path, problem), "--plan", write_plan(tmp_path, plan))

    assert (answer.code, answer.told["legal"]) == (1, False)
    assert {fault["rule"] for fault in answer.told["faults"]} == {"holiday", "known"}
    assert "jour férié" in answer.said
    assert answer.told["cost"] is None


def test_capacity_tells_places_and_needs_of_each_month_under_each_reading(problem: Problem, tmp_path: Path) -> None:
    answer = tour("capacity", "--problem", write_problem(tmp_path, problem), "--leave", "M1", "2026-01-02", "2026-01-31")

    january = answer.told["months"][0]
    assert (january["month"], january["needs"], january["places"] > 50) == ("2026-01", 4, True)
    assert set(answer.told["readings"]) == {"R1", "R2", "R3"}
    assert answer.told["leave"][0]["breaks_alone"] == []
    assert "janvier 2026" in answer.said


def test_repair_moves_what_an_absence_forbids_and_nothing_else(problem: Problem, tmp_path: Path) -> None:
    plan = a_plan(
        a_visit("59000", "2026-01-06"), a_visit("59001", "2026-01-08"), a_visit("59002", "2026-01-13", mediator="M2"),
        a_visit("59003", "2026-01-15", mediator="M2"), a_visit("59000", "2026-02-03"), a_visit("59001", "2026-02-05"),
        a_visit("59002", "2026-02-10", mediator="M2"), a_visit("59003", "2026-02-12", mediator="M2"),
    )  # fmt: skip
    out = tmp_path / "new.json"
    files = ("--problem", write_problem(tmp_path, problem), "--plan", write_plan(tmp_path, plan))

    answer = tour("repair", *files, "--away", "M1", "2026-01-05", "2026-01-09", "--out", out)

    assert answer.code == 0
    assert (answer.told["lost"], answer.told["moved_valid"], answer.told["moved_total"]) == (2, 0, 2)
    assert (answer.told["unserved"], answer.told["make_ups"]) == ([], [])
    new = plan_from(json.loads(out.read_text(encoding="utf-8")))
    assert [visit for visit in new.visits if visit.month.number == 2] == [
        visit for visit in plan.visits if visit.month.number == 2
    ]


def test_repair_refuses_a_published_plan_that_is_not_legal(problem: Problem, tmp_path: Path) -> None:
    files = (
        "--problem",
        write_problem(tmp_path, problem),
        "--plan",
        write_plan(tmp_path, a_plan(a_visit("59000", "2026-01-01"))),
    )

    answer = tour("repair", *files, "--away", "M1", "2026-01-05", "2026-01-09", "--out", tmp_path / "new.json")

    assert answer.code == 1
    assert not (tmp_path / "new.json").exists()


def test_explain_names_the_rule_that_forbids_a_half_day(problem: Problem, tmp_path: Path) -> None:
    plan = a_plan(a_visit("59000", "2026-01-06"), a_visit("59000", "2026-02-03"))
    files = ("--problem", write_problem(tmp_path, problem), "--plan", write_plan(tmp_path, plan))

    answer = tour("explain", *files, "--commune", "59000", "--window", "MON_AM")

    assert (answer.code, answer.told["allowed"], answer.told["rule"]) == (0, False, "service_window")
    assert "lundi matin" in answer.said


def test_explain_prices_a_half_day_that_nothing_forbids(problem: Problem, tmp_path: Path) -> None:
    plan = a_plan(a_visit("59000", "2026-01-06"), a_visit("59000", "2026-02-03"))
    files = ("--problem", write_problem(tmp_path, problem), "--plan", write_plan(tmp_path, plan))

    answer = tour("explain", *files, "--commune", "59000", "--window", "THU_PM", "--time-limit", 0.3)

    assert (answer.code, answer.told["allowed"], answer.told["rule"]) == (0, True, None)
    assert isinstance(answer.told["delta_upper"], float)
    assert answer.told["moves"][0]["commune"]
