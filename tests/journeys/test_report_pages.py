"""The reports in a real browser: the lists, a report with everything in it, for the coordination, the mairie and its letter."""

from __future__ import annotations

import pytest

from tests.apps.conventions.paper import in_force
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.reports.world import PERIOD, sent_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_each_page_of_reports_is_open_to_everyone(walk: Walk, cast: Cast) -> None:
    found = walk.judge("/mairie/rapports/", cast.referent)
    in_force(cast.epci, cast.oisy)
    report = sent_report(cast.epci, cast.oisy)

    for who, path in (
        (cast.coordinator, "/pilotage/rapports/"),
        (cast.coordinator, f"/pilotage/rapports/?periode={PERIOD}"),
        (cast.coordinator, f"/pilotage/rapports/{PERIOD}/59446/"),
        (cast.coordinator, f"/pilotage/rapports/{PERIOD}/59446/rectifier/"),
        (cast.coordinator, "/pilotage/rapports/lots/"),
        (cast.referent, "/mairie/rapports/"),
        (cast.referent, f"/mairie/rapports/{PERIOD}/"),
        (None, f"/rapport/{report.key}/"),
    ):
        found |= walk.judge(path, who)

    assert found == {}
