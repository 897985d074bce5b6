"""The planning of a commune promises its usual day, then says its dates and whatever is not ordinary about them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.schedule.models import AnnexedPattern, Plan, PlanState, Publication
from escale.apps.territory.models import Commune, Premises
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.takeaway.paper import opened, text_of
from tests.web.takeaway.tours import add_commune_with_a_year, make_plan, make_year, publish, second_tuesday

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
MINE = "/mairie/planning.pdf?annee=2027"
OISY = "/pilotage/tournee/planning/59446.pdf?annee=2027"
ALL = "/pilotage/tournee/annexes.zip?annee=2027"


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 23)


def paper(client: Client, address: str = OISY) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return text_of(response.content)


def files(client: Client, address: str = ALL) -> dict[str, bytes]:
    response = client.get(address)
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_usual_day_stands_first_as_the_commitment(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)

    told = paper(logged_in(cast.coordinator))

    assert told.index("Le deuxième mardi du mois, le matin, de 9 h à 12 h") < told.index("mardi 12 janvier 2027")
    assert "Ce jour vaut à partir du 1 er janvier 2027" in told, "« er » is raised: a piece of its own"
    assert "sans rendez-vous de 9 h à 11 h, sur rendez-vous de 11 h à 12 h" in told
    assert "Mairie, Salle du conseil" in told
    assert "12 rue de l’Église" in told
    assert "article 4" in told


def test_it_is_one_page_that_says_its_title_and_its_language(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)

    pdf = opened(logged_in(cast.coordinator).get(OISY).content)

    assert len(pdf.pages) == 1
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    assert str(pdf.Root.Lang) == "fr-FR"
    assert "Aide numérique à Oisy" in str(pdf.docinfo["/Title"])


def test_each_date_that_is_not_ordinary_says_why(cast: Cast, logged_in: LogIn) -> None:
    visits = make_year(cast)
    moved, gone, made_up, other = (visits[Month(2027, number)] for number in (3, 5, 6, 7))
    moved.date, moved.half = dt.date(2027, 3, 11), "PM"
    gone.state, gone.reason = "cancelled", "la salle est prise"
    made_up.for_month = "2027-05"
    other.date = other.origin_date = dt.date(2027, 7, 15)
    for visit in (moved, gone, made_up, other):
        visit.save()

    told = paper(logged_in(cast.coordinator))

    assert "déplacé prévu d’abord le mardi 9 mars 2027, matin" in told
    assert "annulé la salle est prise" in told
    assert "rattrapage de mai 2027" in told
    assert "autre jour" in told
    assert "Sans date pour l’instant : juin 2027." in told


def test_a_holiday_on_the_usual_day_is_named(cast: Cast, logged_in: LogIn) -> None:
    visits = make_year(cast)
    AnnexedPattern.objects.update(weekday=2)
    july = visits[Month(2027, 7)]
    july.date = july.origin_date = dt.date(2027, 7, 15)
    july.save()

    assert "autre jour le mercredi 14 juillet est férié (Fête nationale)" in paper(logged_in(cast.coordinator))


def test_the_day_that_was_agreed_before_was_usual_then(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    AnnexedPattern.objects.create(epci=cast.epci, commune=cast.oisy, nth=1, weekday=3, half="PM", starts=dt.date(2027, 12, 1))

    told = paper(logged_in(cast.coordinator))

    assert "Le premier jeudi du mois, l’après-midi" in told
    assert told.count("autre jour") == 1, "December alone"


def test_a_commitment_that_no_date_keeps_is_told_without_hours(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    AnnexedPattern.objects.update(half="PM")

    told = paper(logged_in(cast.coordinator))

    assert "Le deuxième mardi du mois, l’après-midi Ce jour" in told
    assert told.count("autre jour") == 12


def test_another_place_is_told_with_its_dates(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    hall = Premises.objects.get(commune=cast.oisy)
    library = Premises.objects.create(
        commune=cast.oisy, name="Médiathèque", rank=2, address="1 place Verte", morning_start=dt.time(8, 30)
    )
    hall.closures.create(starts=dt.date(2027, 3, 1), ends=dt.date(2027, 3, 31))

    told = paper(logged_in(cast.coordinator))

    assert library.name in told
    assert "Médiathèque (9 mars 2027, matin), 1 place Verte" in told
    assert "8 h 30 – 11 h 30" in told


def test_the_mairie_reads_its_own_and_whom_to_call(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)

    told = paper(logged_in(cast.referent), MINE)

    assert "Camille" in told
    assert "qui vient à Oisy : 03 53 01 00 21" in told
    assert cast.camille.last_name not in told
    assert "Rose" not in told


def test_a_lawyer_and_a_reader_read_no_name(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)

    for user in (cast.lawyer, cast.reader):
        assert "Camille" not in paper(logged_in(user))


def test_nothing_is_given_before_it_is_published(cast: Cast, logged_in: LogIn) -> None:
    make_plan(cast)

    assert logged_in(cast.coordinator).get(OISY).status_code == 404
    assert logged_in(cast.referent).get(MINE).status_code == 404
    assert logged_in(cast.coordinator).get(ALL).status_code == 404


def test_a_commune_without_a_date_has_no_planning(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)

    assert logged_in(cast.coordinator).get("/pilotage/tournee/planning/59172.pdf?annee=2027").status_code == 404


def test_a_draft_is_given_to_those_who_prepare_it_alone(cast: Cast, logged_in: LogIn) -> None:
    make_plan(cast, number=3)
    address = "/pilotage/tournee/3/planning/59446.pdf"

    told = paper(logged_in(cast.coordinator), address)

    assert "Brouillon n° 3" in told
    assert "mardi 12 janvier 2027" in told
    assert logged_in(cast.lawyer).get(address).status_code == 404
    assert logged_in(cast.reader).get("/pilotage/tournee/3/annexes.zip").status_code == 404


def test_a_tour_that_was_published_is_no_draft(cast: Cast, logged_in: LogIn) -> None:
    make_plan(cast, number=3, state=PlanState.PUBLISHED)

    told = paper(logged_in(cast.coordinator), "/pilotage/tournee/3/planning/59446.pdf")

    assert "Tournée n° 3" in told
    assert "Brouillon" not in told


def test_the_archive_holds_each_planning_under_a_name_of_its_own(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    add_commune_with_a_year(cast, make_commune(cast.epci, "59999", "La Sentinelle bis"))

    found = files(logged_in(cast.coordinator))

    assert sorted(found) == ["planning-2027-la-sentinelle-bis-59999.pdf", "planning-2027-oisy-59446.pdf"]
    assert "à Oisy" in text_of(found["planning-2027-oisy-59446.pdf"])


ATTACKS = ['#panic("x")', "$x$ @y <script>", "L’😀 d’or"]


@pytest.mark.parametrize("name", ATTACKS)
def test_the_name_of_a_commune_is_never_run(cast: Cast, logged_in: LogIn, name: str) -> None:
    make_year(cast)
    Commune.objects.filter(pk=cast.oisy.pk).update(name=name)
    Premises.objects.update(address=name, name=name)

    told = paper(logged_in(cast.coordinator))

    assert name.replace("😀", "?") in told


def test_fifty_plannings_cost_as_many_queries_as_one(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    client = logged_in(cast.coordinator)
    few = queries_of(client, ALL)

    for number in range(50):
        add_commune_with_a_year(cast, make_commune(cast.epci, f"99{number:03}", f"Commune {number}"))

    assert queries_of(client, ALL) == few
    assert len(files(client)) == 51


def test_a_year_that_is_published_in_part_says_what_it_has(cast: Cast, logged_in: LogIn) -> None:
    make_year(cast)
    Publication.objects.all().delete()
    publish(cast, Plan.objects.get(), months=(Month(2027, 1),))
    Visit.objects.exclude(date=second_tuesday(Month(2027, 1))).delete()

    told = paper(logged_in(cast.coordinator))

    assert "mardi 12 janvier 2027" in told
    assert "Sans date" not in told
