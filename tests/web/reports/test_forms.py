"""The same figures in the page, the PDF, the CSV and the workbook; and what a mairie and the coordination do with them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.html import strip_tags
from openpyxl import load_workbook

from escale.apps.accounts.models import User
from escale.apps.evaluation.models import Report
from escale.apps.evaluation.wording import Line, lines_of
from escale.apps.territory.models import Commune, Epci
from escale.core.documents.typography import typeset
from tests.apps.conventions.paper import in_force
from tests.web.reports.world import PERIOD, sent_report
from tests.web.takeaway.paper import text_of


@pytest.fixture
def report(epci: Epci, oisy: Commune) -> Report:
    in_force(epci, oisy)
    return sent_report(epci, oisy)


def plain(text: str) -> str:
    return re.sub(r"[\s\u202f\u00a0]+", " ", text)


def lines(report: Report) -> list[Line]:
    return lines_of(report.contents)


def test_every_figure_is_the_same_in_the_page_the_pdf_the_csv_and_the_workbook(report: Report, client: Client) -> None:
    page = plain(strip_tags(client.get(f"/rapport/{report.key}/").content.decode()))
    paper = plain(text_of(client.get(f"/rapport/{report.key}/rapport.pdf").content))
    rows = list(
        csv.reader(io.StringIO(client.get(f"/rapport/{report.key}/rapport.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    book = load_workbook(io.BytesIO(client.get(f"/rapport/{report.key}/rapport.xlsx").content))

    told = [(one.part, one.label, "masqué" if one.count is None else str(one.count), str(one.of or "")) for one in lines(report)]
    assert [(row[4], row[5], row[6], "" if row[7] in ("", "0") else row[7]) for row in rows[1:]] == told
    sheet = [[str(cell) for cell in row[4:7]] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert sheet == [list(one[:3]) for one in told]
    in_tables = [one for one in lines(report) if one.part in ("Les accompagnements", "Les rendez-vous", "De quoi il s’agissait")]
    assert len(in_tables) > 10
    for one in in_tables:
        article = f" (art. {one.article})" if one.article else ""
        said = plain(typeset(f"{one.label}{article} {one.words}" if one.count is not None else f"Masqués : {one.label}."))
        assert said in page
        assert said in paper


def test_a_table_that_hides_everything_says_so_in_a_sentence(report: Report, client: Client) -> None:
    page = plain(strip_tags(client.get(f"/rapport/{report.key}/").content.decode()))

    assert "Femmes et hommes : trop peu de personnes pour le dire sans en désigner une." in page
    assert "Féminin" not in page


def test_a_wrong_key_opens_nothing(report: Report, client: Client) -> None:
    assert client.get("/rapport/une-autre-cle/").status_code == 404
    assert client.get("/rapport/une-autre-cle/rapport.pdf").status_code == 404
    assert client.post("/rapport/une-autre-cle/bien-recu/").status_code == 404


def test_one_click_says_that_the_mairie_read_it(report: Report, client: Client) -> None:
    answer = client.post(f"/rapport/{report.key}/bien-recu/", follow=True)

    assert "La commune l’a dit le" in answer.content.decode()
    assert Report.objects.get().acknowledged_by == f"report:{report.pk}"


def test_the_coordination_is_told_beside_the_field_why_a_rectification_needs_words(
    report: Report, client: Client, coordinator: User
) -> None:
    client.force_login(coordinator)

    answer = client.post(f"/pilotage/rapports/{PERIOD}/59446/rectifier/", {"because": " "})

    assert "Dire ce que la rectification corrige" in answer.content.decode()
    assert Report.objects.count() == 1


def test_the_command_writes_the_same_bytes_as_the_page(report: Report, client: Client, tmp_path: Path) -> None:
    one, folder = tmp_path / "oisy.pdf", tmp_path / "tous"

    call_command("report", commune="59446", period=PERIOD, out=one)
    call_command("report", "--all", period=PERIOD, format="csv", out=folder)

    assert one.read_bytes() == client.get(f"/rapport/{report.key}/rapport.pdf").content
    [written] = folder.iterdir()
    assert written.read_bytes() == client.get(f"/rapport/{report.key}/rapport.csv").content
    bad = (
        ({"period": "T3"}, "écrire par exemple"),
        ({"commune": "59100"}, "Aucune convention"),
        ({"period": "2098"}, "commencé"),
    )
    for wrong, words in bad:
        with pytest.raises(CommandError, match=words):
            call_command("report", **{"commune": "59446", "period": PERIOD, "out": one, **wrong})


def test_a_period_that_is_not_one_or_has_not_begun_is_not_found(report: Report, client: Client, coordinator: User) -> None:
    client.force_login(coordinator)

    assert client.get("/pilotage/rapports/2026-T5/59446/").status_code == 404
    assert client.get("/pilotage/rapports/2098/59446/").status_code == 404
    for typed in ("n-importe-quoi", "2999", "1900"):
        assert client.get(f"/pilotage/rapports/?periode={typed}").status_code == 200
    asked = client.post("/pilotage/rapports/lots/", {"period": "T3"})
    assert "écrire par exemple « 2026-T3 »" in plain(asked.content.decode())
