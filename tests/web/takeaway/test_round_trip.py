"""What leaves in a spreadsheet is read back by the import of a tour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.documents.reading.files import read_tables
from escale.apps.schedule.imports.headers import Column, find_headers
from escale.apps.schedule.imports.values import read_date, read_half, read_usual
from escale.core.calendar.halfdays import Half
from tests.web.cast import Cast
from tests.web.takeaway.tours import MONTHS, make_year, second_tuesday

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_column_is_recognised_and_each_value_read(
    cast: Cast, logged_in: Callable[[User], Client], settings: Settings, kind: str
) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 4)
    make_year(cast)
    content = logged_in(cast.coordinator).get(f"/pilotage/tournee/annee.{kind}").content

    table, headers = find_headers(read_tables(content, "tournée"))

    told = [row for row in table.rows if row is not headers.row]
    assert set(headers.columns) == set(Column)
    assert [read_date(headers.of(row, Column.DATE))[0] for row in told] == [second_tuesday(month) for month in MONTHS]
    assert {read_half(headers.of(row, Column.HALF)) for row in told} == {Half.AM}
    assert {headers.of(row, Column.MEDIATOR) for row in told} == {"Poste 1"}
    assert {headers.of(row, Column.CODE) for row in told} == {"59446"}
    [(nth, window)] = {read_usual(headers.of(row, Column.USUAL)) for row in told}
    assert (nth, window.words) == (2, "mardi matin")
