"""Days of the whole territory: closures, and school holidays as the official calendar knows them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory import school
from escale.apps.territory.actions import (
    add_school_holiday,
    change_school_holiday,
    change_territory_closure,
    close_territory,
    remove_school_holiday,
    reopen_territory,
    seed_school_holidays,
    set_setting,
)
from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.models import Epci, SchoolHoliday, TerritoryClosure
from escale.apps.territory.queries import closed_days_of_territory, school_holidays_until

pytestmark = pytest.mark.django_db


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def zone_b(epci: Epci) -> Epci:
    set_setting(actor=SYSTEM, epci=epci, key="SCHOOL_ZONE", value="B")
    return epci


@pytest.fixture
def elections(epci: Epci, coordinator: User) -> TerritoryClosure:
    return close_territory(actor=coordinator, epci=epci, starts=day("2027-04-09"), ends=day("2027-04-12"), reason=" Élections ")


@pytest.fixture
def winter(epci: Epci, coordinator: User) -> SchoolHoliday:
    return add_school_holiday(
        actor=coordinator, epci=epci, name="Vacances d’hiver", starts=day("2029-02-10"), ends=day("2029-02-25")
    )


def test_a_closure_takes_its_days_and_no_other(epci: Epci, elections: TerritoryClosure) -> None:
    assert elections.reason == "Élections"
    assert closed_days_of_territory(epci, day("2027-04-10"), day("2027-04-30")) == {
        day("2027-04-10"),
        day("2027-04-11"),
        day("2027-04-12"),
    }
    assert not closed_days_of_territory(epci, day("2027-04-13"), day("2027-04-30"))


def test_a_closure_of_another_territory_closes_nothing_here(elsewhere: Epci, elections: TerritoryClosure) -> None:
    assert not closed_days_of_territory(elsewhere, day("2027-01-01"), day("2027-12-31"))


def test_a_closure_is_corrected_and_taken_back(epci: Epci, elections: TerritoryClosure, coordinator: User) -> None:
    change_territory_closure(
        actor=coordinator, closure=elections, starts=day("2027-04-12"), ends=day("2027-04-12"), reason="Élections"
    )
    assert closed_days_of_territory(epci, day("2027-04-01"), day("2027-04-30")) == {day("2027-04-12")}

    reopen_territory(actor=coordinator, closure=elections)

    assert not TerritoryClosure.objects.exists()
    assert list(Entry.objects.order_by("pk").values_list("event", flat=True))[-1] == "territory.reopened"


@pytest.mark.parametrize(
    ("starts", "ends", "reason", "told"),
    [
        ("2027-04-12", "2027-04-09", "Élections", "avant le premier"),
        ("2027-04-09", "2072-04-12", "Élections", "plus d’un an"),
        ("2027-04-09", "2027-04-12", "Élections", "déjà dans la liste"),
        ("2027-05-01", "2027-05-02", "  ", "vide"),
    ],
)
def test_a_closure_that_is_none_is_refused(
    epci: Epci, elections: TerritoryClosure, coordinator: User, starts: str, ends: str, reason: str, told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        close_territory(actor=coordinator, epci=epci, starts=day(starts), ends=day(ends), reason=reason)

    assert TerritoryClosure.objects.count() == 1


def test_only_the_coordinator_of_the_territory_writes_its_days(
    epci: Epci, elections: TerritoryClosure, winter: SchoolHoliday, lawyer: User, referent_oisy: User, stranger: User
) -> None:
    first = day("2027-06-01")
    for actor in (lawyer, referent_oisy, stranger):
        with pytest.raises(PermissionDenied):
            close_territory(actor=actor, epci=epci, starts=first, ends=first, reason="Fête")
        with pytest.raises(PermissionDenied):
            reopen_territory(actor=actor, closure=elections)
        with pytest.raises(PermissionDenied):
            seed_school_holidays(actor=actor, epci=epci, first_year=2027, last_year=2027)
        with pytest.raises(PermissionDenied):
            remove_school_holiday(actor=actor, holiday=winter)


def test_the_year_is_seeded_with_the_holidays_that_begin_the_year_before(zone_b: Epci, coordinator: User) -> None:
    rows = seed_school_holidays(actor=coordinator, epci=zone_b, first_year=2027, last_year=2027)

    found = [(row.name, row.starts, row.ends) for row in rows]
    assert found[0] == ("Vacances de Noël", day("2026-12-19"), day("2027-01-03"))
    assert ("Pont de l’Ascension", day("2027-05-06"), day("2027-05-08")) in found
    assert found[-1] == ("Vacances de Noël", day("2027-12-18"), day("2028-01-02"))
    assert all(row.source.startswith("vacances-scolaires-france ") for row in rows)


def test_the_zones_do_not_have_the_same_winter(zone_b: Epci) -> None:
    def winter(zone: SchoolZone) -> dt.date:
        return next(period.starts for period in school.known_holidays(zone, 2027, 2027) if period.name == "Vacances d’hiver")

    assert len({winter(zone) for zone in (SchoolZone.A, SchoolZone.B, SchoolZone.C)}) == 3


def test_what_was_corrected_stays_when_the_year_is_seeded_again(zone_b: Epci, coordinator: User) -> None:
    seed_school_holidays(actor=coordinator, epci=zone_b, first_year=2027, last_year=2027)
    count = SchoolHoliday.objects.count()
    winter = SchoolHoliday.objects.get(name="Vacances d’hiver")
    change_school_holiday(actor=coordinator, holiday=winter, name=winter.name, starts=day("2027-02-20"), ends=day("2027-03-08"))

    again = seed_school_holidays(actor=coordinator, epci=zone_b, first_year=2027, last_year=2027)

    assert again == []
    assert SchoolHoliday.objects.count() == count
    winter.refresh_from_db()
    assert (winter.ends, winter.source) == (day("2027-03-08"), "saisi par la coordination")


def test_years_beyond_the_data_are_told_and_nothing_is_invented(zone_b: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="s’arrêtent le 31 août 2028"):
        seed_school_holidays(actor=coordinator, epci=zone_b, first_year=2029, last_year=2030)

    rows = seed_school_holidays(actor=coordinator, epci=zone_b, first_year=2028, last_year=2031)

    assert school_holidays_until(zone_b) == rows[-1].ends == day("2028-08-31")


def test_the_bridge_that_the_data_lacks_is_not_invented(zone_b: Epci, coordinator: User) -> None:
    rows = seed_school_holidays(actor=coordinator, epci=zone_b, first_year=2025, last_year=2026)

    assert not [row for row in rows if "Ascension" in row.name]


def test_without_a_zone_the_coordinator_is_told_to_choose_one(epci: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="la choisir d’abord"):
        seed_school_holidays(actor=coordinator, epci=epci, first_year=2027, last_year=2027)

    assert school_holidays_until(epci) is None


def test_a_zone_without_data_is_typed_by_hand(epci: Epci, coordinator: User) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="SCHOOL_ZONE", value="REUNION")

    with pytest.raises(ValidationError, match="à la main"):
        seed_school_holidays(actor=coordinator, epci=epci, first_year=2027, last_year=2027)


def test_the_same_holidays_are_not_added_twice(epci: Epci, winter: SchoolHoliday, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="déjà dans la liste"):
        add_school_holiday(actor=coordinator, epci=epci, name=winter.name, starts=day("2029-02-10"), ends=day("2029-03-01"))


def test_holidays_are_removed(winter: SchoolHoliday, coordinator: User) -> None:
    remove_school_holiday(actor=coordinator, holiday=winter)

    assert not SchoolHoliday.objects.exists()


def test_the_database_refuses_a_period_without_its_ends(winter: SchoolHoliday, elections: TerritoryClosure) -> None:
    for rows in (SchoolHoliday.objects.all(), TerritoryClosure.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(ends=None)
