"""Residents read the next date of their commune, what changed in it, and where help comes earlier nearby."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment
from escale.apps.schedule.models import Participation, ReducedService
from escale.apps.territory.models import Commune, Mairie
from tests.apps.booking.service import resident
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
OISY = "/communes/oisy/"


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def page(path: str) -> str:
    return plain(Client().get(path))


def test_each_commune_found_shows_its_next_visit_in_full_words(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM")
    make_visit(cast, cast.oisy, day(1, 27, 2027), "PM")
    make_visit(cast, cast.oisy, day(11, 18), "PM")

    shown = page("/?q=oisy")

    assert 'mercredi 23 décembre 2026</time>, <span class="together">14 h – 17 h</span>' in shown
    assert "janvier" not in shown
    assert "novembre" not in shown


def test_a_commune_without_a_date_says_so_and_whom_to_call(cast: Cast) -> None:
    Mairie.objects.create(commune=cast.denain, phone="03 53 01 05 00")
    make_visit(cast, cast.oisy, day(12, 8))

    shown = page("/communes/denain/")

    assert "pas de date pour l’instant" in page("/?q=denain")
    assert shown.index("Appelez la mairie de Denain") < shown.index("03 53 01 05 00") < shown.index("/communes/denain/demande/")
    assert "/communes/denain/agenda.ics" in shown
    assert "Plus bas : les dates des communes voisines." in shown


def test_the_page_says_how_many_appointments_are_left_and_never_whose_the_others_are(cast: Cast) -> None:
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing="firm")
    visit = make_visit(cast, cast.oisy, day(12, 23), "PM")
    free = page(OISY)
    book_appointment(actor=SYSTEM, visit=visit, slot=1, person=resident("Patient"))
    left = page(OISY)
    book_appointment(actor=SYSTEM, visit=visit, slot=2, person=resident("Discret"))
    none = page(OISY)

    assert "2 rendez-vous libres sur 2" in free
    assert "1 rendez-vous libre sur 2" in left
    assert "Plus de rendez-vous libre cette fois" in none
    assert "Elle vous propose une autre date." in none
    assert "Patient" not in left + none


def test_the_page_of_a_commune_says_when_where_and_how(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM")

    shown = page(OISY)

    assert "La prochaine aide à Oisy" in shown
    assert "Mairie, Salle du conseil" in shown
    assert "12 rue de l’Église · entrée de plain-pied" in shown
    assert "14 h – 16 h : sans rendez-vous." in shown
    assert "16 h – 17 h : sur rendez-vous." in shown


def test_the_hours_of_a_place_win_over_those_of_the_service(cast: Cast) -> None:
    cast.oisy.premises.update(afternoon_start=dt.time(13, 30))
    make_visit(cast, cast.oisy, day(12, 23), "PM")

    assert "13 h 30 – 16 h 30" in page(OISY)


def test_a_moved_date_stands_above_all_else(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM", origin=(day(12, 9), "AM"))

    shown = page(OISY)

    assert shown.index("La date a changé à Oisy") < shown.index("<h1>")
    assert "Ce n’est plus mercredi 9 décembre 2026, matin." in shown


def test_a_cancelled_date_stands_above_all_else_and_is_no_next_date(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 9), state="cancelled")
    make_visit(cast, cast.oisy, day(1, 13, 2027))

    shown = page(OISY)

    assert shown.index("Annulé : personne ne vient à Oisy") < shown.index("<h1>")
    assert shown.index("mercredi 13 janvier 2027") > shown.index("La prochaine aide à Oisy")


def test_a_change_of_a_distant_date_alarms_nobody(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(5, 12, 2027), origin=(day(5, 5, 2027), "AM"))

    assert "La date a changé" not in page(OISY)


def test_earlier_visits_nearby_are_shown_by_date_with_their_distance(cast: Cast) -> None:
    for code, name, latitude in (("59446", "Oisy", 50.36), ("59172", "Denain", 50.33), ("59999", "Loin", 51.5)):
        commune = {"59446": cast.oisy, "59172": cast.denain}.get(code) or make_commune(cast.epci, code, name)
        type(commune).objects.filter(pk=commune.pk).update(latitude=latitude, longitude=3.4)
        make_visit(cast, commune, day(12, {"59446": 23, "59172": 8, "59999": 2}[code]))

    shown = page(OISY)

    assert "Plus tôt, dans une commune voisine" in shown
    assert "Denain</a>, à environ 4 km" in shown
    assert "Loin" not in shown


def test_a_reduced_service_is_told_while_it_holds(cast: Cast) -> None:
    ReducedService.objects.create(
        epci=cast.epci, starts=TODAY, ends=TODAY, sentence="Jusqu’à Noël, une personne sur deux est là."
    )

    assert "une personne sur deux est là" in page("/")
    assert "une personne sur deux est là" in page(OISY)


def test_visits_nearby_of_this_month_come_by_date_and_only_where_neighbours_are_welcome(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 1))
    make_visit(cast, cast.denain, day(12, 8))
    make_visit(cast, make_commune(cast.epci, "59999", "Fermée"), day(12, 3))
    Mairie.objects.create(commune=Commune.objects.get(code="59999"), welcomes_neighbours=False)

    shown = page(OISY)

    assert "Aussi ce mois-ci, dans une commune voisine" in shown
    assert "Denain</a>" in shown
    assert "Fermée" not in shown
    assert "aussi les habitants des communes voisines" in shown
    assert "Les habitants de Fermée" in page("/communes/fermee/")


def test_all_dates_of_the_year_stand_on_one_page(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM")
    make_visit(cast, cast.oisy, day(1, 13, 2027), state="cancelled")
    make_visit(cast, cast.oisy, day(2, 24, 2027), "PM", origin=(day(2, 17, 2027), "AM"))
    make_visit(cast, cast.oisy, day(11, 18))

    shown = page("/communes/oisy/dates/")

    assert shown.index("mercredi 23 décembre 2026") < shown.index("<h2>2027</h2>") < shown.index("mercredi 24 février 2027")
    assert '<span class="pill late">annulé</span>' in shown
    assert "au lieu du mercredi 17 février 2027, matin" in shown
    assert "novembre" not in shown


def test_the_poster_of_a_past_year_leads_to_the_new_dates(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM")

    assert "mercredi 23 décembre 2026" in page("/communes/oisy/?annee=2024")


def test_the_telephone_of_the_mairie_comes_with_its_hours_and_the_other_number(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM")
    Mairie.objects.create(
        commune=cast.oisy, phone="03 53 01 04 00", phone_hours="lundi, 9 h – 12 h", other_phone="03 53 01 04 01"
    )

    shown = page(OISY)

    assert "Appeler la mairie d’Oisy<br>03 53 01 04 00" in shown
    assert shown.index("lundi, 9 h – 12 h") < shown.index("03 53 01 04 01")


def test_before_any_publication_the_page_says_that_dates_will_come(cast: Cast) -> None:
    assert "Les dates ne sont pas encore fixées" in page(OISY)


def test_a_commune_whose_convention_ended_says_since_when_and_where_else_to_go(cast: Cast) -> None:
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing="firm", starts=None, ends=day(6, 30))
    make_visit(cast, cast.denain, day(12, 8))

    shown = page(OISY)

    assert "Nous ne venons plus à Oisy" in shown
    assert "mardi 30 juin 2026" in shown
    assert "Dans une commune voisine" in shown
    assert "/communes/oisy/demande/" not in shown, "nobody would answer with a date"
    assert "Nous ne venons plus à Oisy" in page("/communes/oisy/demande/")


def test_a_commune_that_is_in_no_service_has_no_page(cast: Cast) -> None:
    cast.oisy.memberships.all().delete()

    assert Client().get(OISY).status_code == 404
    assert Client().get("/communes/nulle-part/").status_code == 404


def test_fifty_communes_with_dates_cost_as_many_queries_as_two(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM")
    make_visit(cast, cast.denain, day(12, 3))
    few = queries_of(Client(), "/"), queries_of(Client(), OISY)

    for number in range(48):
        make_visit(cast, make_commune(cast.epci, f"99{number:03}", f"Commune {number}"), TODAY + dt.timedelta(days=30 + number))

    assert (queries_of(Client(), "/"), queries_of(Client(), OISY)) == few
