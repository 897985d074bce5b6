"""A mairie takes the appointments that people ask for and notes them in time (art. 3-1)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from escale.apps.booking.models import Appointment
from escale.apps.conventions.models import Convention
from escale.apps.obligations.kept import Status
from escale.apps.obligations.queries import kept_on
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, in_force

pytestmark = pytest.mark.django_db
ON = day("2026-11-23")


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    return in_force(epci, oisy)


def take(epci: Epci, oisy: Commune, *, asked: str, hours: float, written_as: str = "commune") -> None:
    """Have an appointment at the office noted some hours after it was asked for."""
    moment = timezone.make_aware(dt.datetime.fromisoformat(f"{asked}T10:00"))
    post, _ = Post.objects.get_or_create(epci=epci, label="Poste 9", base=oisy)
    Appointment.objects.create(
        epci=epci,
        asking=oisy,
        kind="office",
        post=post,
        date=ON,
        half="PM",
        first_slot=1,
        slot_minutes=30,
        position="LAST",
        name="Exemple",
        channel="mairie",
        motive="OTHER",
        asked_at=moment,
        written_at=moment + dt.timedelta(hours=hours),
        state_at=moment,
        written_by="test",
        written_as=written_as,
    )


def told(convention: Convention) -> tuple[Status, str]:
    (found,) = kept_on([convention], ON).values()
    return next((one.status, one.told) for one in found if one.obligation.id == "C-3.1-3")


def test_appointments_that_are_noted_in_time_are_kept(epci: Epci, oisy: Commune, convention: Convention) -> None:
    take(epci, oisy, asked="2026-11-10", hours=23)

    assert told(convention) == (Status.MET, "1 rendez-vous pris depuis trois mois, transmis en moins de 24 heures")


def test_one_that_is_noted_too_late_is_told(epci: Epci, oisy: Commune, convention: Convention) -> None:
    take(epci, oisy, asked="2026-11-10", hours=1)
    take(epci, oisy, asked="2026-11-12", hours=25)

    assert told(convention) == (Status.AT_RISK, "2 rendez-vous pris depuis trois mois, dont 1 transmis après 24 heures")


@pytest.mark.parametrize(("asked", "written_as"), [("2026-08-01", "commune"), ("2026-11-10", "mediator")])
def test_old_ones_and_those_of_the_team_are_not_the_mairies(
    epci: Epci, oisy: Commune, convention: Convention, asked: str, written_as: str
) -> None:
    take(epci, oisy, asked=asked, hours=48, written_as=written_as)

    assert told(convention) == (
        Status.NOT_MEASURED,
        "pas encore mesuré : aucun rendez-vous noté par la mairie depuis trois mois",
    )
