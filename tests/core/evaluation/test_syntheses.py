"""What evaluations may say: beside the one before, of people whom reports protect, and as proposals to read through."""

from __future__ import annotations

from escale.core.calendar.months import Month
from escale.core.evaluation.counts import Counts, HalfDays, Ratio
from escale.core.evaluation.definitions import Family
from escale.core.evaluation.evolution import evolutions
from escale.core.evaluation.indicators import measures
from escale.core.evaluation.measures import State
from escale.core.evaluation.pieces import pieces_of, release_of
from escale.core.evaluation.policies import internal
from escale.core.evaluation.proposals import proposed

BEFORE = Counts(accompaniments=100, first_time=Ratio(part=30, whole=100))


def test_a_change_that_chance_explains_is_not_told() -> None:
    alike = Counts(accompaniments=110, first_time=Ratio(part=36, whole=100))
    apart = Counts(accompaniments=300, first_time=Ratio(part=60, whole=100))

    assert evolutions(measures(alike), measures(BEFORE), months=(6, 6)) == {}
    told = evolutions(measures(apart), measures(BEFORE), months=(12, 6))
    assert sorted(told) == ["N1", "N3"]
    assert told["N1"].startswith("Accompagnements par mois : évolution observée de +50")
    assert "intervalle à 95" in told["N3"]


def test_reports_and_evaluation_cut_each_other_into_pieces() -> None:
    pieces = pieces_of(Month(2026, 2), Month(2026, 7), Month(2026, 11))

    assert [f"{first}..{last}" for first, last in pieces] == [
        "2026-01..2026-01",
        "2026-02..2026-03",
        "2026-04..2026-06",
        "2026-07..2026-07",
        "2026-08..2026-09",
        "2026-10..2026-11",
    ]


def test_people_are_not_told_where_a_piece_gives_them_away() -> None:
    counts = Counts(accompaniments=40, autonomous=Ratio(part=20, whole=30), first_time=Ratio(part=20, whole=40))
    safe = Counts(accompaniments=20, autonomous=Ratio(part=10, whole=20), first_time=Ratio(part=10, whole=20))
    small = Counts(accompaniments=9, autonomous=Ratio(part=3, whole=9), first_time=Ratio(part=0, whole=9))
    release = release_of(counts, [safe, small], internal(5), place="59446", period="2026-02..2026-07")

    told = measures(counts, release=release, place="59446", period="2026-02..2026-07")

    assert (told["E1"].state, told["N3"].state, told["N1"].state) == (State.MASKED, State.KNOWN, State.KNOWN)


def test_a_criterion_is_proposed_from_its_figures_and_says_what_is_missing() -> None:
    counts = Counts(half_days=HalfDays(due=6, proposed=6, held=5, cancelled_by_commune=1), accompaniments=27, population=614)
    told = measures(counts)

    functioning, number = proposed(Family.FUNCTIONING, told), proposed(Family.NUMBER, told, standing="rien d’anormal")
    effectiveness = proposed(Family.EFFECTIVENESS, told)

    assert "6 demi-journées proposées sur 6 dues (art. 4)" in functioning
    assert "27 accompagnements" in number
    assert "selon son nombre d’habitants : rien d’anormal." in number
    assert effectiveness.startswith("Donnée absente : autonomie à la fin")
