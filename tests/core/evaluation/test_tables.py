"""The closed list of tables is in the words of the field, and adds up."""

from __future__ import annotations

import pytest

from escale.core.activity.vocabulary import AgeBand, Autonomy, Gender, Procedure, Public, Status, Theme
from escale.core.evaluation.figures import PeriodCounts, gather, tabulate
from escale.core.evaluation.tables import ANSWERED, TABLE, TERRITORY, TOTAL, UNANSWERED, Cell
from escale.core.evaluation.versions import with_version

OISY = "59446"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("public", [*Public]),
        ("theme", [*Theme]),
        ("procedure", [*Procedure]),
        ("age", [*AgeBand]),
        ("gender", [*Gender]),
        ("status", [*Status]),
        ("autonomy", [*Autonomy, UNANSWERED]),
    ],
)
def test_the_categories_of_a_table_are_those_of_the_records(name: str, values: list[str]) -> None:
    assert list(TABLE[name].categories) == [str(value) for value in values]


def test_whoever_is_not_noted_is_counted_as_such_and_sums_stand_beside() -> None:
    counts = PeriodCounts(total=20, tables={"age": {"soixante_soixante_neuf": 6, "soixante_dix_plus": 9}})

    rows = counts.of(TABLE["age"])

    assert (rows["non_communique"], rows[ANSWERED], rows["soixante_et_plus"]) == (5, 15, 15)


def test_what_a_year_has_more_than_its_reported_quarters_is_a_period_of_its_own() -> None:
    quarters = {n: PeriodCounts(total=5) for n in range(1, 5)}

    year = tabulate(OISY, 2026, quarters=quarters, whole=PeriodCounts(total=22), names=("age",))

    assert year.values[Cell(OISY, *TOTAL, "2026-R")] == 2
    assert Cell(OISY, *TOTAL, "2026-R") in year.silent
    for link in year.links:
        assert year.values[link.whole] == sum(year.values[part] for part in link.parts)


def test_a_small_commune_has_its_tables_of_people_once_a_year() -> None:
    quarters = {n: PeriodCounts(total=5) for n in range(1, 5)}

    year = tabulate(OISY, 2026, quarters=quarters, whole=PeriodCounts(total=20), names=("age",), people_by_quarter=False)

    told = {cell.period for cell in year.values.keys() - year.silent if cell.category == "soixante_dix_plus"}
    assert told == {"2026"}


def test_a_territory_is_the_sum_of_its_communes() -> None:
    counts = {OISY: 5, "59153": 7}
    communes = [tabulate(place, 2026, quarters={1: PeriodCounts(total=n)}, names=("age",)) for place, n in counts.items()]

    assert gather(communes).values[Cell(TERRITORY, *TOTAL, "2026-T1")] == 12


def test_an_earlier_writing_of_one_commune_is_no_figure_of_the_territory() -> None:
    before, after, other = (
        tabulate(place, 2026, quarters={1: PeriodCounts(total=n)}, names=("age",))
        for place, n in ((OISY, 5), (OISY, 6), ("59153", 7))
    )

    territory = gather([with_version(after, before, 0), other])

    assert territory.values[Cell(TERRITORY, *TOTAL, "2026-T1")] == 13
    assert {cell.place for cell in territory.values if "/" in cell.period} == {OISY}
    for link in territory.links:
        assert territory.values[link.whole] == sum(territory.values[part] for part in link.parts)


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ({"mode": {"rdv": 1}}, "adds up to 1"),
        ({"age": {"soixante_dix_plus": 12}}, "below 0 or above 10"),
        ({"age": {"vieux": 1}}, "no such category"),
        ({"couleur": {}}, "no such table"),
    ],
)
def test_counts_that_cannot_be_are_refused(tables: dict[str, dict[str, int]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        PeriodCounts(total=10, tables=tables)


def test_months_add_up_to_their_quarter() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        tabulate(OISY, 2026, quarters={1: PeriodCounts(total=10)}, months={1: 3, 2: 3, 3: 3}, names=())
