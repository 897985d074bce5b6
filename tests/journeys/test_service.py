"""The play of one month of the service, through the screens of two mairies, two mediators and the coordination."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.apps.booking.service import Clock
from tests.journeys import half_day, hard_days
from tests.journeys.month import Stage, make_stage
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.play, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(
    transactional_db: None,
    browser: Browser,
    live_server: LiveServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Generator[Stage]:
    # Hours count in this play, and it is the same at any hour: the whole clock is moved, not its day alone.
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    settings.ESCALE_TODAY = None
    settings.ADDRESS = live_server.url
    settings.SMS_FOLDER = tmp_path
    walk = Walk(browser=browser, address=live_server.url)
    yield make_stage(walk, clock, tmp_path)
    walk.close()


def test_a_month_of_the_service_is_played_through_the_screens(stage: Stage) -> None:
    half_day.prepare(stage)
    half_day.take_appointments(stage)
    hard_days.fill_the_morning(stage)
    half_day.free_a_slot(stage)
    half_day.remind(stage)
    half_day.hold(stage)
    half_day.answer_the_point(stage)
    hard_days.give_up_the_morning(stage)
    hard_days.make_up(stage)
    hard_days.open_a_workshop(stage)
    hard_days.help_at_once(stage)
    hard_days.lead_the_workshop(stage)
    hard_days.forget(stage)
