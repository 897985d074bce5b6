"""Repair, case by case: illness, a closed room, a commune that joins, a visit moved by hand, a vacant post."""

from typing import Any

import pytest

from escale.core.calendar.months import Month
from escale.core.planning.check import check
from escale.core.planning.faults import ProblemError
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Annex, Mediator, Problem
from escale.core.planning.repair import (
    REDUCED_SERVICE_RULE,
    Absence,
    ByHand,
    Closure,
    Disruption,
    Joining,
    Repair,
    WithoutMakeUp,
)
from escale.core.planning.repair.repair import repair
from escale.core.planning.shortage import Cause
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, day, windows

JANUARY, FEBRUARY, MARCH = Month(2026, 1), Month(2026, 2), Month(2026, 3)
OISY, HASPRES, MAULDE = "59446", "59285", "59393"
TUESDAYS = windows("TUE_AM")


def tuesdays(*codes: str, **changes: object) -> Problem:
    """Return three months in which one mediator gives every Tuesday morning."""
    communes = [a_commune(code) for code in codes]
    return a_problem(*communes, **({"windows": TUESDAYS, "months": (JANUARY, FEBRUARY, MARCH)} | changes))


def on_first_tuesdays(code: str, nth: int = 1) -> list[Visit]:
    """Return a visit on the n-th Tuesday of January, February and March 2026."""
    first = {1: ("01-06", "02-03", "03-03"), 2: ("01-13", "02-10", "03-10"), 3: ("01-20", "02-17", "03-17")}
    return [a_visit(code, f"2026-{date}") for date in first[nth]]


def mend(problem: Problem, plan: Plan, **disruption: object) -> Repair:
    """Repair with a clock that stands still, and see that the plan is legal."""
    mended = repair(problem, plan, Disruption(**disruption), clock=lambda: 0.0)  # type: ignore[arg-type]
    assert check(mended.problem, mended.plan) == ()
    return mended


def away(starts: str, ends: str, mediator: str = "M1", *, vacant: bool = False) -> tuple[Absence, ...]:
    """Return one absence."""
    return (Absence(mediator=mediator, starts=day(starts), ends=day(ends), vacant=vacant),)


def test_nothing_happens_when_nobody_is_disturbed() -> None:
    plan = a_plan(*on_first_tuesdays(OISY))

    mended = mend(tuesdays(OISY), plan, absences=away("2026-01-07", "2026-01-30"))

    assert (mended.plan, mended.months, mended.moved_total) == (plan, (), 0)


def test_illness_moves_the_lost_visit_within_its_month_and_nothing_else() -> None:
    plan = a_plan(*on_first_tuesdays(OISY), *on_first_tuesdays(HASPRES, 2))

    mended = mend(tuesdays(OISY, HASPRES), plan, absences=away("2026-02-02", "2026-02-06"))

    assert mended.months == (FEBRUARY,)
    assert mended.lost == (a_visit(OISY, "2026-02-03"),)
    assert [(move.was.date, move.now.date, move.valid) for move in mended.moves] == [
        (day("2026-02-03"), day("2026-02-24"), False)  # 17 February, also free, would be 14 days before the visit of 3 March
    ]
    assert (mended.moved_valid, mended.unserved, mended.proved) == (0, (), True)


def test_a_valid_visit_moves_when_a_lost_one_has_no_other_place() -> None:
    haspres = a_commune(HASPRES, closed=frozenset({day("2026-02-17"), day("2026-02-24")}))
    problem = a_problem(a_commune(OISY), haspres, windows=TUESDAYS, months=(JANUARY, FEBRUARY, MARCH))
    plan = a_plan(*on_first_tuesdays(HASPRES), *on_first_tuesdays(OISY, 2))

    mended = mend(problem, plan, absences=away("2026-02-02", "2026-02-06"))

    assert (mended.moved_valid, mended.moved_total, mended.unserved) == (1, 2, ())
    assert a_visit(HASPRES, "2026-02-10") in mended.plan.visits


def test_a_visit_without_a_place_gets_a_make_up_as_far_as_can_be_from_the_next_one() -> None:
    plan = a_plan(*on_first_tuesdays(OISY, 3))

    mended = mend(tuesdays(OISY), plan, absences=away("2026-01-01", "2026-01-31"))

    (missing,) = mended.unserved
    assert (missing.commune, missing.month, missing.reason.cause) == (OISY, JANUARY, Cause.NO_HALF_DAY)
    assert [(m.date, m.for_month) for m in mended.make_ups] == [(day("2026-02-03"), JANUARY)]
    assert mended.plan.make_ups == mended.make_ups


def test_a_crowded_month_says_how_many_share_how_few() -> None:
    plan = a_plan(*on_first_tuesdays(OISY), *on_first_tuesdays(HASPRES, 2), *on_first_tuesdays(MAULDE, 3))

    mended = mend(tuesdays(OISY, HASPRES, MAULDE), plan, absences=away("2026-02-01", "2026-02-14"))

    (missing,) = mended.unserved
    assert (missing.month, missing.reason.words) == (FEBRUARY, "3 visites se partagent 2 demi-journées")


def test_a_visit_of_the_last_month_without_a_place_is_told_as_lost() -> None:
    plan = a_plan(*on_first_tuesdays(OISY))

    mended = mend(tuesdays(OISY), plan, absences=away("2026-03-01", "2026-03-31"))

    assert mended.make_ups == ()
    assert mended.without_make_up == (WithoutMakeUp(commune=OISY, for_month=MARCH),)


def test_a_published_make_up_that_becomes_impossible_is_made_again() -> None:
    make_up = MakeUp(**_fields(a_visit(OISY, "2026-02-17")), for_month=JANUARY)
    plan = Plan(visits=(a_visit(OISY, "2026-02-03"), a_visit(OISY, "2026-03-03")), make_ups=(make_up,))

    mended = mend(tuesdays(OISY), plan, absences=away("2026-02-16", "2026-02-20"))

    assert mended.lost == (make_up,)
    assert [(m.date, m.for_month) for m in mended.make_ups] == [(day("2026-03-24"), JANUARY)]
    assert mended.plan.visits == plan.visits


def _fields(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in ("date", "half", "commune", "mediator")}


def test_another_room_comes_before_another_date() -> None:
    plan = a_plan(*on_first_tuesdays(OISY))
    closure = Closure(commune=OISY, starts=day("2026-02-01"), ends=day("2026-02-28"), other_room=True)

    mended = mend(tuesdays(OISY), plan, closures=(closure,))

    assert mended.plan == plan
    assert mended.other_room == (a_visit(OISY, "2026-02-03"),)


def test_a_closed_hall_moves_its_own_visit() -> None:
    plan = a_plan(*on_first_tuesdays(OISY), *on_first_tuesdays(HASPRES, 2))
    closure = Closure(commune=OISY, starts=day("2026-02-01"), ends=day("2026-02-19"))

    mended = mend(tuesdays(OISY, HASPRES), plan, closures=(closure,))

    assert [(move.was.commune, move.now.date) for move in mended.moves] == [(OISY, day("2026-02-24"))]


def test_a_commune_that_joins_gets_a_visit_in_each_whole_month_on_one_usual_day() -> None:
    plan = a_plan(*on_first_tuesdays(OISY))

    mended = mend(tuesdays(OISY, HASPRES), plan, joinings=(Joining(commune=HASPRES, date=day("2026-01-15")),))

    assert [visit.month for visit in mended.added] == [FEBRUARY, MARCH]
    assert len({visit.pattern for visit in mended.added}) == 1
    assert (mended.moves, mended.unserved) == ((), ())


def test_a_commune_that_joins_takes_the_day_annexed_to_its_convention() -> None:
    haspres = a_commune(HASPRES, annex=Annex(nth=3, window=next(iter(TUESDAYS))))
    problem = a_problem(a_commune(OISY), haspres, windows=TUESDAYS, months=(JANUARY, FEBRUARY, MARCH))

    mended = mend(problem, a_plan(*on_first_tuesdays(OISY)), joinings=(Joining(commune=HASPRES, date=day("2026-02-01")),))

    assert [visit.date for visit in mended.added] == [day("2026-02-17"), day("2026-03-17")]


def test_a_visit_moved_by_hand_stands_and_the_other_gives_way() -> None:
    plan = a_plan(*on_first_tuesdays(OISY), *on_first_tuesdays(HASPRES, 2))
    move = ByHand(commune=OISY, was=day("2026-02-03"), **_where(a_visit(OISY, "2026-02-10")))

    mended = mend(tuesdays(OISY, HASPRES), plan, by_hand=(move,))

    assert {(m.was.commune, m.by_hand, m.valid) for m in mended.moves} == {(OISY, True, True), (HASPRES, False, True)}
    assert (mended.moved_valid, mended.moved_total) == (1, 2)


def _where(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in ("date", "half", "mediator")}


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("2026-02-03", "2026-02-11", "ne donne pas aux communes"),
        ("2026-02-04", "2026-02-10", "aucune visite publiée le 2026-02-04"),
        (None, "2026-02-10", "déjà sa visite"),
        ("2026-02-03", "2026-03-10", "doit rester dans son mois"),
    ],
)
def test_a_visit_moved_by_hand_is_judged(was: str | None, now: str, message: str) -> None:
    def move() -> Disruption:
        was_on = day(was) if was else None
        return Disruption(by_hand=(ByHand(commune=OISY, was=was_on, **_where(a_visit(OISY, now))),))

    with pytest.raises(ProblemError, match=message):
        repair(tuesdays(OISY), a_plan(*on_first_tuesdays(OISY)), move(), clock=lambda: 0.0)


def test_two_visits_by_hand_on_one_half_day_are_refused() -> None:
    plan = a_plan(*on_first_tuesdays(OISY), *on_first_tuesdays(HASPRES, 2))
    moves = tuple(
        ByHand(commune=code, was=day(was), **_where(a_visit(code, "2026-02-17")))
        for code, was in [(OISY, "2026-02-03"), (HASPRES, "2026-02-10")]
    )

    with pytest.raises(ProblemError, match="deux visites"):
        repair(tuesdays(OISY, HASPRES), plan, Disruption(by_hand=moves), clock=lambda: 0.0)


def test_a_vacant_post_turns_the_skipped_months_and_tells_its_rule() -> None:
    codes = [f"5900{n}" for n in range(8)]
    plan = a_plan(
        *[v for n in range(3) for v in on_first_tuesdays(codes[n], n + 1)],
        *[_by_second(v, codes[n + 3]) for n in range(3) for v in on_first_tuesdays(codes[n], n + 1)],
    )
    problem = tuesdays(*codes, mediators=(Mediator(id="M1"), Mediator(id="M2")))

    mended = mend(problem, plan, absences=away("2026-01-01", "2026-03-31", "M2", vacant=True))

    skipped = {month: {u.commune for u in mended.unserved if u.month == month} for month in (JANUARY, FEBRUARY, MARCH)}
    assert [len(communes) for communes in skipped.values()] == [4, 4, 3]  # four Tuesdays, then four, then five
    assert not skipped[JANUARY] & skipped[FEBRUARY]
    assert not skipped[FEBRUARY] & skipped[MARCH]
    assert {u.reason.cause for u in mended.unserved} == {Cause.REDUCED_SERVICE}
    assert mended.rule == REDUCED_SERVICE_RULE
    assert mended.given_up  # a valid visit gives its place to a commune that waited


def _by_second(visit: Visit, code: str) -> Visit:
    fields = _fields(visit)
    return a_visit(code, str(fields["date"]), mediator="M2")


def test_days_gone_by_are_neither_changed_nor_used() -> None:
    plan = a_plan(*on_first_tuesdays(OISY, 2))

    mended = mend(tuesdays(OISY), plan, absences=away("2026-02-10", "2026-02-28"), since=day("2026-02-09"))

    assert [u.month for u in mended.unserved] == [FEBRUARY]  # 3 February was free, but is past


def test_a_visit_that_was_held_stands_although_a_rule_of_today_would_refuse_it() -> None:
    plan = a_plan(a_visit(OISY, "2026-01-09", "PM"), *on_first_tuesdays(OISY)[1:])

    disruption = Disruption(absences=away("2026-02-01", "2026-02-08"), since=day("2026-01-26"))
    mended = repair(tuesdays(OISY), plan, disruption, clock=lambda: 0.0)

    assert [visit.date for visit in mended.lost] == [day("2026-02-03")]
    assert plan.visits[0] in mended.plan.visits


def test_a_visit_missed_before_anyone_told_is_made_up() -> None:
    plan = a_plan(*on_first_tuesdays(OISY))

    mended = mend(tuesdays(OISY), plan, absences=away("2026-02-03", "2026-02-08"), since=day("2026-02-05"))

    assert [visit.date for visit in mended.lost] == [day("2026-02-03")]
    assert [move.now.date for move in mended.moves] == [day("2026-02-10")]


def test_a_disruption_names_people_and_communes_of_the_problem() -> None:
    for disruption in (
        Disruption(absences=away("2026-01-01", "2026-01-02", "M9")),
        Disruption(closures=(Closure(commune="99999", starts=day("2026-01-01"), ends=day("2026-01-02")),)),
        Disruption(joinings=(Joining(commune="99999", date=day("2026-01-01")),)),
    ):
        with pytest.raises(ProblemError, match="n'est pas dans le problème"):
            repair(tuesdays(OISY), a_plan(), disruption, clock=lambda: 0.0)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ProblemError, match="avant de commencer"):
        away("2026-01-03", "2026-01-02")


def test_a_repair_says_in_one_sentence_what_it_did() -> None:
    mended = mend(tuesdays(OISY), a_plan(*on_first_tuesdays(OISY)), absences=away("2026-03-01", "2026-03-31"))

    assert mended.words.startswith("Visites : 1 devenue(s) impossible(s), 0 déplacée(s)")
    assert "1 sans place" in mended.words
