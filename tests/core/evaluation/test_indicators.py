"""The 22 indicators: what counts, what does not, what is missing, and the sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escale.core.evaluation.counts import Confidence, Counts, HalfDays, Pairs, Ratio, Slots, Urgencies, Waits
from escale.core.evaluation.definitions import DEFINITIONS, Family
from escale.core.evaluation.figures import PeriodCounts, tabulate
from escale.core.evaluation.indicators import measure, measures
from escale.core.evaluation.measures import State
from escale.core.evaluation.method import catalogue, method_note
from escale.core.evaluation.policies import internal, public
from escale.core.evaluation.suppression import release

OISY = "59446"
ELEVEN = HalfDays(due=11, proposed=10, held=9, cancelled_by_commune=1)


def test_there_are_ten_five_and_seven() -> None:
    families = [definition.family for definition in DEFINITIONS]

    assert [families.count(family) for family in Family] == [10, 5, 7]
    assert list(measures(Counts())) == [definition.code for definition in DEFINITIONS]


def test_what_nobody_noted_is_said_to_be_absent() -> None:
    found = measures(Counts())

    assert {each.state for each in found.values()} == {State.MISSING}
    assert all(each.words.startswith("donnée absente : ") for each in found.values())


@pytest.mark.parametrize(
    ("days", "proposed", "held"),
    [
        (ELEVEN, (10, 11), (9, 10)),
        (HalfDays(due=12, proposed=12, held=12), (12, 12), (12, 12)),
        # Both parties waived August; the commune refused July.
        (HalfDays(due=12, proposed=11, held=10, waived=1, refused=1), (11, 11), (10, 10)),
        # A make-up that is still to come; then it was held, on a day of its own.
        (HalfDays(due=12, proposed=12, held=11, make_up_to_come=1), (12, 12), (11, 11)),
        (HalfDays(due=12, proposed=13, held=12), (12, 12), (12, 12)),
        (HalfDays(due=12, proposed=12, held=10, cancelled_by_service=2), (12, 12), (10, 12)),
        # Asked before the quarter ends.
        (HalfDays(due=3, proposed=3, held=1, coming=2), (3, 3), (1, 1)),
    ],
)
def test_only_what_the_epci_left_undone_is_held_against_it(
    days: HalfDays, proposed: tuple[int, int], held: tuple[int, int]
) -> None:
    counts = Counts(half_days=days)

    assert [(each.numerator, each.denominator) for each in (measure("F1", counts), measure("F2", counts))] == [proposed, held]


def test_half_days_are_told_as_people_say_them() -> None:
    counts = Counts(half_days=ELEVEN, minutes_held=9 * 180 - 30, minutes_due=10 * 180)

    assert measure("F1", counts).words == "10 demi-journées proposées sur 11 dues (art. 4)"
    assert (
        measure("F2", counts).words == "9 demi-journées tenues sur 10 dues (art. 4) ; ne comptent pas : 1 annulée par la commune"
    )
    assert measure("F3", counts).words == "26 h 30 de présence sur 30 h dues (art. 4)"


def test_a_quarter_in_which_nothing_was_due_is_no_failure() -> None:
    found = measures(Counts(half_days=HalfDays(due=1, proposed=0, held=0, waived=1), minutes_held=0, minutes_due=0))

    assert {found[code].state for code in ("F1", "F2", "F3")} == {State.NOT_DUE}


def test_four_answers_are_too_few_for_a_share() -> None:
    found = measure("E1", Counts(accompaniments=6, autonomous=Ratio(part=3, whole=4)))

    assert "effectif insuffisant" in found.words
    assert "%" not in found.words
    assert (found.missing, found.interval and round(found.interval.low, 2)) == (2, 0.30)


@pytest.mark.parametrize(("part", "whole", "told"), [(18, 24, "75\u202f%"), (120, 160, "75,0\u202f%")])
def test_shares_are_as_fine_as_their_number_allows(part: int, whole: int, told: str) -> None:
    assert told in measure("E1", Counts(autonomous=Ratio(part=part, whole=whole))).words


def test_delays_count_those_who_still_wait_once_they_are_many() -> None:
    served = {1: 4, 5: 4}

    few = measure("F5", Counts(waits=Waits(served=served)))
    many = measure("F5", Counts(waits=Waits(served=served, waiting={3: 8})))

    # Of eight, four within a day. Of sixteen, four within a day; eight leave after three; the last four share 12/16 of all.
    assert (few.value, [part.count for part in few.parts]) == (1, [5])
    assert (many.value, many.missing, [part.count for part in many.parts]) == (5, 8, [5])


def test_more_people_who_wait_than_are_served_give_no_median() -> None:
    found = measure("F5", Counts(waits=Waits(served={1: 1}, waiting={20: 9})))

    assert (found.state, found.words) == (
        State.MISSING,
        "moins de la moitié des demandes ont obtenu un rendez-vous ; 9 demandes attendent",
    )


def test_without_populations_reach_and_older_people_are_absent_data() -> None:
    counts = Counts(persons_estimated=60, aged=Ratio(part=40, whole=60))

    assert [measure(code, counts).state for code in ("E6", "E7")] == [State.MISSING] * 2

    typed = replace(counts, population_15=10_000, population_60=3_000)
    assert measure("E6", typed).denominator == 1_800
    assert measure("E7", typed).value == pytest.approx(40 / 60 / 0.3)


def test_no_text_speaks_of_an_effect() -> None:
    counts = Counts(
        half_days=ELEVEN,
        slots=Slots(open=18, booked=14, absent=1),
        urgencies=Urgencies(asked=2, answered=2, median_minutes=65),
        accompaniments=72,
        modes={"rdv": 14, "sans_rdv": 58},
        population=339,
        pairs=Pairs(more=9, less=1, same=5),
        confidence=Confidence(asked=60, after={3: 30}, before={2: 30}),
        population_15=300,
        persons_estimated=20,
        pix=2,
    )
    notes = [*method_note(public(), compares=True, has_context=True), *method_note(internal()), *catalogue()]
    texts = [each.words for each in measures(counts).values()] + [text for note in notes for text in note.paragraphs]

    assert [text for text in texts if "effet" in text.lower() or "{" in text] == []
    assert "pour 1 000 habitants" in measures(counts)["N2"].words


def test_indicators_hide_what_their_tables_hide() -> None:
    tables = {
        "mode": {"rdv": 10, "sans_rdv": 30},
        "theme": {"email": 30, "sante": 2},
        "autonomy": {"autonome": 2, "partiellement_autonome": 1, "entierement_accompagne": 37},
        "first_time": {"oui": 12, "non": 20},
    }
    figures = tabulate(OISY, 2026, quarters={3: PeriodCounts(total=40, tables=tables)}, names=tuple(tables))
    counts = Counts(
        accompaniments=40,
        modes={"rdv": 10, "sans_rdv": 30},
        themes={"email": 30, "sante": 2},
        autonomous=Ratio(part=3, whole=40),
        first_time=Ratio(part=12, whole=32),
        pairs=Pairs(more=1, less=0, same=9),
    )

    found = measures(counts, release=release(figures, internal()), place=OISY, period="2026-T3")

    assert (found["E1"].state, found["E1"].numerator) == (State.MASKED, None)
    assert [part.key for part in found["N4"].parts] == ["email"]
    assert found["E3"].state is State.MASKED
    assert (found["N1"].value, found["N3"].numerator, found["N3"].missing) == (40, 12, 8)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: HalfDays(due=-1, proposed=0, held=0),
        lambda: Ratio(part=2, whole=1),
        lambda: Slots(open=1, booked=2),
        lambda: Counts(accompaniments=3, modes={"rdv": 2}),
        lambda: Counts(population_15=10, population_60=11),
        lambda: Confidence(asked=1, after={5: 1}),
        lambda: Waits(served={-1: 1}),
    ],
)
def test_counts_that_cannot_be_are_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r".+"):
        wrong()
