"""Kilometres between communes: estimated as everyone's tools do, or set by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.actions import forget_distance, set_distance, set_setting
from escale.apps.territory.distances import MissingPositionsError, distances
from escale.apps.territory.earth import hectometres
from escale.apps.territory.models import Commune, Epci, HandDistance
from tests.cast import make_commune

pytestmark = pytest.mark.django_db

RAISMES, OISY, DENAIN = (50.4108, 3.4896), (50.3523, 3.4335), (50.3303, 3.3898)


@pytest.fixture
def three(epci: Epci) -> list[Commune]:
    """Raismes, Oisy and Denain, where they are."""
    places = [("59491", "Raismes", RAISMES), ("59446", "Oisy", OISY), ("59172", "Denain", DENAIN)]
    return [make_commune(epci, code, name, latitude=lat, longitude=lon) for code, name, (lat, lon) in places]


@pytest.mark.parametrize(("a", "b", "known"), [(RAISMES, OISY, 99), (OISY, DENAIN, 51), (RAISMES, RAISMES, 0)])
def test_an_estimate_is_the_great_circle_times_the_road_factor(
    a: tuple[float, float], b: tuple[float, float], known: int
) -> None:
    assert hectometres(a, b, Decimal("1.3")) == hectometres(b, a, Decimal("1.3")) == known


def test_a_tour_gets_both_tables(epci: Epci, three: list[Commune]) -> None:
    tables = distances(epci, three, three[0])

    assert tables.base_hm == tables.between_hm[0] == (0, 99, tables.between_hm[0][2])
    assert all(tables.between_hm[i][j] == tables.between_hm[j][i] for i in range(3) for j in range(3))


def test_a_base_may_be_a_position(epci: Epci, three: list[Commune]) -> None:
    assert distances(epci, three, RAISMES).base_hm == distances(epci, three, three[0]).base_hm


def test_the_road_factor_is_a_choice(epci: Epci, three: list[Commune]) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="ROAD_FACTOR", value="1")

    assert distances(epci, three, three[0]).base_hm[1] == 76


def test_a_distance_set_by_hand_wins_both_ways_until_it_is_forgotten(epci: Epci, three: list[Commune]) -> None:
    pair = set_distance(actor=SYSTEM, epci=epci, first=three[1], second=three[0], hectometres=120)
    tables = distances(epci, three, three[0])
    assert (tables.base_hm[1], tables.between_hm[0][1], tables.between_hm[1][0]) == (120, 120, 120)

    set_distance(actor=SYSTEM, epci=epci, first=three[0], second=three[1], hectometres=130)
    assert distances(epci, three, three[0]).base_hm[1] == 130

    forget_distance(actor=SYSTEM, distance=pair)
    assert distances(epci, three, three[0]).base_hm[1] == 99


def test_communes_without_a_position_are_named(epci: Epci, three: list[Commune]) -> None:
    lost = make_commune(epci, "59564", "Sentinelle", article="La")

    with pytest.raises(MissingPositionsError, match="La Sentinelle") as missing:
        distances(epci, [*three, lost], three[0])

    assert missing.value.names == ("La Sentinelle",)


def test_a_tour_is_planned_by_hand_set_distances_alone(epci: Epci, three: list[Commune]) -> None:
    lost = make_commune(epci, "59564", "Sentinelle", article="La")
    for number, commune in enumerate(three, start=1):
        set_distance(actor=SYSTEM, epci=epci, first=lost, second=commune, hectometres=number * 10)

    tables = distances(epci, [*three, lost], three[0])

    assert tables.between_hm[3] == (10, 20, 30, 0)
    assert tables.base_hm[3] == 10


def test_a_base_without_a_position_is_named_too(epci: Epci, three: list[Commune]) -> None:
    base = make_commune(epci, "59564", "Sentinelle", article="La")

    with pytest.raises(MissingPositionsError) as missing:
        distances(epci, three, base)

    assert missing.value.names == ("La Sentinelle",)


@pytest.mark.parametrize("length", [-1, 5_001])
def test_a_distance_that_nobody_drives_is_refused(length: int, epci: Epci, three: list[Commune]) -> None:
    with pytest.raises(ValidationError, match="entre 0 et 500 km"):
        set_distance(actor=SYSTEM, epci=epci, first=three[0], second=three[1], hectometres=length)


def test_a_commune_is_at_no_distance_from_itself(epci: Epci, three: list[Commune]) -> None:
    with pytest.raises(ValidationError, match="deux communes différentes"):
        set_distance(actor=SYSTEM, epci=epci, first=three[0], second=three[0], hectometres=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandDistance.objects.create(epci=epci, first=three[0], second=three[0], hectometres=1)


def test_fifty_communes_cost_the_same_queries_as_one(epci: Epci) -> None:
    communes = [make_commune(epci, f"{10_000 + n}", f"Commune {n}", latitude=50 + n / 100, longitude=3.0) for n in range(50)]

    def count(some: list[Commune]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            distances(epci, some, communes[0])
        return len(queries)

    assert count(communes[:1]) == count(communes)
