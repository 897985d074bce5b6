"""The report of the territory: the sums of what the communes were sent, the same in its four forms, frozen once and for all."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags
from openpyxl import load_workbook

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.evaluation.actions import freeze_due_territories, freeze_territory, prepare_reports, send_report
from escale.apps.evaluation.gathering import gather
from escale.apps.evaluation.models import Report, TerritoryReport
from escale.apps.evaluation.wording import lines_of
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.periods import Period
from escale.core.documents.typography import typeset
from tests.apps.booking.service import Clock
from tests.web.takeaway.paper import text_of

FIRST = Period(2027, 1)
PAGE = "/pilotage/rapports/2027-T1/territoire/"


@pytest.fixture
def sent(told: Visit, epci: Epci, coordinator: User) -> list[Report]:
    """The reports of both communes, before their mairies."""
    return [send_report(actor=coordinator, report=one) for one in prepare_reports(actor=coordinator, epci=epci, period=FIRST)]


def plain(text: str) -> str:
    return re.sub(r"[\s\u202f\u00a0]+", " ", text)


def test_the_territory_says_the_sums_of_what_the_communes_were_sent_in_every_form(
    sent: list[Report], epci: Epci, coordinator: User, client: Client, tmp_path: Path
) -> None:
    frozen = freeze_territory(actor=coordinator, epci=epci, period=FIRST)
    client.force_login(coordinator)

    found = frozen.contents
    assert frozen.is_intact
    for name in ("due", "proposed", "held", "cancelled_by_commune", "people", "walk_in", "checks_done"):
        assert found.count(name) == sum(one.contents.count(name) for one in sent)
    assert [(one.name, one.held, one.due) for one in found.communes] == [("Bousignies", 0, 3), ("Oisy", 1, 3)]
    page = plain(strip_tags(client.get(PAGE).content.decode()))
    paper = plain(text_of(client.get(f"{PAGE}rapport.pdf").content))
    sheet = client.get(f"{PAGE}rapport.csv").content.decode("utf-8-sig")
    rows = [row[4:7] for row in csv.reader(io.StringIO(sheet), delimiter=";")][1:]
    book = load_workbook(io.BytesIO(client.get(f"{PAGE}rapport.xlsx").content))
    told = [[one.part, one.label, "masqué" if one.count is None else str(one.count)] for one in lines_of(found)]
    assert rows == told
    assert [[str(cell) for cell in row[4:7]] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == told
    for one in lines_of(found):
        if one.part in ("Les demi-journées", "Les accompagnements", "Les rendez-vous"):
            said = plain(typeset(f"{one.label} (art. {one.article}) {one.words}" if one.article else f"{one.label} {one.words}"))
            assert said in page
            assert said in paper
    call_command("report", "--territory", period="2027-T1", format="csv", out=tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes().decode("utf-8-sig") == sheet


def test_it_waits_for_every_commune_and_never_changes_after(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, referent_oisy: User, clock: Clock, client: Client
) -> None:
    first, second = prepare_reports(actor=coordinator, epci=epci, period=FIRST)
    send_report(actor=coordinator, report=first)
    clock.go("2027-04-16")
    client.force_login(coordinator)

    assert "1 envoyé, 1 à venir" in plain(strip_tags(client.get(PAGE).content.decode()))
    assert freeze_due_territories(actor=SYSTEM, now=clock.now) == 0
    with pytest.raises(ValidationError, match="toutes les communes"):
        freeze_territory(actor=coordinator, epci=epci, period=FIRST)
    send_report(actor=coordinator, report=second)
    with pytest.raises(PermissionDenied):
        freeze_territory(actor=referent_oisy, epci=epci, period=FIRST)

    assert [freeze_due_territories(actor=SYSTEM, now=clock.now) for _ in range(2)] == [1, 0]
    seal = TerritoryReport.objects.get().sha256
    assert freeze_territory(actor=coordinator, epci=epci, period=FIRST).sha256 == seal


def test_two_who_prepare_at_once_make_one_report_for_each_commune(
    told: Visit, epci: Epci, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def slow(*args: object, **kwargs: object) -> object:
        calls.append(args)
        if len(calls) == 1:
            prepare_reports(actor=coordinator, epci=epci, period=FIRST)
        return gather(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("escale.apps.evaluation.actions.reports.gather", slow)

    assert prepare_reports(actor=coordinator, epci=epci, period=FIRST) == []
    assert Report.objects.count() == 2
