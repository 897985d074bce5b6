"""What a territory tells after its communes: as much as can be told, and nothing that gives a hidden number of theirs away."""

from __future__ import annotations

import pytest

from escale.apps.evaluation.circles import Circles, Given, told_of
from escale.apps.evaluation.guarding import Basis, guarded
from escale.core.calendar.periods import Period
from escale.core.evaluation.figures import PeriodCounts, gather, tabulate
from escale.core.evaluation.policies import K_INTERNAL
from escale.core.evaluation.tables import TABLE, TERRITORY, Cell
from tests.core.evaluation.rival import Rival

PERIOD = Period(2026, 3)
AGES = (
    "dix_huit_vingt_quatre",
    "vingt_cinq_trente_neuf",
    "quarante_cinquante_neuf",
    "soixante_soixante_neuf",
    "soixante_dix_plus",
)
OF_EACH = [
    (0, 1, 0, 3, 6),
    (2, 1, 3, 2, 0),
    (0, 0, 1, 5, 7),
    (1, 0, 0, 2, 3),
    (0, 6, 2, 0, 1),
    (3, 0, 1, 1, 9),
    (0, 0, 0, 2, 0),
    (1, 2, 8, 4, 5),
]
"""The ages noted in eight communes: no child anywhere."""


def counts_of(ages: tuple[int, ...], *, guided: int) -> PeriodCounts:
    """Return a quarter where nobody came by appointment, and some ended guided throughout."""
    total = sum(ages)
    tables: dict[str, dict[str, int]] = {name: {} for name in TABLE if name != "total"} | {
        "mode": {"sans_rdv": total},
        "public": {"habitants": total},
        "age": dict(zip(AGES, ages, strict=True)),
        "autonomy": {"entierement_accompagne": min(guided, total), "autonome": total - min(guided, total)},
    }
    return PeriodCounts(total=total, tables=tables)


@pytest.fixture(scope="module")
def given() -> Given:
    places = {}
    for number, ages in enumerate(OF_EACH):
        code = f"5910{number}"
        basis = Basis(counts=counts_of(ages, guided=number), months={})
        _, told = guarded(code, PERIOD, basis, {}, earlier=(), versions=(), population=None, k=K_INTERNAL)
        places[code] = Basis(counts=basis.counts, months={}, told=told)
    return Given(
        period=PERIOD, places=places, quarters={}, small=frozenset(), said=[one.told for one in places.values()], earlier=()
    )


@pytest.fixture(scope="module")
def circles(given: Given) -> Circles:
    return told_of(given, k_internal=K_INTERNAL, k_public=11)


def test_a_kind_that_nobody_was_of_hides_no_table_of_the_territory(circles: Circles) -> None:
    told = {cell.category: value for cell, value in circles.inside.items() if cell.table in ("age", "autonomy")}

    assert {name: told[name] for name in ("moins_de_douze", *AGES)} == {
        "moins_de_douze": 0,
        **dict(zip(AGES, map(sum, zip(*OF_EACH, strict=True)), strict=True)),
    }
    assert told["entierement_accompagne"] == sum(min(n, sum(ages)) for n, ages in enumerate(OF_EACH))


def test_the_territory_gives_no_small_number_of_a_commune_away(given: Given, circles: Circles) -> None:
    cells = gather(
        [tabulate(code, PERIOD.year, quarters={3: basis.counts}, names=tuple(TABLE)) for code, basis in given.places.items()]
    )
    said = {cell: value for told in given.said for cell, value in told.items()}
    of_communes = {cell: value for cell, value in said.items() if value is not None}
    of_territory = {cell: value for cell, value in circles.inside.items() if value is not None}
    small = [cell for cell, value in said.items() if value is None and 0 < cells.values[cell] < K_INTERNAL]
    alone, after = Rival(cells.values, of_communes), Rival(cells.values, {**of_communes, **of_territory})

    assert any(cell.place == TERRITORY for cell in of_territory)
    assert len(small) > 10
    for cell in small:
        assert after.width(cell) >= min(K_INTERNAL, alone.width(cell)) - 1e-6, Cell(*cell)
