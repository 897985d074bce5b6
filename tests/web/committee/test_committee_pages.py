"""The coordination leads the committee on its pages; members read their folder without an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.committee.models import Invitation, Meeting, MeetingState, Proposal
from escale.apps.territory.models import Commune
from tests.apps.conventions.paper import in_force
from tests.web.reading import plain

LogIn = Callable[[User], Client]
BOARD = "/pilotage/comite/"
TODAY = dt.date(2026, 11, 23)
PAGES = ("ma-commune", "ce-qui-ne-va-pas", "ce-que-nous-decidons", "ce-que-cela-coute")


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return plain(response)


def member(**changed: str) -> dict[str, str]:
    known = {"first_name": "Paul", "last_name": "Dubois", "function": "maire", "email": "paul@exemple.fr"}
    return {**known, "starts": "2025-01-01", **changed}


def beside(field: str, response: Any) -> str:
    """Return what stands beside a field that was refused, up to the next field."""
    return str(plain(response).partition(f'id="id_{field}_error"')[2].partition("<label")[0])


def test_a_meeting_is_played_from_its_plan_to_its_minutes(coordinator: User, oisy: Commune, logged_in: LogIn) -> None:
    in_force(coordinator.roles.get().epci, oisy)
    client = logged_in(coordinator)
    assert "1 commune sans représentant" in words(client, BOARD)

    client.post(f"{BOARD}membres/nouveau/", member(commune=str(oisy.pk)))
    client.post(f"{BOARD}membres/nouveau/", member(email="zoe@exemple.fr", starts="2027-06-01"))
    assert "à partir du mardi 1<sup>er</sup> juin 2027" in words(client, BOARD)
    page = client.post(f"{BOARD}reunions/nouvelle/", {"date": "2026-11-23", "hour": "14:00", "place": "Wallers"})["Location"]
    assert "Communes sans représentant" not in words(client, f"{page}preparer/")
    assert "Comité du 23 novembre 2026, prévue" in words(client, f"{BOARD}propositions/nouvelle/")
    papers = {"agenda": "1. Les dates", "decisions": "Un essai d’un an", "costs": "1 200 € de carburant"}
    client.post(f"{page}preparer/", papers)
    client.post(f"{page}convoquer/")
    invitation = Invitation.objects.get()
    folder = f"/repondre/comite/{invitation.key}/"
    told = {name: words(Client(), f"{folder}{name}/") for name in PAGES}
    client.post(f"{page}tenue/", {f"presence-{invitation.pk}": "present", "minutes": "Tout va bien."})

    assert words(Client(), folder) == told["ma-commune"]
    assert "Aucun passage n’est encore prévu" in told["ma-commune"]
    assert "Points à régler" in told["ce-qui-ne-va-pas"]
    assert "Un essai d’un an" in told["ce-que-nous-decidons"]
    assert "1 200 € de carburant" in told["ce-que-cela-coute"]
    assert Meeting.objects.get().state == MeetingState.HELD
    assert client.get(f"{page}compte-rendu.pdf").content.startswith(b"%PDF")
    client.post(f"{BOARD}invitations/{invitation.pk}/revoquer/")
    assert Client().get(folder).status_code == 404
    assert client.get(f"{folder}une-autre/").status_code == 404


def test_what_is_refused_is_told_beside_its_field(coordinator: User, oisy: Commune, logged_in: LogIn) -> None:
    client = logged_in(coordinator)
    for month in ("01", "04", "09"):
        client.post(f"{BOARD}reunions/nouvelle/", {"date": f"2027-{month}-12", "hour": "14:00", "place": "Wallers"})

    fourth = client.post(f"{BOARD}reunions/nouvelle/", {"date": "2027-12-15", "hour": "14:00", "place": "Wallers"})
    same = client.post(f"{BOARD}reunions/nouvelle/", {"date": "2027-09-12", "hour": "9:00", "place": "Wallers"})
    twice = [client.post(f"{BOARD}membres/nouveau/", member(commune=str(oisy.pk))) for _ in range(2)][1]
    client.post(f"{BOARD}propositions/nouvelle/", {"words": "Ouvrir le samedi"})
    why = client.post(f"{BOARD}propositions/{Proposal.objects.get().number}/suite/", {"fate": "rejected"})

    assert "le 12 janvier 2027, le 12 avril 2027 et le 12 septembre 2027" in plain(fourth)
    assert "déjà prévue ce jour-là" in beside("date", same)
    assert "déjà celle d’un membre en cours" in beside("email", twice)
    assert "(facultatif)" not in plain(twice), "choosing the EPCI leaves nothing out"
    planned = words(client, BOARD)
    assert planned.index("12 janvier 2027") < planned.index("12 septembre 2027"), "the next one stands first"
    assert "Dire pourquoi la proposition est écartée" in plain(why)
    assert Meeting.objects.count() == 3
