"""The whole year on one sheet, and in a spreadsheet that opens as it should and can be read back."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.documents.rendering import Layout, to_pdf
from escale.apps.schedule.models import Participation, Plan, PlannedVisit, Standing
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.months import Month
from escale.web.steering.tour.year import Cell, Gap, Line, Shown, Tour, YearVisit
from escale.web.takeaway.year import title_of, year_of
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.takeaway.paper import opened, text_of
from tests.web.takeaway.tours import MONTHS, add_commune_with_a_year, make_plan, make_year, second_tuesday

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
YEAR = "/pilotage/tournee/annee"
HEADER = ["Commune", "Code INSEE", "Date", "Demi-journée", "Début", "Fin", "Médiateur", "Jour habituel", "Remarque"]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 4)


def rows(client: Client, address: str = f"{YEAR}.csv") -> list[list[str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def line(number: int) -> Line:
    """Return a commune with a long name, visited each month."""
    visits = [
        YearVisit(key=1, commune=number, post=number % 2, date=second_tuesday(month), half="AM", for_month=str(month))
        for month in MONTHS
    ]
    return Line(
        key=number,
        code=f"{number:05}",
        name=f"Wavrechain-sous-Denain {number}",
        sort_key=f"{number:05}",
        is_expected=False,
        post=number % 2,
        usual=(2, 1, "AM"),
        agreed=None,
        cells=tuple(
            Cell(month=month, visits=(Shown(visit=visit, is_usual=number % 7 != 0),))
            for month, visit in zip(MONTHS, visits, strict=True)
        ),
    )


@pytest.mark.parametrize(("communes", "pages"), [(0, 1), (1, 1), (47, 1), (158, 4)])
def test_the_year_of_47_communes_is_one_sheet_and_more_flow_on_under_the_same_header(communes: int, pages: int) -> None:
    tour = Tour(months=MONTHS, lines=tuple(map(line, range(communes))), posts={0: "Poste 1", 1: "Poste 2"})
    epci = Epci(siren="200042190", name="La Porte du Hainaut")

    pdf = to_pdf(year_of(epci, tour, title=title_of(MONTHS), date=dt.date(2026, 12, 1)), Layout.YEAR)

    found = opened(pdf)
    assert len(found.pages) <= pages
    assert [round(float(side)) for side in found.pages[0].mediabox[2:]] == [1191, 842], "A3, landscape"
    assert text_of(pdf).count("Jour habituel janv.") == len(found.pages)
    assert f"{communes} commune" in text_of(pdf)


def test_the_sheet_says_what_stands_out_and_what_it_means(cast: Cast, logged_in: LogIn) -> None:
    visits = make_year(cast)
    moved, gone = visits[Month(2027, 3)], visits[Month(2027, 5)]
    moved.date, moved.half = dt.date(2027, 3, 11), "PM"
    gone.state = "cancelled"
    moved.save()
    gone.save()

    told = text_of(logged_in(cast.coordinator).get(f"{YEAR}.pdf").content)

    assert "La tournée 2027" in told
    assert "Oisy 2e mardi, matin 12 9 jeu 11 ap.-m. 13 sans date 8" in told
    assert "jeu 8 : un autre jour" in told
    assert "sans date : aucun passage ce mois-là" in told


def test_what_is_only_expected_stands_on_drafts_alone(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    Participation.objects.create(epci=cast.epci, commune=cast.denain, standing=Standing.EXPECTED.value)
    plan = make_plan(cast, number=2)
    post = cast.camille.occupancies.get().post
    for kept in (plan, Plan.objects.get(number=1)):
        PlannedVisit.objects.create(
            plan=kept, commune=cast.denain, post=post, date=dt.date(2027, 3, 2), half="AM", for_month="2027-03"
        )
    client = logged_in(cast.coordinator)

    assert "Denain" not in text_of(client.get(f"{YEAR}.pdf").content)
    assert "Denain (attendue)" in text_of(client.get("/pilotage/tournee/2/annee.pdf").content)
    assert "Denain" not in client.get(f"{YEAR}.csv").content.decode()


def test_the_names_of_the_team_are_for_those_who_see_it(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)

    assert "Camille" in text_of(logged_in(cast.coordinator).get(f"{YEAR}.pdf").content)
    for user in (cast.lawyer, cast.reader):
        assert "Camille" not in text_of(logged_in(user).get(f"{YEAR}.pdf").content)
        assert {row[6] for row in rows(logged_in(user))[1:]} == {"Médiateur n° 1"}


def test_a_csv_has_a_row_for_each_visit_to_be_held(cast: Cast, logged_in: LogIn) -> None:
    visits = make_year(cast)
    gone, made_up = visits[Month(2027, 5)], visits[Month(2027, 6)]
    gone.state, made_up.for_month = "cancelled", "2027-05"
    gone.save()
    made_up.save()

    found = rows(logged_in(cast.coordinator))

    assert found[0] == HEADER
    assert found[1] == ["Oisy", "59446", "2027-01-12", "matin", "09:00", "12:00", "Poste 1", "2e mardi, matin", ""]
    assert [row[2] for row in found[1:]] == [str(second_tuesday(month)) for month in MONTHS if month.number != 5]
    assert [row[8] for row in found[1:] if row[8]] == ["rattrapage de mai 2027"]


def test_a_name_that_looks_like_a_formula_leaves_as_text(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    Commune.objects.filter(pk=cast.oisy.pk).update(name="=1+1")

    assert rows(logged_in(cast.coordinator))[1][0] == "'=1+1"


def test_a_workbook_has_the_same_rows_with_real_dates(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)

    response = logged_in(cast.coordinator).get(f"{YEAR}.xlsx")

    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEADER
    day = sheet["C2"].value
    assert isinstance(day, dt.datetime)
    assert day.date() == dt.date(2027, 1, 12)
    assert sheet["E2"].value == dt.time(9)
    assert sheet.max_row == 13
    assert response.headers["Content-Disposition"] == 'attachment; filename="tournee-2027.xlsx"'


def test_a_draft_leaves_with_its_own_dates(cast: Cast, logged_in: LogIn) -> None:
    make_plan(cast, number=2)
    client = logged_in(cast.coordinator)

    assert len(rows(client, "/pilotage/tournee/2/annee.csv")) == 13
    assert "Brouillon n° 2" in text_of(client.get("/pilotage/tournee/2/annee.pdf").content)
    assert client.get("/pilotage/tournee/2/annee.xlsx").status_code == 200
    for user in (cast.lawyer, cast.reader):
        assert logged_in(user).get("/pilotage/tournee/2/annee.csv").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "csv", "xlsx"])
def test_fifty_communes_cost_as_many_queries_as_one(cast: Cast, logged_in: LogIn, kind: str) -> None:
    make_year(cast)
    client = logged_in(cast.coordinator)
    few = queries_of(client, f"{YEAR}.{kind}")

    for number in range(50):
        add_commune_with_a_year(cast, make_commune(cast.epci, f"99{number:03}", f"Commune {number}"))

    assert queries_of(client, f"{YEAR}.{kind}") == few


@pytest.mark.parametrize("year", ["", "abc", "20271", "-1", "9999", "2026"])
def test_a_year_that_is_none_or_empty_is_not_followed(cast: Cast, logged_in: LogIn, year: str) -> None:
    make_year(cast)

    status = logged_in(cast.coordinator).get(f"{YEAR}.csv?annee={year}").status_code

    assert status == (404 if year == "2026" else 200), "2027 is the year of today"


def test_the_page_offers_what_there_is(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.coordinator)

    before = client.get("/pilotage/tournee/emporter/").content.decode()
    make_year(cast)
    after = client.get("/pilotage/tournee/emporter/").content.decode()

    assert "Rien n’est publié pour 2027" in before
    assert "annee.pdf?annee=2027" not in before
    for name in ("annee.pdf", "annee.csv", "annee.xlsx", "annexes.zip"):
        assert f"{name}?annee=2027" in after
    assert "/pilotage/tournee/agenda/" in after
    assert "/pilotage/tournee/agenda/" not in logged_in(cast.lawyer).get("/pilotage/tournee/emporter/").content.decode()


def test_a_month_that_waits_for_its_publication_says_so() -> None:
    waiting = Tour(
        months=MONTHS[:1],
        lines=(
            Line(
                key=1,
                code="59446",
                name="Oisy",
                sort_key="oisy",
                is_expected=False,
                post=None,
                usual=None,
                agreed=None,
                cells=(Cell(month=MONTHS[0], gap=Gap.UNPUBLISHED),),
            ),
        ),
        posts={},
    )

    document = year_of(Epci(name="X"), waiting, title=title_of(MONTHS[:1]), date=dt.date(2027, 1, 4))

    assert document.title == "La tournée de janvier 2027"
    assert "à venir : mois pas encore publié" in text_of(to_pdf(document, Layout.YEAR))
