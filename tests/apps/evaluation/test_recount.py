"""The figures of two communes, counted again by hand from their rows: the same in the report and in its four forms."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from openpyxl import load_workbook

from escale.apps.accounts.models import User
from escale.apps.evaluation.actions import prepare_reports
from escale.apps.evaluation.models import Report
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period
from escale.web.reports.giving import Form, bytes_of
from escale.web.reports.showing import shown
from tests.apps.booking.service import Clock, hold_post
from tests.apps.conventions.paper import in_force
from tests.apps.evaluation.awkward import Year, live_in_the_village, live_in_town, town_of
from tests.apps.evaluation.recount import ALL_FATES, Recount, recount
from tests.web.takeaway.paper import text_of

LABELS = {"email": "E-mail", "sante": "Santé", "soixante_soixante_neuf": "60-69 ans", "soixante_dix_plus": "70 ans et plus"}
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
MONTH_BY_MONTH = "Les accompagnements, mois par mois"
HOURS = ("Les demi-journées", "heures tenues")
"""How many of them were to be held is written in the terms of each convention."""
THEMES, AGES = "De quoi il s’agissait", "Quel âge avaient les personnes"


Lines = dict[tuple[str, str], tuple[int, int | None]]


@pytest.fixture
def communes(epci: Epci, oisy: Commune, ines: User, clock: Clock) -> dict[str, Commune]:
    """A town of twenty thousand, and a village of seven hundred, on 12 January 2027."""
    clock.go("2026-01-02")
    town = town_of(epci)
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=ines)
    post = hold_post(epci, oisy, "Poste 1", mediator)
    for commune, live in ((town, live_in_town), (oisy, live_in_the_village)):
        in_force(epci, commune)
        live(Year(epci, commune, post, mediator))
    clock.go("2027-01-12")
    return {"town": town, "village": oisy}


def expected(found: Recount, due: int) -> Lines:
    """Return every line that the recount knows, as a spreadsheet tells it: how many, and out of how many."""
    n, year = found.numbers, next(iter(found.people))[:4]
    came = n["appointments honoured"] + n["appointments absent"]
    lines: Lines = {
        ("Les demi-journées", "demi-journées proposées"): (n["proposed"], due),
        ("Les demi-journées", "demi-journées tenues"): (n["held"], due),
        ("Les accompagnements", "accompagnements"): (n["people"], None),
        ("Les accompagnements", "sur rendez-vous"): (n["by appointment"], n["people"]),
        ("Les accompagnements", "sans rendez-vous"): (n["walk-in"], n["people"]),
        ("Les accompagnements", "en atelier"): (n["in workshops"], n["people"]),
        ("Les accompagnements", "activités"): (n["activities"], None),
        ("Les accompagnements", "ateliers"): (n["workshops"], None),
        ("Les accompagnements", "appuis à la commune"): (n["supports"], None),
        ("Les accompagnements", "personnes reparties sans aide"): (n["repartie_sans_aide"], None),
        ("Les accompagnements", "demandes qui n’étaient pas pour ce service"): (n["hors_cadre"], None),
        ("Les accompagnements", "urgences techniques"): (n["urgencies"], None),
        ("Les accompagnements", "urgences résolues"): (n["urgencies solved"], n["urgencies"]),
        ("Les rendez-vous", "créneaux pris"): (n["slots taken"], n["slots"]),
        ("Les rendez-vous", "personnes venues"): (n["appointments honoured"], came),
        ("Les rendez-vous", "demandes notées"): (n["requests"], None),
        ("Les rendez-vous", "demandes qui attendent"): (n["requests waiting"], n["requests"]),
        ("Les rendez-vous", "demandes sans suite"): (n["requests unmet"], n["requests"]),
        ("Les lieux", "constats favorables"): (n["checks right"], n["checks"]),
    }
    for name, label in (
        ("by_commune", "annulées par la commune"),
        ("refused", "refusées par la commune"),
        ("by_service", "annulées par le service"),
        ("waived", "abandonnées d’un commun accord"),
        ("made_up", "proposées en rattrapage"),
        ("moved", "déplacées"),
        ("untold", "passées, pas encore closes"),
    ):
        if n[name]:
            lines["Les demi-journées", label] = (n[name], None)
    for month, people in found.people.items():
        lines[MONTH_BY_MONTH, f"{MONTHS[int(month[5:]) - 1]} {year}"] = (people, None)
    return lines


def plain(text: str) -> str:
    return re.sub(r"[\s\u202f\u00a0]+", " ", text)


def page_of(report: Report) -> str:
    return plain(render_to_string("reports/_document.html", shown(report.epci, report.contents, report)))


def rows_of(page: str) -> list[list[str]]:
    """Return the cells of every row of a page."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page)
    return [[plain(strip_tags(cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def file_of(report: Report, form: Form) -> bytes:
    return bytes_of(report.epci, report.commune, report.contents, report, form)


def sheet_rows(report: Report) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(file_of(report, Form.XLSX))).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


def csv_rows(report: Report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file_of(report, Form.CSV).decode("utf-8-sig")), delimiter=";"))[1:]


def told(rows: list[list[str]]) -> dict[tuple[str, str], tuple[str, str]]:
    return {(row[4], row[5]): (row[6], row[7]) for row in rows}


def tables_agree(found: Recount, said: Mapping[tuple[str, str], tuple[str, str]]) -> int:
    """Hold the tables to the rows: what is told is true, what is kept back is somebody; return how many cells are told."""
    shown_cells = 0
    for name, part in (("themes", THEMES), ("ages", AGES)):
        counts = {LABELS[value]: count for value, count in found.tables.get(name, Counter()).items()}
        for (where, label), (count, _) in said.items():
            if where == part and label in counts:
                assert count in ("masqué", str(counts[label])), label
                assert count == "masqué" or counts[label] >= 5
                shown_cells += count != "masqué"
    return shown_cells


@pytest.mark.parametrize(("place", "least_told"), [("town", 4), ("village", 0)])
def test_a_report_says_what_its_rows_say_in_all_of_its_forms(
    communes: dict[str, Commune], epci: Epci, coordinator: User, clock: Clock, place: str, least_told: int
) -> None:
    commune, cells_told = communes[place], 0
    for period, last, due in (("2026-T1", 3, 3), ("2026", 12, 12)):
        [report] = prepare_reports(actor=coordinator, epci=epci, period=Period.parse(period), communes=[commune])
        found = recount(commune, 2026, 1, last, clock.now.date())

        cells_told += hold_the_sheets(report, found, expected(found, due))
        hold_the_page_and_the_paper(report, found, expected(found, due), due)

    assert cells_told >= least_told


def hold_the_sheets(report: Report, found: Recount, wanted: Lines) -> int:
    """Hold the CSV and the workbook to the rows; return how many cells of their tables are told."""
    in_csv = told(csv_rows(report))

    parts = {part for part, _ in wanted}
    hours, _ = in_csv.pop(HOURS)
    assert int(hours) == found.numbers["minutes"] // 60
    assert {line: said for line, said in in_csv.items() if line[0] in parts} == {
        line: (str(count), "" if of is None else str(of)) for line, (count, of) in wanted.items()
    }
    assert told(sheet_rows(report)) == told(csv_rows(report))
    return tables_agree(found, in_csv)


def hold_the_page_and_the_paper(report: Report, found: Recount, wanted: Lines, due: int) -> None:
    page, paper = page_of(report), text_of(file_of(report, Form.PDF))
    rows, sentence = rows_of(page), plain(found.sentence(due))
    assert sentence in plain(strip_tags(page))
    assert sentence in paper
    by_label = {re.sub(r" \(art\. .*?\)", "", row[0]): row for row in rows if len(row) == 2}
    for (part, label), (count, of) in wanted.items():
        words = str(count) if of is None else f"{count} sur {of}"
        if part == MONTH_BY_MONTH:
            assert by_label[label][1] == words
        elif part != "Les demi-journées":
            assert by_label[label][1] == words
            assert f"{by_label[label][0]} {words}" in paper
    assert Counter(row[1] for row in rows if len(row) == 3 and row[1] in ALL_FATES) == found.fates
