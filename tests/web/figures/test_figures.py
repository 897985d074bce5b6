"""The figures of a year: the same in the page and in the file, and refused to whoever may not read exact counts."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.visits.models import Cancellation
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import AgeBand, Theme
from escale.web.pictures.picture import Hidden
from tests.web.cast import Cast
from tests.web.reading import plain
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
PAGE, FILE = "/pilotage/chiffres/", "/pilotage/chiffres/chiffres.csv"


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def year(cast: Cast) -> None:
    """Two half-days of Oisy that were held, one that nobody closed, one of Denain that its commune gave up; two records."""
    make_visit(cast, cast.oisy, day(3, 24), state="held")
    make_visit(cast, cast.oisy, day(5, 28), state="held", origin=(day(5, 26), "AM"))
    make_visit(cast, cast.oisy, day(10, 27))
    make_visit(cast, cast.oisy, day(6, 23), state="cancelled")
    lost = make_visit(cast, cast.denain, day(4, 28), state="cancelled")
    now = clock.moment(cast.epci)
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    Cancellation.objects.create(visit=lost, side="commune", cause="room", is_owed=False, written_by="test", written_at=now)
    for themes, age in (({Theme.EMAIL}, AgeBand.FROM_70), ({Theme.EMAIL, Theme.HEALTH}, None)):
        said = RecordEntry(
            key=uuid.uuid4(), commune=cast.oisy.code, entered_at=now, minutes=15, themes=frozenset(themes), age=age
        )
        log_record(actor=cast.mediator, record=said)


def test_the_page_and_the_file_tell_the_same_of_a_year(cast: Cast, year: None, logged_in: LogIn) -> None:
    coordination = logged_in(cast.coordinator)

    shown = coordination.get(PAGE)
    file = coordination.get(f"{FILE}?annee=2026").content.decode("utf-8-sig")

    tables = [picture.table for picture in shown.context["found"].pictures]
    assert tables[0].rows[0][:2] == ("Denain", 0)
    assert "annulée par la commune : avril" in tables[0].rows[0][2]
    assert tables[0].rows[1][:2] == ("Oisy", 2)
    assert str(tables[0].rows[1][2]).endswith("décembre ; déplacée et tenue : mai ; passée, pas encore close : octobre")
    assert [table.rows[:2] for table in tables[1:]] == [
        (("janvier 2026", 0), ("février 2026", 0)),
        (("E-mail", 2), ("Santé", 1)),
        (("Sur place", 2), ("Par téléphone", 0)),
        (("Moins de 12 ans", 0), ("12-17 ans", 0)),
    ]
    assert tables[1].rows[-2:] == (("novembre 2026", 2), ("décembre 2026", Hidden.AHEAD))
    assert "<strong>2 accompagnements</strong>" in plain(shown)
    assert "Question renseignée pour 1 accompagnement sur 2." in plain(shown)
    lines = list(csv.reader(io.StringIO(file), delimiter=";"))
    assert ["Accompagnements par thème, 2026", "E-mail", "Accompagnements", "2"] in lines
    assert ["Accompagnements par mois, 2026", "décembre 2026", "Accompagnements", "à venir"] in lines
    assert len(lines) == 1 + sum(len(table.rows) * (len(table.head) - 1) for table in tables)


def test_a_year_without_anything_says_so_and_an_impossible_one_is_told(cast: Cast, logged_in: LogIn) -> None:
    coordination = logged_in(cast.coordinator)

    assert "Rien en 2026" in plain(coordination.get(PAGE))
    assert "« abc » n’est pas une année ; voici 2026." in plain(coordination.get(f"{PAGE}?annee=abc"))
    assert coordination.get(f"{FILE}?annee=abc").status_code == 404
    assert logged_in(cast.reader).get(PAGE).status_code == 403


def test_a_year_asks_as_little_for_many_half_days_as_for_few(cast: Cast, year: None, logged_in: LogIn) -> None:
    coordination = logged_in(cast.coordinator)
    coordination.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        coordination.get(PAGE)
    for number in range(1, 25):
        make_visit(cast, cast.denain, day(9, number), state="held")

    with CaptureQueriesContext(connection) as many:
        coordination.get(PAGE)

    assert len(many) == len(few)
