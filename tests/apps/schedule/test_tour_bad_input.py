"""Bad input of `manage.py tour`: exit 2, the place and the reason in French, to read and to parse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from escale.core.planning.files import problem_to
from tests.apps.schedule.command import Answer, tour, write_plan, write_problem
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit

PROBLEM = a_problem(a_commune("59001"), a_commune("59002"))
GOOD = problem_to(PROBLEM)
TWICE = [GOOD["communes"][0], GOOD["communes"][0]]


def refused(answer: Answer) -> str:
    """Return the place of a refusal, told twice alike."""
    assert answer.code == 2
    assert set(answer.told) == {"error", "place"}
    assert answer.warned.strip() == f"{answer.told['place']} : {answer.told['error']}"
    return str(answer.told["place"])


def one_commune(**changes: object) -> dict[str, Any]:
    return {"communes": [GOOD["communes"][0] | changes, GOOD["communes"][1]]}


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        ({"windows": ["TUE_NOON"]}, "windows[0]", "TUE_NOON"),
        (one_commune(windows=["FOO"]), "communes[0]", "n'est pas une demi-journée"),
        ({"communes": TWICE}, "communes[1]", "deux fois"),
        (one_commune(closed=["2026-02-30"]), "communes[0]", "2026-02-30"),
        ({"holidays": ["demain"]}, "holidays[0]", "demain"),
        ({"months": ["2026-13"]}, "months[0]", "2026-13"),
        ({"base_hm": [1.0]}, "base_hm", "il en faut une par commune"),
        ({"between_hm": [[0.0, 1.0]]}, "between_hm", "il en faut une par commune"),
        ({"base_hm": [1.0, -3.0]}, "base_hm[1]", "positif"),
        ({"base_hm": [1.0, float("nan")]}, "base_hm[1]", "positif"),
        ({"between_hm": [[0.0, float("inf")], [1.0, 0.0]]}, "between_hm[0][1]", "positif"),
        ({"mediators": []}, "mediators", "aucun médiateur"),
        ({"communes": [], "base_hm": [], "between_hm": []}, "communes", "aucune commune"),
        ({"weights": {"km": float("nan")}}, "weights.km", "positif"),
    ],
)
def test_a_bad_problem_is_refused_with_its_place(changes: dict[str, Any], place: str, reason: str, tmp_path: Path) -> None:
    path = write_problem(tmp_path, PROBLEM, **changes)

    answer = tour("solve", "--problem", path, "--out", tmp_path / "out.json", "--work-limit", 1)

    assert place in refused(answer)
    assert reason in answer.told["error"]
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe\x00", b"null", b"[" * 100_000])
def test_a_file_that_is_no_problem_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(content)

    assert refused(tour("capacity", "--problem", path))


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tour("capacity", "--problem", tmp_path)) == str(tmp_path)
    assert refused(tour("capacity", "--problem", tmp_path / "nothing.json")) == str(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["--time-limit", "0"], "--time-limit"),
        (["--time-limit", "-5"], "--time-limit"),
        (["--time-limit", "nan"], "--time-limit"),
        (["--time-limit", "inf"], "--time-limit"),
        (["--time-limit", "une heure"], "--time-limit"),
        (["--work-limit", "0"], "--work-limit"),
        (["--stop-at-gap", "2"], "--stop-at-gap"),
        (["--seed", "x"], "--seed"),
        (["--preset", "cheap"], "--preset"),
        (["--free", "59999"], "commune"),
        (["--months", "2027-01..2027-12"], "--months"),
        (["--epci", "200042190"], "--problem"),
        (["--colour", "blue"], "ligne de commande"),
        (["--time-limit"], "--time-limit"),
    ],
)
def test_a_bad_option_of_solve_is_refused(arguments: list[str], place: str, tmp_path: Path) -> None:
    path = write_problem(tmp_path, PROBLEM)

    answer = tour("solve", "--problem", path, "--out", tmp_path / "out.json", *arguments)

    assert refused(answer) == place
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("arguments", [[], ["plan"], ["solve"], ["explain", "--problem", "p.json"]])
def test_a_command_line_that_lacks_something_is_refused(arguments: list[str]) -> None:
    assert refused(tour(*arguments))


def test_a_place_that_cannot_be_written_is_refused_before_any_search(tmp_path: Path) -> None:
    path = write_problem(tmp_path, PROBLEM)

    assert refused(tour("solve", "--problem", path, "--out", tmp_path)) == str(tmp_path)
    assert refused(tour("solve", "--problem", path, "--out", tmp_path / "none" / "x.json")) == str(tmp_path / "none" / "x.json")


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["--away", "M1", "2026-01-20", "2026-01-10"], "--away"),
        (["--away", "M1", "2026-01-32", "2026-02-10"], "--away"),
        (["--away", "M9", "2026-01-05", "2026-01-06"], "mediator"),
        (["--closed", "59999", "2026-01-05", "2026-01-06"], "commune"),
        (["--join", "59002", "bientôt"], "--join"),
        (["--move", "59001", "-", "2026-01-08", "MIDI", "M1"], "--move"),
        (["--away", "M1"], "--away"),
    ],
)
def test_a_bad_disruption_is_refused(arguments: list[str], place: str, tmp_path: Path) -> None:
    files = (
        "--problem",
        write_problem(tmp_path, PROBLEM),
        "--plan",
        write_plan(tmp_path, a_plan(a_visit("59001", "2026-01-06"))),
    )

    answer = tour("repair", *files, *arguments, "--out", tmp_path / "new.json")

    assert refused(answer) == place
    assert not (tmp_path / "new.json").exists()


def test_a_question_on_an_unknown_commune_or_window_is_refused(tmp_path: Path) -> None:
    files = ("--problem", write_problem(tmp_path, PROBLEM), "--plan", write_plan(tmp_path, a_plan()))

    assert refused(tour("explain", *files, "--commune", "59999", "--window", "TUE_AM")) == "commune"
    assert refused(tour("explain", *files, "--commune", "59001", "--window", "TUESDAY")) == "--window"


def test_a_plan_with_a_date_that_is_no_date_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(
        json.dumps({"visits": [{"commune": "59001", "mediator": "M1", "date": "hier", "half": "AM"}]}), encoding="utf-8"
    )

    answer = tour("check", "--problem", write_problem(tmp_path, PROBLEM), "--plan", bad)

    assert refused(answer) == "visits[0].date"


def test_four_hundred_communes_are_measured(tmp_path: Path) -> None:
    many = a_problem(*[a_commune(f"{n:05d}") for n in range(400)])

    answer = tour("capacity", "--problem", write_problem(tmp_path, many))

    assert answer.code == 0
    assert answer.told["months"][0]["needs"] == 400


@pytest.mark.django_db
def test_an_epci_that_the_database_does_not_know_is_refused(tmp_path: Path) -> None:
    arguments = ("--months", "2027-01..2027-12", "--out", tmp_path / "out.json")

    assert refused(tour("solve", "--epci", "200042190", *arguments)) == "--epci"
    assert refused(tour("solve", "--epci", "200042190", "--out", tmp_path / "out.json")) == "--months"
