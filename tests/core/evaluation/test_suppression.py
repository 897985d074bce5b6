"""No arithmetic on margins, quarters, earlier reports or the territory recovers a masked cell: a solver tries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from escale.core.evaluation.figures import Figures, PeriodCounts, gather, tabulate
from escale.core.evaluation.policies import Policy, internal, public
from escale.core.evaluation.releases import Release
from escale.core.evaluation.suppression import release
from escale.core.evaluation.tables import TERRITORY, TOTAL, Cell, Sort, sort_of
from escale.core.evaluation.versions import told_in, with_version
from tests.core.evaluation.builders import EVERY, a_year, quarter_of
from tests.core.evaluation.rival import Rival

OISY = "59446"
POLICIES = st.sampled_from([internal(), internal(3), public()])
SIZES = st.sampled_from([0.4, 2.0, 6.0, 15.0])
SEEDS = st.integers(0, 10_000)
FEW, SOME, MANY = 25, 100, 100_000
"""How many masked cells are asked of."""


def recovered(figures: Figures, found: Release, *, earlier: dict[Cell, int | None] | None = None, most: int = FEW) -> list[Cell]:
    """Return the masked cells of which a rival learns more than it may.

    It may learn what totals and earlier reports leave, where that is narrower than k; and as much as of a total that is hidden.
    """
    said = {cell: value for cell, value in (earlier or {}).items() if value is not None}
    rival = Rival(figures.values, {**said, **found.shown})
    told = {cell: value for cell, value in found.shown.items() if sort_of(cell) is not Sort.ATTRIBUTE}
    ignorant = Rival(figures.values, {**told, **said})
    k = found.policy.attribute
    silent = {cell for cell in figures.silent if 0 < abs(figures.values[cell]) < k and cell.period[-1] != "+"}
    cells = sorted(found.masked | silent)
    step = max(1, len(cells) // most)
    return [cell for cell in cells[::step] if _learns(rival.width(cell), figures, found, cell, ignorant)]


def _learns(width: float, figures: Figures, found: Release, cell: Cell, ignorant: Rival) -> bool:
    least = float(found.policy.k(sort_of(cell)) or 0)
    above = (figures.caps.get(cell), Cell(cell.place, *TOTAL, cell.period))
    if any(total not in found.shown and sort_of(total) is not Sort.ATTRIBUTE for total in above if total):
        least = min(least, found.policy.activity or least)
    return width < least - 1e-4 and width < ignorant.width(cell) - 1e-4


@settings(max_examples=6, deadline=None)
@given(SEEDS, SIZES, POLICIES)
def test_nothing_masked_in_a_year_is_recovered(seed: int, size: float, policy: Policy) -> None:
    year = a_year(seed, size)

    assert recovered(year, release(year, policy)) == []


@settings(max_examples=4, deadline=None)
@given(SEEDS, SIZES, POLICIES)
def test_nothing_masked_is_recovered_from_four_reports_and_a_year_with_late_records(
    seed: int, size: float, policy: Policy
) -> None:
    year = a_year(seed, size, late=1.0)
    told: dict[Cell, int | None] = {}
    for number in range(1, 5):
        told |= release(quarter_of(year, number), policy, earlier=told).told

    found = release(year, policy, earlier=told)

    assert recovered(year, found, earlier=told) == []
    assert {cell: found.value(cell) for cell in told} == told


@settings(max_examples=2, deadline=None)
@given(SEEDS, SIZES)
def test_nothing_masked_of_communes_is_recovered_from_their_territory(seed: int, size: float) -> None:
    communes = [a_year(seed + n, size, place=f"5944{n}", names=("mode", "age")) for n in range(3)]
    told = {cell: value for commune in communes for cell, value in release(commune, internal()).told.items()}
    territory = gather(communes)

    found = release(territory, internal(), earlier=told)

    assert recovered(territory, found, earlier=told) == []
    assert {cell: found.value(cell) for cell in told} == told


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(SEEDS, SIZES, POLICIES, st.sampled_from([0.0, 1.0, 6.0]))
def test_nothing_masked_is_recovered_with_every_table(seed: int, size: float, policy: Policy, late: float) -> None:
    year = a_year(seed, size, late=late, names=EVERY)
    told: dict[Cell, int | None] = {}
    for number in range(1, 5):
        told |= release(quarter_of(year, number), policy, earlier=told).told

    assert recovered(year, release(year, policy), most=SOME) == []
    assert recovered(year, release(year, policy, earlier=told), earlier=told, most=SOME) == []


@pytest.mark.parametrize("k", [internal(), Policy(attribute=11, activity=None)])
def test_of_four_twelve_and_twenty_the_twelve_is_hidden_with_the_four(k: Policy) -> None:
    figures = _quarter(36, age={"vingt_cinq_trente_neuf": 4, "quarante_cinquante_neuf": 12, "soixante_dix_plus": 20})

    found = release(figures, k)

    assert {(cell.category, figures.values[cell]) for cell in found.masked} == {
        ("vingt_cinq_trente_neuf", 4),
        ("quarante_cinquante_neuf", 12),
    }
    assert [cell.category for cell in found.primary] == ["vingt_cinq_trente_neuf"]
    # Between them they are 16: either may be any of it.
    assert {Rival(figures.values, found.shown).width(cell) for cell in found.masked} == {16.0}


def test_of_three_people_only_their_number_is_learnt() -> None:
    figures = _quarter(3, age={"soixante_dix_plus": 3})

    found = release(figures, internal())

    rival = Rival(figures.values, found.shown)
    assert found.value(_cell("age", "soixante_dix_plus")) is None
    assert {rival.width(cell) for cell in found.masked} == {3.0}
    assert found.value(_cell(*TOTAL)) == 3


def test_a_year_hides_what_three_quarters_and_it_would_tell_of_the_fourth() -> None:
    quarters = {n: _counts(20, first_time={"oui": oui, "non": 20 - oui}) for n, oui in enumerate([6, 7, 2, 8], start=1)}
    whole = _counts(80, first_time={"oui": 23, "non": 57})
    told: dict[Cell, int | None] = {}
    for number, counts in quarters.items():
        told |= release(tabulate(OISY, 2026, quarters={number: counts}, names=("first_time",)), internal()).told
    assert told[_cell("first_time", "oui", "2026-T3")] is None
    assert told[_cell("first_time", "oui", "2026-T1")] == 6

    found = release(tabulate(OISY, 2026, quarters=quarters, whole=whole, names=("first_time",)), internal(), earlier=told)

    # 23 - 6 - 7 - 8 = 2; and 57 would tell 23.
    assert {cell.category for cell in found.masked if cell.period == "2026"} == {"oui", "non"}
    assert found.value(_cell("first_time", "repondu", "2026")) == 80


def test_a_record_that_comes_late_does_not_tell_the_age_of_its_person() -> None:
    ages = {"quarante_cinquante_neuf": 10, "soixante_dix_plus": 10}
    quarters = {n: _counts(20, age=ages) for n in range(1, 5)}
    told: dict[Cell, int | None] = {}
    for number, counts in quarters.items():
        told |= release(tabulate(OISY, 2026, quarters={number: counts}, names=("age",)), internal()).told
    assert None not in told.values()
    whole = _counts(81, age={"quarante_cinquante_neuf": 40, "soixante_dix_plus": 41})
    year = tabulate(OISY, 2026, quarters=quarters, whole=whole, names=("age",))

    found = release(year, internal(), earlier=told)

    # 41 - 4 × 10 = 1 would say that she is over 70; that someone came late is said by the total.
    assert found.value(_cell("age", "soixante_dix_plus", "2026")) is None
    assert Rival(year.values, found.shown).width(_cell("age", "soixante_dix_plus", "2026")) == pytest.approx(1.0)
    assert found.value(_cell(*TOTAL, "2026")) == 81


def test_a_rectification_does_not_tell_the_age_of_the_person_it_adds() -> None:
    before = _quarter(20, age={"quarante_cinquante_neuf": 8, "soixante_dix_plus": 12})
    first = release(before, internal())
    assert first.masked == frozenset()
    after = _quarter(21, age={"quarante_cinquante_neuf": 8, "soixante_dix_plus": 13})
    both = with_version(after, before, 0)

    found = release(both, internal(), earlier=told_in(first.told, 0))

    assert found.value(_cell(*TOTAL)) == 21
    assert found.value(_cell("age", "soixante_dix_plus")) is None
    known = {cell: value for cell, value in told_in(first.shown, 0).items() if value is not None}
    assert Rival(both.values, {**known, **found.shown}).width(_cell("age", "soixante_dix_plus")) == pytest.approx(1.0)


def test_a_rectification_that_adds_many_people_tells_their_ages() -> None:
    before = _quarter(20, age={"quarante_cinquante_neuf": 8, "soixante_dix_plus": 12})
    after = _quarter(40, age={"quarante_cinquante_neuf": 18, "soixante_dix_plus": 22})

    found = release(with_version(after, before, 0), internal(), earlier=told_in(release(before, internal()).told, 0))

    assert found.masked == frozenset()


def test_a_rectification_that_moves_one_person_hides_from_where_to_where() -> None:
    before = _quarter(30, age={"quarante_cinquante_neuf": 8, "soixante_dix_plus": 12, "vingt_cinq_trente_neuf": 10})
    after = _quarter(30, age={"quarante_cinquante_neuf": 7, "soixante_dix_plus": 13, "vingt_cinq_trente_neuf": 10})

    found = release(with_version(after, before, 0), internal(), earlier=told_in(release(before, internal()).told, 0))

    assert {found.value(_cell("age", name)) for name in ("quarante_cinquante_neuf", "soixante_dix_plus")} == {None}


@settings(max_examples=3, deadline=None)
@given(SEEDS, SIZES, st.sampled_from([internal(), public()]))
@example(seed=1, size=0.4, policy=public())
def test_nothing_masked_is_recovered_from_a_quarter_and_its_rectification(seed: int, size: float, policy: Policy) -> None:
    year = a_year(seed, size, late=2.0)
    quarter, more = quarter_of(year, 1), quarter_of(a_year(seed + 1, size / 4), 1)
    after = replace(quarter, values={cell: value + more.values[cell] for cell, value in quarter.values.items()})
    first = release(quarter, policy)
    both, told = with_version(after, quarter, 0), told_in(first.told, 0)

    found = release(both, policy, earlier=told)

    assert recovered(both, found, earlier=told) == []


def test_a_territory_hides_what_one_commune_hides_alone() -> None:
    ages = [{"quarante_cinquante_neuf": 3, "soixante_dix_plus": 17}, {"quarante_cinquante_neuf": 30, "soixante_dix_plus": 40}]
    places = (OISY, "59153")
    communes = [_quarter(sum(age.values()), place=place, age=age) for place, age in zip(places, ages, strict=True)]
    told = {cell: value for commune in communes for cell, value in release(commune, internal()).told.items()}

    found = release(gather(communes), internal(), earlier=told)

    # 33 - 30 = 3 people of Oisy; 57 - 40 = 17 of its 20 would tell them too.
    assert found.value(Cell(TERRITORY, "age", "quarante_cinquante_neuf", "2026-T1")) is None
    assert found.value(Cell(TERRITORY, "age", "soixante_dix_plus", "2026-T1")) is None
    assert found.value(Cell(TERRITORY, *TOTAL, "2026-T1")) == 90


@pytest.mark.parametrize("policy", [internal(), public()])
def test_a_village_of_339_inhabitants_has_its_totals_and_keeps_its_people(policy: Policy) -> None:
    year = a_year(339, 1.0, names=EVERY)

    found = release(year, policy)

    assert found.bounded == frozenset()
    assert recovered(year, found, most=MANY) == []
    assert not [cell for cell, value in found.shown.items() if sort_of(cell) is Sort.ATTRIBUTE and 0 < value < policy.attribute]
    assert policy.activity or not [cell for cell in found.masked if sort_of(cell) is not Sort.ATTRIBUTE]


def test_what_everyone_reads_is_part_of_what_the_two_parties_read() -> None:
    year = a_year(7, 15.0)
    inside = release(year, internal())

    outside = release(year, public(), hidden=inside.masked)

    assert outside.shown.items() < inside.shown.items()
    assert recovered(year, outside) == []


def test_a_report_cannot_take_back_what_another_said() -> None:
    figures = _quarter(20, age={"soixante_dix_plus": 20})

    with pytest.raises(ValueError, match="reports said otherwise"):
        release(figures, internal(), earlier={_cell("age", "soixante_dix_plus"): 19})


def test_a_quarter_without_anyone_hides_nothing() -> None:
    found = release(_quarter(0), internal())

    assert found.masked == frozenset()
    assert set(found.shown.values()) == {0}


def test_the_same_figures_give_the_same_release() -> None:
    assert release(a_year(1, 6.0), public()) == release(a_year(1, 6.0), public())


def _counts(total: int, **tables: dict[str, int]) -> PeriodCounts:
    return PeriodCounts(total=total, tables=tables)


def _quarter(total: int, *, place: str = OISY, **tables: dict[str, int]) -> Figures:
    return tabulate(place, 2026, quarters={1: _counts(total, **tables)}, names=tuple(tables) or ("age",))


def _cell(table: str, category: str, period: str = "2026-T1") -> Cell:
    return Cell(OISY, table, category, period)
