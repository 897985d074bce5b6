"""What the data show, on its page, and how it reaches the committee: the register, the agenda, the folder of a member."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.booking.kinds import Agent, Channel
from escale.apps.booking.models import Demande
from escale.apps.committee.models import Invitation, Meeting, Member, Proposal
from escale.apps.committee.queries import proposed_agenda
from escale.apps.territory.models import Commune, Epci
from escale.core.booking.motives import Motive
from tests.apps.conventions.paper import in_force

LogIn = Callable[[User], Client]
PAGE = "/pilotage/constats/"
TODAY = dt.date(2026, 11, 23)
SEEN = "Il y a plus de demandes que de places à Oisy"


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def waiting(epci: Epci, oisy: Commune, bousignies: Commune) -> Commune:
    """Three people of Oisy have waited since September."""
    for commune in (oisy, bousignies):
        in_force(epci, commune)
    at = dt.datetime(2026, 9, 14, 9, tzinfo=dt.UTC)
    kept = {"asked_at": at, "written_at": at, "written_by": "test", "written_as": Agent.COMMUNE.value}
    for name in ("Un", "Deux", "Trois"):
        how = {"motive": Motive.PAPERS.value, "channel": Channel.MAIRIE.value, **kept}
        Demande.objects.create(epci=epci, commune=oisy, name=name, **how)
    return oisy


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_without_anything_to_say_the_page_tells_what_is_watched(coordinator: User, logged_in: LogIn) -> None:
    page = words(logged_in(coordinator), PAGE)

    assert "Aucun constat aujourd’hui" in page
    assert "à chacune des 6 dernières demi-journées tenues" in page


def test_an_insight_becomes_a_proposal_with_what_led_to_it(
    coordinator: User, reader: User, waiting: Commune, logged_in: LogIn
) -> None:
    client = logged_in(coordinator)
    page = words(client, PAGE)
    form = client.get(f"{PAGE}demande/proposer/").context["form"]
    client.post(f"{PAGE}demande/proposer/", {"words": form.initial["words"], "communes": [waiting.pk]})
    row = Proposal.objects.get()

    assert SEEN in page
    assert "3 demandes sans rendez-vous sur 3" in page
    assert form.initial["communes"] == [waiting]
    assert row.observation.startswith(SEEN)
    assert list(row.communes.all()) == [waiting]
    assert "Déjà au registre" in words(client, PAGE)
    assert client.get(f"{PAGE}trajets/proposer/").status_code == 404
    assert "En faire une proposition" not in words(logged_in(reader), PAGE)


def test_the_agenda_and_the_folder_tell_a_member_of_their_commune_alone(
    epci: Epci, waiting: Commune, bousignies: Commune
) -> None:
    meeting = Meeting.objects.create(epci=epci, date=dt.date(2027, 1, 12), hour=dt.time(14), place="Wallers", agenda="1. Rien")
    folders = {}
    for commune in (waiting, bousignies):
        named = {"first_name": "Paul", "last_name": "Dubois", "function": "maire", "email": f"{commune.code}@exemple.fr"}
        member = Member.objects.create(epci=epci, commune=commune, starts=dt.date(2025, 1, 1), **named)
        key = Invitation.objects.create(meeting=meeting, member=member).key
        folders[commune] = words(Client(), f"/repondre/comite/{key}/ce-qui-ne-va-pas/")

    agenda = proposed_agenda(epci, TODAY)
    assert f"Constat : {SEEN} (art. 3-1 et 4)" in agenda
    assert "attendent une place" not in agenda
    assert "Il y a plus de demandes que de places : 3 demandes sans rendez-vous sur 3." in folders[waiting]
    assert "plus de demandes" not in folders[bousignies]
    assert "Oisy" not in folders[bousignies]
    assert "<li>3 demandes sans rendez-vous sur 3." in folders[bousignies]
