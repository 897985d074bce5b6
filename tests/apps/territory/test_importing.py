"""An import creates, a second one updates and tells what differs; nothing is deleted, and nothing half written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.actions import end_membership, import_territory, rename_commune
from escale.apps.territory.catalogue import HOLIDAY_AREA, SCHOOL_ZONE
from escale.apps.territory.models import Commune, Epci, Membership
from escale.apps.territory.names import PlaceName, propose
from escale.apps.territory.queries import value_of
from escale.apps.territory.records import CommuneRecord, TerritoryRecord
from escale.core.calendar.holidays import HolidayArea

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def _record(code: str, name: str, **fields: object) -> CommuneRecord:
    values = {"population": 700, "latitude": 50.35, "longitude": 3.43} | fields
    return CommuneRecord(code=code, name=propose(name), **values)  # type: ignore[arg-type]


ABSCON, OISY, HASNON = _record("59002", "Abscon"), _record("59446", "Oisy"), _record("59284", "Hasnon")
SOURCE = TerritoryRecord(siren="200042190", name="La Porte du Hainaut", communes=(ABSCON, OISY, HASNON))


def test_a_first_import_creates_the_epci_and_its_communes() -> None:
    differences = import_territory(actor=SYSTEM, source=SOURCE)

    epci = Epci.objects.get()
    assert differences.added == ("Abscon", "Hasnon", "Oisy")
    assert differences.doubtful == ("de Hasnon",)
    assert list(Commune.objects.members_of(epci, TODAY, TODAY).values_list("search", flat=True)) == [
        "abscon",
        "hasnon",
        "oisy",
    ]
    assert set(Membership.objects.values_list("starts", "ends")) == {(None, None)}
    assert Entry.objects.get(event="territory.imported").details["added"] == 3


def test_a_first_import_writes_what_the_department_decides() -> None:
    import_territory(actor=SYSTEM, source=replace(SOURCE, communes=(_record("57463", "Metz"),)))

    epci = Epci.objects.get()
    assert value_of(epci, HOLIDAY_AREA) is HolidayArea.ALSACE_MOSELLE
    assert value_of(epci, SCHOOL_ZONE) == "B"
    assert epci.time_zone == "Europe/Paris"


def test_the_same_import_twice_changes_nothing() -> None:
    import_territory(actor=SYSTEM, source=SOURCE)
    before = list(Commune.objects.values()) + list(Membership.objects.values())

    differences = import_territory(actor=SYSTEM, source=SOURCE)

    assert differences.lines() == []
    assert differences.summary() == "rien n’a changé"
    assert list(Commune.objects.values()) + list(Membership.objects.values()) == before


def test_a_second_import_tells_what_differs_and_deletes_nothing() -> None:
    import_territory(actor=SYSTEM, source=SOURCE)
    moved = _record("59002", "Abscon", latitude=50.36, postal_codes=("59215",))
    renamed = _record("59446", "Oisy-en-Hainaut", population=1_710)
    new = _record("59564", "La Sentinelle", latitude=None, longitude=None)

    differences = import_territory(actor=SYSTEM, source=replace(SOURCE, communes=(moved, renamed, new)))

    assert differences.lines() == [
        "ajoutée : La Sentinelle",
        "renommée : Oisy devient Oisy-en-Hainaut",
        "population : Oisy-en-Hainaut, 700 → 1\u202f710",
        "corrigée : Abscon (position, codes postaux)",
        "absente de la source, gardée : Hasnon ; si elle a quitté l’EPCI, clore son appartenance",
        "position inconnue : La Sentinelle ; la compléter, ou fixer ses distances à la main",
    ]
    assert differences.summary() == ("1 commune ajoutée, 1 renommée, 1 population changée, 1 corrigée, 1 absente de la source")
    assert Commune.objects.count() == 4
    assert Membership.objects.get(commune__code="59284").ends is None
    assert Membership.objects.get(commune__code="59564").starts == TODAY


def test_what_was_written_by_hand_stays() -> None:
    import_territory(actor=SYSTEM, source=SOURCE)
    hasnon = Commune.objects.get(code="59284")
    rename_commune(actor=SYSTEM, commune=hasnon, name=PlaceName(bare="Hasnon", elides=True))
    unknown = _record("59284", "Hasnon", population=None, latitude=None, longitude=None)

    import_territory(actor=SYSTEM, source=replace(SOURCE, communes=(ABSCON, OISY, unknown)))

    hasnon.refresh_from_db()
    assert hasnon.place_name.de == "d’Hasnon"
    assert (hasnon.population, hasnon.position) == (700, (50.35, 3.43))


def test_a_form_that_was_only_proposed_gives_way_to_one_that_is_known() -> None:
    import_territory(actor=SYSTEM, source=SOURCE)
    known = replace(HASNON, name=PlaceName(bare="Hasnon", elides=True))

    differences = import_territory(actor=SYSTEM, source=replace(SOURCE, communes=(ABSCON, OISY, known)))

    assert differences.lines() == ["corrigée : Hasnon (forme du nom)"]
    assert Commune.objects.get(code="59284").place_name.de == "d’Hasnon"


def test_a_commune_that_comes_back_is_a_member_from_today() -> None:
    import_territory(actor=SYSTEM, source=SOURCE)
    end_membership(actor=SYSTEM, membership=Membership.objects.get(commune__code="59446"), ends=dt.date(2026, 1, 31))

    differences = import_territory(actor=SYSTEM, source=SOURCE)

    assert differences.added == ("Oisy",)
    assert Membership.objects.get(commune__code="59446", ends=None).starts == TODAY


def test_a_commune_of_another_epci_stops_the_import_before_anything_is_written() -> None:
    import_territory(actor=SYSTEM, source=SOURCE)
    other = TerritoryRecord(siren="200068500", name="Ailleurs", communes=(OISY, _record("76057", "Barentin")))

    with pytest.raises(ValidationError, match=r"Oisy \(59446\) est membre de La Porte du Hainaut ; clore d’abord"):
        import_territory(actor=SYSTEM, source=other)

    assert not Epci.objects.filter(siren="200068500").exists()
    assert not Commune.objects.filter(code="76057").exists()


def test_a_siren_that_another_commune_has_stops_the_import() -> None:
    import_territory(actor=SYSTEM, source=replace(SOURCE, communes=(_record("59446", "Oisy", siren="215904467"),)))
    twin = _record("59447", "Oisy-le-Neuf", siren="215904467")

    with pytest.raises(ValidationError, match=r"Oisy-le-Neuf : le SIREN 215904467 est déjà celui de Oisy"):
        import_territory(actor=SYSTEM, source=replace(SOURCE, communes=(twin,)))


def test_a_population_that_contradicts_what_is_known_names_its_commune() -> None:
    import_territory(actor=SYSTEM, source=SOURCE)
    Commune.objects.filter(code="59446").update(population_15=600, ages_source="Insee", ages_year=2023)

    with pytest.raises(ValidationError, match=r"Oisy \(59446\) : Les habitants de 15 ans et plus"):
        import_territory(actor=SYSTEM, source=replace(SOURCE, communes=(_record("59446", "Oisy", population=500),)))


def test_a_coordinator_updates_the_epci_and_creates_no_other(coordinator: User, stranger: User) -> None:
    with pytest.raises(PermissionDenied):
        import_territory(actor=coordinator, source=replace(SOURCE, siren="200093201"))
    with pytest.raises(PermissionDenied):
        import_territory(actor=stranger, source=SOURCE)

    assert import_territory(actor=coordinator, source=SOURCE).added == ("Abscon", "Hasnon", "Oisy")


def test_a_large_epci_costs_the_same_queries_as_a_small_one() -> None:
    def count(siren: str, first: int, size: int) -> int:
        communes = tuple(_record(f"{first + n:05d}", f"Commune {first + n}") for n in range(size))
        with CaptureQueriesContext(connection) as queries:
            import_territory(actor=SYSTEM, source=TerritoryRecord(siren=siren, name="Ici", communes=communes))
        return len(queries)

    assert count("200042190", 10_000, 1) == count("200068500", 20_000, 47)
