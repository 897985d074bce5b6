"""Statistics for everyone: only frozen periods, as the reports told them, and nothing masked that arithmetic recovers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.evaluation.actions import freeze_territory
from escale.apps.evaluation.figures import Figures, MonthLine, sealed
from escale.apps.evaluation.guarding import Basis
from escale.apps.evaluation.models import Report, TerritoryReport
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period
from escale.core.evaluation.figures import PeriodCounts
from escale.core.evaluation.policies import public
from escale.core.evaluation.tables import TABLES, TERRITORY, TOTAL, Cell, Sort, sort_of
from tests.apps.conventions.paper import in_force
from tests.core.evaluation.builders import EVERY, a_quarter, together
from tests.core.evaluation.rival import Rival
from tests.web.cast import Cast, make_commune
from tests.web.opendata.test_validators import faults
from tests.web.opendata.world import fetched, rows

pytestmark = pytest.mark.django_db
QUARTERS = tuple(Period(2026, number) for number in (1, 2, 3, 4))
SIZES = {"59446": 0.5, "59172": 30.0, "59100": 1.2, "59651": 5.0}
"""Accompaniments a month: one or two people in a village, thirty in a town."""
Counts = Mapping[str, Mapping[Period, PeriodCounts]]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 20)


@pytest.fixture
def counts(cast: Cast) -> Counts:
    """A year of four communes, each quarter and the year sent to them; two people were written down late."""
    draw = np.random.default_rng(7)
    found: dict[str, dict[Period, PeriodCounts]] = {}
    for code, size in SIZES.items():
        commune = Commune.objects.filter(code=code).first() or make_commune(cast.epci, code, f"Commune {code}")
        Commune.objects.filter(pk=commune.pk).update(population=4_000)
        in_force(cast.epci, commune)
        quarters = {one: a_quarter(draw, draw.poisson(size, 3).tolist(), EVERY) for one in QUARTERS}
        late = a_quarter(draw, [2 if code == "59172" else 0], EVERY)
        found[code] = {**quarters, Period(2026): together([*quarters.values(), late])}
        for period, counted in found[code].items():
            _sent(cast.epci, commune, period, counted)
    return found


def _sent(epci: Epci, commune: Commune, period: Period, counted: PeriodCounts) -> None:
    months = tuple(MonthLine(month=str(month), due=1, proposed=1, held=1, people=0) for month in period.months)
    figures = Figures(
        period=str(period),
        until=period.last,
        commune=str(commune),
        code=commune.code,
        population=4_000,
        epci=str(epci),
        service="",
        effect=None,
        counts={"people": counted.total},
        months=months,
    ).to_json()
    by = {"prepared_at": timezone.now(), "prepared_by": "test", "sent_at": timezone.now(), "sent_by": "test"}
    basis = Basis(counts=counted, months={}).to_json()
    Report.objects.create(
        epci=epci, commune=commune, period=str(period), figures=figures, sha256=sealed(figures), method="1", basis=basis, **by
    )


def _true(counts: Counts) -> Iterator[tuple[Cell, int]]:
    """Yield the true value of each cell of the communes and of their territory."""
    for period in (*QUARTERS, Period(2026)):
        for table in TABLES:
            sums: dict[str, int] = {}
            for code, known in counts.items():
                for row, count in known[period].of(table).items():
                    sums[row] = sums.get(row, 0) + count
                    yield Cell(code, table.name, row, str(period)), count
            yield from ((Cell(TERRITORY, table.name, row, str(period)), count) for row, count in sums.items())


def _is_small(cell: Cell, count: int) -> bool:
    """Tell whether a count names someone; how many gave no answer says nothing of anyone."""
    return sort_of(cell) is not Sort.ANSWERS and 0 < count < (public().k(sort_of(cell)) or 0)


def _cell(line: dict[str, Any]) -> Cell:
    return Cell(TERRITORY if line["niveau"] == "epci" else line["code"], line["tableau"], line["categorie"], line["periode"])


def test_nothing_masked_in_the_files_of_a_year_is_recovered(cast: Cast, counts: Counts, tmp_path: Path) -> None:
    for period in (*QUARTERS, Period(2026)):
        freeze_territory(actor=SYSTEM, epci=cast.epci, period=period)

    lines = rows("/donnees/statistiques.csv")

    true = dict(_true(counts))
    # What was written down late belongs to the year alone.
    true |= {cell._replace(period="2026-R"): 0 for cell in true if cell.place == "59172" and cell.period == "2026"}
    published = {_cell(line): int(line["accompagnements"]) for line in lines if line["statut"] == "publié"}
    masked = [_cell(line) for line in lines if line["statut"] == "masqué"]
    assert all(true[cell] == value for cell, value in published.items())
    assert all(line["accompagnements"] == "" for line in lines if line["statut"] == "masqué")
    assert not [cell for cell in published if _is_small(cell, true[cell])]
    rival = Rival(true, published)
    small = [cell for cell in masked if _is_small(cell, true[cell])]
    assert len(small) > 20
    assert [cell for cell in small[:: max(1, len(small) // 40)] if rival.width(cell) < 5 - 1e-4] == []
    total = Cell(TERRITORY, *TOTAL, "2026")
    assert published[total] == TerritoryReport.objects.get(period="2026").contents.count("people")
    (tmp_path / "statistiques.csv").write_text(fetched("/donnees/statistiques.csv"), newline="")
    assert faults(tmp_path / "statistiques.csv", json.loads(fetched("/donnees/statistiques.schema.json"))) == []


def test_a_period_is_open_once_every_commune_was_sent_its_report(cast: Cast, counts: Counts) -> None:
    Report.objects.filter(period="2026-T1", commune__code="59446").update(sent_at=None)

    with pytest.raises(ValidationError, match="toutes les communes"):
        freeze_territory(actor=SYSTEM, epci=cast.epci, period=QUARTERS[0])
    freeze_territory(actor=SYSTEM, epci=cast.epci, period=QUARTERS[1])
    freeze_territory(actor=SYSTEM, epci=cast.epci, period=QUARTERS[1])

    assert {line["periode"] for line in rows("/donnees/statistiques.csv")} == {"2026-T2"}
