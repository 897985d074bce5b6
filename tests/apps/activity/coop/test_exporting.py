"""Our records leave in the words of La Coop, and come back the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from enum import StrEnum

import pytest
from openpyxl import load_workbook

from escale.apps.accounts.models import User
from escale.apps.activity.actions import give_coop_file, log_record, take_coop_import
from escale.apps.activity.coop.writing import COLUMNS, above, exported, rows_of
from escale.apps.activity.models import Record
from escale.apps.activity.queries import activity_counts
from escale.apps.documents.spreadsheets import csv_lines, xlsx_stream
from escale.apps.team.models import Mediator
from escale.apps.visits.models import Visit
from escale.core.activity import coop
from escale.core.activity.records import People
from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Device,
    Gender,
    Level,
    Mission,
    Orientation,
    Place,
    Procedure,
    Status,
    Theme,
)
from tests.apps.activity.writing import entry

JANUARY = dt.date(2027, 1, 1), dt.date(2027, 1, 31)


def write_some(ines: User, visit: Visit) -> None:
    every = entry(
        visit,
        minutes=45,
        themes=frozenset(Theme),
        procedures=frozenset(Procedure),
        devices=frozenset(Device) - {Device.NONE},
        autonomy=Autonomy.PARTLY,
        orientation=Orientation.SOCIAL,
        gender=Gender.FEMALE,
        status=Status.RETIRED,
        is_solved=False,
        missions=frozenset({Mission.QUALITY_OF_LIFE, Mission.RESPONSIBLE_USE, Mission.TERRITORY}),
    )
    people = People(total=8, ages={AgeBand.FROM_70: 3, AgeBand.UNKNOWN: 2}, genders={Gender.MALE: 8})
    workshop = entry(visit, kind=ActivityKind.COLLECTIVE, age=None, minutes=120, level=Level.ADVANCED, people=people)
    home = replace(entry(visit), place=Place.HOME)
    support = entry(visit, kind=ActivityKind.SUPPORT, age=None, people=People(total=2))
    for record in (every, workshop, home, support):
        log_record(actor=ines, record=record)


def workbook(coordinator: User, visit: Visit) -> bytes:
    rows = exported(coordinator, visit.epci, *JANUARY)
    lines = above(visit.epci, *JANUARY, JANUARY[1], rows.count())
    return xlsx_stream(coop.SHEET, COLUMNS, rows_of(rows), above=lines, widths=[20] * len(COLUMNS))


def test_what_leaves_comes_back_with_the_same_counts(coordinator: User, ines: User, mediator: Mediator, visit: Visit) -> None:
    write_some(ines, visit)
    content = workbook(coordinator, visit)
    Record.objects.filter(kind=ActivityKind.SUPPORT).delete()
    before = activity_counts(coordinator, visit.epci, *JANUARY)
    Record.objects.all().delete()

    row = give_coop_file(actor=coordinator, mediator=mediator, name="export.xlsx", content=content)
    take_coop_import(actor=coordinator, row=row)

    assert (row.report["refused"], row.report["left"]) == (0, [])
    assert activity_counts(coordinator, visit.epci, *JANUARY) == before


def test_another_program_reads_the_sheet(coordinator: User, ines: User, visit: Visit) -> None:
    write_some(ines, visit)

    page = load_workbook(io.BytesIO(workbook(coordinator, visit)))["activités"]
    rows = list(page.iter_rows(values_only=True))

    header = next(place for place, row in enumerate(rows) if row[0] == "Date")
    assert rows[header][:7] == (
        "Date",
        "Type",
        "Nombre de participants",
        "Bénéficiaire",
        "Canaux d'accompagnement",
        "Lieu",
        "Durée (min)",
    )
    assert len(rows) - header - 1 == exported(coordinator, visit.epci, *JANUARY).count() == 3
    first = dict(zip(rows[header], rows[header + 1], strict=True))
    assert first["Date"] == dt.datetime.combine(visit.date, dt.time.min)
    assert first["Durée (min)"] == 45
    assert not first["Bénéficiaire"]
    assert not first["Notes supplémentaires"]


def test_no_cell_of_the_csv_is_run_by_a_spreadsheet(coordinator: User, ines: User, visit: Visit) -> None:
    write_some(ines, visit)
    visit.commune.postal_codes = ["=1+1"]
    visit.commune.save()

    text = "".join(csv_lines(COLUMNS, rows_of(exported(coordinator, visit.epci, *JANUARY))))

    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row["Lieu"] for row in rows] == ["'=1+1 Oisy"] * 3
    assert rows[0]["Date"] == "2027-01-05"


@pytest.mark.parametrize(
    ("labels", "sort"),
    [
        (coop.PLACES, Place),
        (coop.THEMES, Theme),
        (coop.PROCEDURES, Procedure),
        (coop.DEVICES, Device),
        (coop.AUTONOMIES, Autonomy),
        (coop.LEVELS, Level),
        (coop.ORIENTATIONS, Orientation),
        (coop.GENDERS, Gender),
        (coop.AGES, AgeBand),
        (coop.STATUSES, Status),
    ],
)
def test_every_value_has_one_word_of_la_coop_and_is_found_by_it(labels: dict[StrEnum, str], sort: type[StrEnum]) -> None:
    assert list(labels) == list(sort)
    found = coop.found_by(labels)
    assert [found[coop.key_of(label)] for label in labels.values()] == list(sort)
