"""When a morning goes wrong: said in one form, by whoever is there; the public and the calendars read it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import book_appointment
from escale.apps.booking.models import Appointment
from escale.apps.booking.news import lines_for, news_of
from escale.apps.booking.wording import letter_of
from escale.apps.messaging.feeds import Feed, open_feed
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import Mairie, Premises, Room
from escale.apps.visits.models import Visit
from tests.apps.booking.service import reached_by_phone, resident
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
OTHERS = {"mediator": "/terrain", "desk": "/mairie", "coordinator": "/pilotage/service"}


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    settings.ADDRESS = "https://aide.exemple.fr"


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A half-day of Oisy, tomorrow, with one appointment."""
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value)
    Mairie.objects.create(commune=cast.oisy, phone="03 27 00 00 11", phone_hours="le matin")
    visit = make_visit(cast, cast.oisy, day(11, 24), "PM")
    book_appointment(actor=SYSTEM, visit=visit, slot=1, person=reached_by_phone("Secret"))
    return visit


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return plain(response)


def post(client: Client, address: str, **answers: Any) -> str:
    response = client.post(address, answers, follow=True)
    return plain(response)


@pytest.mark.parametrize("who", OTHERS)
def test_each_of_the_three_cancels_in_one_form_and_everyone_reads_it_at_once(
    cast: Cast, visit: Visit, logged_in: LogIn, who: str
) -> None:
    feed = f"/agenda/{open_feed(actor=SYSTEM, feed=Feed.of_commune(cast.epci, cast.oisy)).key}.ics"
    before = Client().get(feed).content.decode()
    client, where = logged_in(getattr(cast, who)), f"{OTHERS[who]}/imprevu/{visit.pk}/"
    assert "Ce passage n’aura pas lieu" in page(client, where)

    shown = post(client, f"{where}annuler/", side="service" if who != "desk" else "commune", cause="weather", force_majeure="on")

    assert "Le passage d’Oisy n’a pas lieu" in shown
    assert "03 27 00 00 11" in shown
    assert "Annulé : personne ne vient à Oisy" in page(Client(), "/communes/oisy/")
    assert "STATUS:CANCELLED" not in before
    assert "STATUS:CANCELLED" in Client().get(feed).content.decode()


def test_the_mediator_of_the_day_and_the_mairie_read_the_names_and_the_coordination_says_why(
    cast: Cast, visit: Visit, logged_in: LogIn
) -> None:
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    for who, where in OTHERS.items():
        shown = page(logged_in(getattr(cast, who)), f"{where}/imprevu/{visit.pk}/fait/")
        assert ("Jean Secret" in shown) is (who != "coordinator")

    coordination = logged_in(cast.coordinator)
    address = f"/pilotage/service/imprevu/{visit.pk}/fait/"
    refused = post(coordination, address, reason=" ")
    response = coordination.post(address, {"reason": "prévenir"})

    assert "Jean Secret" not in refused
    assert "Jean Secret</strong>, 16" in response.content.decode(), "the hour of each appointment"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Entry.objects.get(event="booking.people_revealed").details == {"reason": "prévenir", "appointments": 1}


def test_a_colleague_reads_the_names_on_the_day_alone(cast: Cast, visit: Visit, logged_in: LogIn, settings: Settings) -> None:
    colleague, address = logged_in(cast.mediator), f"/terrain/imprevu/{visit.pk}/fait/"
    assert colleague.post(address, {"reason": "prévenir"}).status_code == 403

    settings.ESCALE_TODAY = visit.date

    assert "Jean Secret" in post(colleague, address, reason="prévenir")
    assert Entry.objects.filter(event="booking.people_revealed").count() == 1


def test_the_people_whom_a_cancelled_visit_left_are_ticked_once_told(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    desk, where = logged_in(cast.desk), f"/mairie/imprevu/{visit.pk}/"
    shown = post(desk, f"{where}annuler/", cause="heating")
    assert "Jean Secret" in shown
    ticks = [part.split('"')[0] for part in shown.split('action="') if "/prevenu/" in part.split('"')[0]]
    assert len(ticks) == 1

    post(desk, ticks[0])

    assert "Jean Secret" not in page(desk, f"{where}fait/")


def test_a_free_colleague_takes_the_half_day(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    other = Post.objects.create(epci=cast.epci, label="Poste 2", base=cast.denain)
    sacha = Mediator.objects.create(epci=cast.epci, first_name="Sacha", last_name="Exemple")
    Occupancy.objects.create(post=other, mediator=sacha, starts=day(1, 5))
    coordination, where = logged_in(cast.coordinator), f"/pilotage/service/imprevu/{visit.pk}/"
    assert "Sacha" in page(coordination, where)
    assert "Sacha" not in page(logged_in(cast.desk), f"/mairie/imprevu/{visit.pk}/")

    shown = post(coordination, f"{where}collegue/", post=other.pk)

    assert "Le passage d’Oisy a lieu" in shown
    assert Visit.objects.get(pk=visit.pk).post == other
    assert "n’est plus libre" in post(coordination, f"{where}collegue/", post=other.pk)


def test_another_room_shows_at_once_to_the_public(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    hall = Premises.objects.create(commune=cast.oisy, name="Salle des fêtes", rank=2, address="place du Marais")
    desk = logged_in(cast.desk)

    post(desk, f"/mairie/imprevu/{visit.pk}/salle/", place=hall.pk)

    shown = page(Client(), "/communes/oisy/")
    assert "Salle des fêtes" in shown
    assert "place du Marais" in shown
    elsewhere = Premises.objects.create(commune=cast.denain, name="Ailleurs")
    assert "n’est plus ouvert" in post(desk, f"/mairie/imprevu/{visit.pk}/salle/", place=elsewhere.pk)


def test_another_room_of_the_same_place_is_proposed_too(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    here = Premises.objects.get(commune=cast.oisy)
    upstairs = Room.objects.create(premises=here, name="Bureau du premier étage", rank=9, is_private=True)
    desk, where = logged_in(cast.desk), f"/mairie/imprevu/{visit.pk}/"
    assert "Bureau du premier étage" in page(desk, where)

    post(desk, f"{where}salle/", place=f"{here.pk}-{upstairs.pk}")

    assert "Bureau du premier étage" in page(Client(), "/communes/oisy/")
    news = news_of(Appointment.objects.get().tellings.get(), lines_for([visit.pk]))
    assert news is not None
    assert "Bureau du premier étage" in letter_of(news)


def test_whom_only_the_mairie_reaches_is_told_by_it_of_another_room(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    hall = Premises.objects.create(commune=cast.oisy, name="Salle des fêtes", rank=2)
    book_appointment(actor=SYSTEM, visit=visit, slot=2, person=resident("Voisin"))
    desk = logged_in(cast.desk)

    post(desk, f"/mairie/imprevu/{visit.pk}/salle/", place=hall.pk)

    shown = page(desk, "/mairie/rendez-vous/a-prevenir/")
    assert "Voisin" in shown
    assert "c’est maintenant Salle des fêtes" in shown
    assert "Secret" not in shown, "a message tells whoever has a telephone"


def test_a_mairie_does_not_answer_for_who_does_not_come(cast: Cast, visit: Visit, logged_in: LogIn, settings: Settings) -> None:
    desk, where = logged_in(cast.desk), f"/mairie/imprevu/{visit.pk}/"
    settings.ESCALE_TODAY = visit.date

    shown = page(desk, where)

    assert f"/mairie/passages/{visit.pk}/point/" in shown
    assert "Absence de la médiatrice" not in shown
    assert "Choisir une raison de la liste." in post(desk, f"{where}annuler/", cause="absence")
    assert Visit.objects.get(pk=visit.pk).state == "planned"


def test_a_form_that_says_nothing_is_refused_beside_its_fields(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    shown = post(logged_in(cast.mediator), f"/terrain/imprevu/{visit.pk}/annuler/", side="service")

    assert "Choisir la raison la plus proche." in shown
    assert Visit.objects.get(pk=visit.pk).state == "planned"


def test_what_names_a_secret_is_refused_beside_the_words(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    answers = {"side": "service", "cause": "other", "reason": "la porte a le code 1234"}

    assert "field-error" in post(logged_in(cast.mediator), f"/terrain/imprevu/{visit.pk}/annuler/", **answers)
    assert Visit.objects.get(pk=visit.pk).state == "planned"


def test_a_mairie_does_not_reach_the_visit_of_another(cast: Cast, logged_in: LogIn) -> None:
    other = make_visit(cast, cast.denain, day(11, 25), "PM")
    desk = logged_in(cast.desk)

    assert desk.get(f"/mairie/imprevu/{other.pk}/").status_code == 404
    assert desk.post(f"/mairie/imprevu/{other.pk}/annuler/", {"cause": "weather"}).status_code == 404
    assert Visit.objects.get(pk=other.pk).state == "planned"


def test_the_notice_for_the_door_is_a_pdf_that_names_nobody(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    response = logged_in(cast.desk).get(f"/mairie/imprevu/{visit.pk}/affichette.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("who", OTHERS)
def test_the_list_begins_with_today_and_asks_as_much_for_one_visit_as_for_many(cast: Cast, logged_in: LogIn, who: str) -> None:
    client, address = logged_in(getattr(cast, who)), f"{OTHERS[who]}/imprevu/"
    make_visit(cast, cast.oisy, TODAY, "PM")
    assert "Aujourd’hui" in page(client, address)
    few = queries_of(client, address)
    for number in (24, 25, 26, 27):
        make_visit(cast, cast.oisy, day(11, number), "PM")

    assert queries_of(client, address) == few


def test_the_first_page_leads_to_whom_to_call_and_on_the_day_to_an_absence(
    cast: Cast, visit: Visit, logged_in: LogIn, settings: Settings
) -> None:
    desk = logged_in(cast.desk)
    absent, called = f"/mairie/passages/{visit.pk}/point/", f"/mairie/imprevu/{visit.pk}/fait/"
    assert absent not in page(desk, "/mairie/")
    settings.ESCALE_TODAY = visit.date
    assert absent in page(desk, "/mairie/")

    post(desk, f"/mairie/imprevu/{visit.pk}/annuler/", cause="power")

    shown = page(desk, "/mairie/")
    assert called in shown
    assert "/mairie/coordonnees/" in shown
