"""Edits of a plan: judged as the plain rules judge the whole plan, and told in words."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from escale.apps.schedule.edits import Edit, Place, added, exchanged, judge_on, moved, taken_away
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.planning.check import check, cost_of
from escale.core.planning.plan import MakeUp, Plan
from escale.core.planning.problem import Annex, Mediator, Problem, Weights
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, day, small_problems, windows

LONG_AGO = dt.date(2025, 1, 1)
POSTS = {"M1": "Poste 1", "M2": "Poste 2"}
JANUARY = Month(2026, 1)


def place(date: str, half: str = "AM", post: str = "M1") -> Place:
    return Place(date=day(date), half=Half(half), post=post)


def words_of(problem: Problem, plan: Plan, edit: Edit, today: dt.date = LONG_AGO) -> str:
    return judge_on(problem, plan, edit, today=today, posts=POSTS).words


@given(st.data())
def test_a_local_judgement_says_what_the_whole_plan_would(data: st.DataObject) -> None:
    problem = data.draw(small_problems())
    days = [date for month in problem.months for date in month.days() if date.weekday() in (1, 3)]

    def a_place() -> Place:
        return Place(
            date=data.draw(st.sampled_from(days)),
            half=data.draw(st.sampled_from(Half)),
            post=data.draw(st.sampled_from([mediator.id for mediator in problem.mediators])),
        )

    plan = Plan(visits=())
    for commune in problem.communes:
        for month in problem.months:
            edit = added(commune.code, a_place(), month)
            if judge_on(problem, plan, edit, today=LONG_AGO, posts={}).allowed:
                plan = edit.applied_to(plan)
    assert check(problem, plan) == ()
    if not plan.visits:
        return
    one, other = data.draw(st.sampled_from(plan.visits)), data.draw(st.sampled_from(plan.visits))
    edits = [moved(one, a_place()), taken_away(one)] + ([exchanged(one, other)] if one.commune != other.commune else [])

    for edit in edits:
        judged = judge_on(problem, plan, edit, today=LONG_AGO, posts={})
        after = edit.applied_to(plan)
        if judged.allowed:
            assert check(problem, after) == ()
            assert abs(judged.delta - (cost_of(problem, after) - cost_of(problem, plan))) < 0.11
        else:
            doubled = len({(e.commune, e.date, e.half) for e in after.entries()}) < len(after.entries())
            late = any(isinstance(visit, MakeUp) for visit in edit.come)
            assert check(problem, after) or doubled or late


def test_a_move_tells_its_kilometres_and_its_date() -> None:
    problem = a_problem(a_commune("59001"), a_commune("59002"), weights=Weights())
    plan = a_plan(
        a_visit("59001", "2026-01-06"),
        a_visit("59002", "2026-01-06", "PM"),
        a_visit("59001", "2026-02-03"),
        a_visit("59002", "2026-02-03", "PM"),
    )

    judged = judge_on(problem, plan, moved(plan.visits[0], place("2026-01-08")), today=LONG_AGO, posts=POSTS)

    assert judged.allowed
    assert judged.words == "Possible : environ 10\u00a0km de plus, 1 date déplacée."
    assert judged.delta == 210.0


def test_a_usual_day_that_changes_needs_an_avenant_and_one_that_comes_back_does_not() -> None:
    agreed = Annex(nth=1, window=next(iter(windows("TUE_AM"))))
    problem = a_problem(a_commune(name="Oisy", annex=agreed), months=(JANUARY,))
    away, back = a_visit("59002", "2026-01-08"), place("2026-01-06")
    home = moved(away, back).come[0]

    left = words_of(problem, a_plan(home), moved(home, place("2026-01-08")))
    kept = words_of(problem, a_plan(away), moved(away, back))

    assert "Oisy quitte son jour convenu (premier mardi du mois, matin) : un avenant sera nécessaire." in left
    assert "Oisy retrouve son jour convenu" in kept


def test_each_rule_is_told_beside_its_field() -> None:
    commune = a_commune(
        name="Oisy",
        windows=windows("TUE_AM", "TUE_PM", "FRI_AM", "THU_AM"),
        closed=frozenset({day("2026-01-13")}),
        until=day("2026-02-15"),
    )
    problem = a_problem(
        commune,
        a_commune("59003", name="Denain"),
        mediators=(Mediator(id="M1", away=frozenset({day("2026-01-20")})), Mediator(id="M2")),
    )
    visit, other = a_visit("59002", "2026-01-06"), a_visit("59003", "2026-01-27")
    plan = a_plan(visit, other)
    wanted = {
        ("2026-01-01", "AM", "M1"): ("date", "Le jeudi 1er janvier 2026 est férié."),
        ("2026-01-05", "AM", "M1"): (
            "half",
            "Le lundi matin, le service ne donne pas de demi-journée aux communes (art.\u00a04).",
        ),
        ("2026-01-08", "PM", "M1"): ("half", "Oisy ne peut pas accueillir le jeudi après-midi."),
        ("2026-01-13", "AM", "M1"): ("date", "Oisy ne peut pas ouvrir de salle le mardi 13 janvier 2026."),
        ("2026-01-20", "AM", "M1"): (
            "post",
            "Personne n’est présent à Poste 1 le mardi 20 janvier 2026 : congé, absence ou poste vacant.",
        ),
        ("2026-01-27", "AM", "M1"): ("post", "Poste 1 a déjà un passage le mardi 27 janvier 2026, matin : Denain."),
        ("2026-03-03", "AM", "M1"): ("date", "Le mardi 3 mars 2026 est hors des mois de cette tournée."),
        ("2026-01-09", "AM", "M9"): ("post", "Personne n’occupe M9 sur ces mois ; choisir un autre poste."),
    }

    found = {key: judge_on(problem, plan, moved(visit, place(*key)), today=LONG_AGO, posts=POSTS).refusals[0] for key in wanted}

    assert {key: (refusal.field, refusal.words) for key, refusal in found.items()} == wanted
    assert found["2026-01-27", "AM", "M1"].holder == other


def test_a_month_has_one_visit_and_a_make_up_comes_after_its_own_month() -> None:
    problem = a_problem(a_commune(name="Oisy"))
    visit = a_visit("59002", "2026-01-06")
    plan = a_plan(visit)

    late = moved(visit, place("2026-02-03"))

    assert isinstance(late.come[0], MakeUp)
    assert judge_on(problem, plan, late, today=LONG_AGO, posts=POSTS).allowed
    assert "a déjà son passage pour janvier 2026" in words_of(problem, plan, added("59002", place("2026-01-08"), JANUARY))
    early = moved(a_visit("59002", "2026-02-03"), place("2026-01-08"))
    assert "se tient dans son mois" in words_of(problem, a_plan(early.gone[0]), early)


def test_the_past_does_not_move() -> None:
    problem, visit = a_problem(), a_visit("59002", "2026-01-06")

    assert "a déjà eu lieu" in words_of(problem, a_plan(visit), moved(visit, place("2026-01-08")), day("2026-01-07"))
    assert "est passé ; choisir une date à venir" in words_of(
        problem, a_plan(), added("59002", place("2026-01-06"), JANUARY), day("2026-01-07")
    )


def test_the_same_half_day_by_another_post_is_no_second_visit() -> None:
    problem = a_problem(a_commune(visits_per_month=2), mediators=(Mediator(id="M1"), Mediator(id="M2")))
    plan = a_plan(a_visit("59002", "2026-01-06"))

    assert "a déjà un passage" in words_of(problem, plan, added("59002", place("2026-01-06", post="M2"), JANUARY))


def test_a_fault_that_the_plan_has_anyway_is_not_held_against_an_edit() -> None:
    problem = a_problem(a_commune("59001", closed=frozenset({day("2026-01-06")})), a_commune("59002"))
    plan = a_plan(a_visit("59001", "2026-01-06"), a_visit("59002", "2026-01-08"))

    assert judge_on(problem, plan, moved(plan.visits[1], place("2026-01-09")), today=LONG_AGO, posts=POSTS).allowed


def test_taking_an_edit_back_gives_the_plan_again() -> None:
    plan = a_plan(a_visit("59001", "2026-01-06"), a_visit("59002", "2026-01-08"))
    edit = exchanged(*plan.visits)

    assert edit.reversed.applied_to(edit.applied_to(plan)) == plan
    assert edit.applied_to(plan) == a_plan(a_visit("59002", "2026-01-06"), a_visit("59001", "2026-01-08"))


def test_an_edit_that_only_changes_who_comes_says_so() -> None:
    visit = a_visit("59002", "2026-01-08")

    edit = moved(visit, place("2026-01-08", post="M2"))

    assert edit.words.endswith("matin, par une autre personne")
