"""The choices of an EPCI: read from the catalogue, made one by one, refused when they are none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.actions import reset_setting, set_setting, update_epci
from escale.apps.territory.catalogue import (
    CATALOGUE,
    EPCI_SIRET,
    FTE_REQUIRED,
    HALF_DAY_AM,
    HOLIDAY_AREA,
    ROAD_FACTOR,
    UnknownSettingError,
    parameter,
)
from escale.apps.territory.models import Epci, Premises, Setting
from escale.apps.territory.queries import choices_of, holidays_between, hours_at, service_windows, value_of
from escale.core.calendar.halfdays import Half, Window
from escale.core.calendar.holidays import HolidayArea
from escale.core.calendar.hours import Hours
from escale.core.planning.readings import Reading, windows_of

pytestmark = pytest.mark.django_db


def test_a_choice_that_nobody_made_is_the_default(epci: Epci) -> None:
    assert value_of(epci, FTE_REQUIRED) == Decimal(2)
    assert value_of(epci, ROAD_FACTOR) == Decimal("1.3")
    assert service_windows(epci) == windows_of(Reading.R1)


def test_a_choice_is_made_and_taken_back(epci: Epci, coordinator: User) -> None:
    set_setting(actor=coordinator, epci=epci, key="HOLIDAY_AREA", value="alsace_moselle")
    assert value_of(epci, HOLIDAY_AREA) is HolidayArea.ALSACE_MOSELLE
    assert dt.date(2026, 12, 26) in holidays_between(epci, dt.date(2026, 12, 1), dt.date(2027, 1, 31))

    reset_setting(actor=coordinator, epci=epci, key="HOLIDAY_AREA")
    assert value_of(epci, HOLIDAY_AREA) is HolidayArea.METROPOLE


def test_the_same_choice_made_twice_leaves_one_trace(epci: Epci, coordinator: User) -> None:
    for text in ("R2", "r2"):
        set_setting(actor=coordinator, epci=epci, key="ART4_READING", value=text)

    entry = Entry.objects.get(event="territory.setting_changed")
    assert entry.details == {"key": "ART4_READING", "before": "", "after": "R2"}


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("ART4_READING", "R4", "n’est pas un choix possible"),
        ("ART4_READING", "CUSTOM", "Aucune demi-journée"),
        ("ART4_CUSTOM_WINDOWS", "MON_AM", "L’article 4 exclut lundi matin"),
        ("ART4_CUSTOM_WINDOWS", "TUE", "n'est pas une demi-journée"),
        ("ART4_CUSTOM_WINDOWS", "", "Aucune demi-journée"),
        ("HALF_DAY_AM", "09:00-11:00", "trois heures"),
        ("HALF_DAY_AM", "9h-12h", "n’est pas un horaire"),
        ("HALF_DAY_AM", "11:30-14:30", "après le début de l’après-midi"),
        ("ROAD_FACTOR", "0.5", "entre 1 et 3"),
        ("ROAD_FACTOR", "NaN", "entre 1 et 3"),
        ("ROAD_FACTOR", "beaucoup", "n’est pas un nombre"),
        ("FTE_REQUIRED", "0", "entre 0.1 et 100"),
        ("APPOINTMENT_SLOT_MINUTES", "25", "ne partage pas l’heure"),
        ("APPOINTMENTS_POSITION", "MIDDLE", "la dernière"),
        ("RDV_CUTOFF_HOURS_BEFORE_SESSION", "-1", "nombre entier"),
        ("RDV_TRANSMISSION_MAX_HOURS", "0", "nombre entier"),
        ("HOLIDAY_AREA", "67", "Alsace et Moselle"),
        ("SCHOOL_ZONE", "D", "zone B"),
        ("EPCI_SIRET", "200042190", "quatorze chiffres"),
        ("EPCI_SIRET", "200 042 190 00014", "un chiffre est faux"),
        ("EPCI_SIRET", "200 068 500 00012", "commence par son SIREN, 200042190"),
    ],
)
def test_a_value_that_is_none_is_refused_beside_the_field(key: str, value: str, told: str, epci: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError, match=told) as refusal:
        set_setting(actor=coordinator, epci=epci, key=key, value=value)

    assert set(refusal.value.message_dict) == {"value"}
    assert not Setting.objects.exists()
    assert not Entry.objects.filter(event="territory.setting_changed").exists()


def test_an_unknown_key_is_refused_with_the_nearest_one(epci: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="ART4_READING") as refusal:
        set_setting(actor=coordinator, epci=epci, key="ART_4_READING", value="R1")

    assert set(refusal.value.message_dict) == {"key"}
    with pytest.raises(UnknownSettingError, match="réglages connus"):
        parameter("XYZ")


def test_a_custom_reading_is_chosen_in_two_steps(epci: Epci, coordinator: User) -> None:
    set_setting(actor=coordinator, epci=epci, key="ART4_CUSTOM_WINDOWS", value="FRI_PM, TUE_AM")
    set_setting(actor=coordinator, epci=epci, key="ART4_READING", value="CUSTOM")

    assert service_windows(epci) == {Window.parse("TUE_AM"), Window.parse("FRI_PM")}
    with pytest.raises(ValidationError, match="Aucune demi-journée"):
        reset_setting(actor=coordinator, epci=epci, key="ART4_CUSTOM_WINDOWS")
    assert Setting.objects.filter(key="ART4_CUSTOM_WINDOWS").exists()


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_default_is_a_value_that_can_be_written_and_read(key: str) -> None:
    choice = CATALOGUE[key]

    text = choice.write(choice.default)

    assert choice.label
    assert not text or choice.read(text) == choice.default


def test_a_screen_lists_every_choice(epci: Epci, coordinator: User) -> None:
    set_setting(actor=coordinator, epci=epci, key="ROAD_FACTOR", value="1,4")

    choices = {choice.key: choice for choice in choices_of(epci)}

    assert list(choices) == list(CATALOGUE)
    assert (choices["ROAD_FACTOR"].text, choices["ROAD_FACTOR"].is_default) == ("1.4", False)
    assert choices["ART4_READING"].is_default


def test_a_place_has_the_hours_of_the_service_unless_it_has_its_own(epci: Epci) -> None:
    early = Premises(morning_start=dt.time(8, 30))

    assert hours_at(epci, None, Half.AM) == HALF_DAY_AM.default
    assert hours_at(epci, early, Half.AM) == Hours.parse("08:30-11:30")
    assert hours_at(epci, early, Half.PM) == Hours.parse("14:00-17:00")


def test_only_a_coordinator_makes_choices(epci: Epci, lawyer: User, referent_oisy: User, stranger: User) -> None:
    for actor in (lawyer, referent_oisy, stranger):
        with pytest.raises(PermissionDenied):
            set_setting(actor=actor, epci=epci, key="ART4_READING", value="R2")


def test_the_clock_of_an_epci_is_a_place_that_exists(epci: Epci) -> None:
    names = {"name": "La Porte du Hainaut", "service_name": "Aide numérique"}
    with pytest.raises(ValidationError, match="fuseau horaire"):
        update_epci(actor=SYSTEM, epci=epci, time_zone="Hainaut", **names)

    update_epci(actor=SYSTEM, epci=epci, time_zone="Indian/Reunion", **names)

    epci.refresh_from_db()
    assert epci.time_zone == "Indian/Reunion"


def test_the_database_keeps_one_value_of_a_choice(epci: Epci) -> None:
    Setting.objects.create(epci=epci, key="ROAD_FACTOR", value="1.3")

    with pytest.raises(IntegrityError), transaction.atomic():
        Setting.objects.bulk_create([Setting(epci=epci, key="ROAD_FACTOR", value="1.4")])


def test_a_siret_is_kept_without_its_spaces(epci: Epci, coordinator: User) -> None:
    set_setting(actor=coordinator, epci=epci, key="EPCI_SIRET", value="200 042 190 00013")

    assert value_of(epci, EPCI_SIRET) == "20004219000013"
