"""The civil clock of an EPCI."""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch

import pytest
from pytest_django import Settings

from escale.apps.territory import clock
from escale.apps.territory.models import Epci

EVENING_IN_PARIS = dt.datetime(2026, 12, 31, 22, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Paris", "2026-12-31"), ("Indian/Reunion", "2027-01-01"), ("America/Guadeloupe", "2026-12-31")],
)
def test_the_day_is_the_one_of_the_place(zone: str, day: str, settings: Settings) -> None:
    settings.ESCALE_TODAY = None
    epci = Epci(siren="200042190", name="Ici", time_zone=zone)

    with patch("django.utils.timezone.now", return_value=EVENING_IN_PARIS):
        assert clock.today(epci) == dt.date.fromisoformat(day)


def test_a_demonstration_freezes_the_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 22)

    assert clock.today() == clock.today(Epci(time_zone="Indian/Reunion")) == dt.date(2026, 11, 22)


def test_the_moment_has_the_hour_of_the_place_on_its_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = None
    here, frozen = Epci(time_zone="Indian/Reunion"), dt.date(2026, 11, 22)

    with patch("django.utils.timezone.now", return_value=EVENING_IN_PARIS):
        assert clock.moment(here) == EVENING_IN_PARIS
        settings.ESCALE_TODAY = frozen
        assert f"{clock.moment(here):%Y-%m-%d %H:%M}" == "2026-11-22 02:30"
