"""What the coordination learns of the service without asking: incidents that name nobody, late transmissions, what presses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.activity.models import ActivitySource, Incident
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment
from escale.apps.booking.models import Appointment
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.actions import open_permanence
from escale.apps.team.models import Mediator, Post
from escale.apps.territory import clock
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Window
from tests.apps.booking.service import resident
from tests.web.cast import Cast
from tests.web.service.test_service import page, post
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A half-day of Oisy, tomorrow."""
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value)
    return make_visit(cast, cast.oisy, day(11, 24), "PM")


def test_an_incident_is_read_with_its_place_and_announced_on_the_first_page(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    coordination, now = logged_in(cast.coordinator), clock.moment(cast.epci)
    mediator = Mediator.objects.create(epci=cast.epci, first_name="Camille", last_name="Exemple")
    assert "Rien n’a été noté." in page(coordination, "/pilotage/service/suivi/")

    Incident.objects.create(mediator=mediator, visit=visit, kind="tension", words="le ton est monté", noted_at=now)
    Incident.objects.create(mediator=mediator, kind="autre", words="trop ancien", noted_at=now - dt.timedelta(days=91))

    shown = page(coordination, "/pilotage/service/suivi/")
    assert "Tension, mots déplacés</strong> : « le ton est monté »" in shown
    assert "passage à Oisy</a>, noté par Camille" in shown
    assert "trop ancien" not in shown
    assert "L’équipe a noté un incident depuis une semaine." in page(coordination, "/pilotage/")


def test_a_late_transmission_tells_its_delay_and_nobody(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    row = book_appointment(actor=SYSTEM, visit=visit, slot=1, person=resident("Secret"))
    asked = row.asked_at - dt.timedelta(hours=51)
    Appointment.objects.filter(pk=row.pk).update(asked_at=asked, transmitted_at=asked + dt.timedelta(hours=50))

    shown = page(logged_in(cast.coordinator), "/pilotage/service/suivi/")

    assert "Un rendez-vous a mis plus de 24 heures (art. 3-1)" in shown
    assert "Oisy</a>, rendez-vous du mardi 24 novembre 2026 : transmis en 2 jours 2 h" in shown
    assert "Secret" not in shown


def test_the_first_page_tells_what_is_not_confirmed_and_what_is_not_closed(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    make_visit(cast, cast.denain, day(11, 3), "AM")

    shown = page(logged_in(cast.coordinator), "/pilotage/")

    assert "Un passage n’est pas confirmé par la mairie, d’ici au mercredi 25 novembre 2026." in shown
    assert "Un passage n’est pas clos après 3 jours." in shown


def test_the_coordination_says_where_a_mediator_writes_the_records(cast: Cast, logged_in: LogIn) -> None:
    mediator = Mediator.objects.create(epci=cast.epci, first_name="Camille", last_name="Exemple")
    coordination, address = logged_in(cast.coordinator), f"/pilotage/equipe/fiches/{mediator.pk}/"

    assert "Choisir où se font les fiches." in post(coordination, address, source="")
    assert "Camille : c’est enregistré." in post(coordination, address, source="coop")

    assert ActivitySource.objects.get().source == "coop"


def test_a_permanence_stands_in_the_week_of_the_tour(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    open_permanence(
        actor=SYSTEM,
        post=Post.objects.get(pk=visit.post_id),
        commune=cast.denain,
        place="Médiathèque",
        window=Window.parse("WED_AM"),
        opens=dt.time(9, 30),
        closes=dt.time(12),
        starts=day(11, 4),
        every=1,
    )

    shown = page(logged_in(cast.coordinator), "/pilotage/tournee/semaine/2026-11-23/")

    assert "matin, 9 h 30 – 12 h : permanence, Denain" in shown
