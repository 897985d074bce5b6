"""« Faire connaître »: texts ready to copy, the log of both parties, what is refused beside its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.communication.actions import Told, record_communication
from escale.apps.communication.models import CommunicationAction, CoordinationAction, Medium
from escale.apps.territory import clock
from escale.apps.territory.models import Mairie
from escale.web.communication.wording import PANEL_LETTERS, ready_texts
from escale.web.takeaway.announcing import announcements
from tests.apps.conventions.paper import in_force
from tests.web.cast import Cast
from tests.web.visiting import make_visit

pytestmark = pytest.mark.django_db

LogIn = Callable[[User], Client]
KIT, SERVICE = "/mairie/communication/", "/pilotage/communication/"
NOTED = {"medium": "poster", "place": "vitrine", "day": "2026-01-05"}


def test_the_texts_tell_the_next_dates_and_fit_a_panel(cast: Cast) -> None:
    Mairie.objects.create(commune=cast.oisy, phone="03 53 01 04 00")
    today = clock.today(cast.epci)
    [nothing] = announcements(cast.epci, [cast.oisy], today)
    for days in (7, 35):
        make_visit(cast, cast.oisy, today + dt.timedelta(days=days), "PM")

    [told] = announcements(cast.epci, [cast.oisy], today)
    bulletin, panel, network = (one.text for one in ready_texts(told))

    assert ready_texts(nothing) == []
    assert "Prochaines dates : " in bulletin
    assert "03 53 01 04 00" in bulletin
    assert "/communes/oisy" in bulletin
    assert network.endswith("/communes/oisy/")
    assert panel.startswith("AIDE NUMÉRIQUE GRATUITE ")
    assert "14 h-17 h" in panel
    assert len(panel) < PANEL_LETTERS
    cast.oisy.name = "x" * 200
    told.stops[0].line.premises.name = "y" * 200  # type: ignore[union-attr]
    assert len(ready_texts(replace(told, commune=cast.oisy))[1].text) < PANEL_LETTERS


def test_a_mairie_notes_corrects_and_withdraws_an_action(cast: Cast, logged_in: LogIn) -> None:
    desk = logged_in(cast.desk)
    record_communication(
        actor=SYSTEM, epci=cast.epci, told=Told(medium=Medium.PRESS, place="Le Journal", day=dt.date(2026, 1, 2))
    )

    future = desk.post(KIT, {**NOTED, "day": "2199-01-01", "medium": "other"})
    desk.post(KIT, {**NOTED, "proof": SimpleUploadedFile("page.txt", b"bonjour")})
    assert not CommunicationAction.objects.exclude(commune=None).exists()
    assert "Cette date est trop loin" in future.content.decode()

    desk.post(KIT, NOTED)
    [action] = CommunicationAction.objects.of_commune(cast.oisy)
    page = desk.get(KIT).content.decode()
    assert page.index("vitrine") < page.index("Le Journal"), "ours first"

    desk.post(f"{KIT}{action.pk}/", {**NOTED, "place": "vitrine de la poste"})
    desk.post(f"{KIT}{action.pk}/retirer/", {"why": "en double"})

    page = desk.get(KIT).content.decode()
    assert "vitrine de la poste" in page
    assert "Retirée" in page
    assert desk.post(f"{KIT}{action.pk}/retirer/").status_code == 404


def test_the_service_counts_communes_without_blame_and_notes_for_some_of_them(cast: Cast, logged_in: LogIn) -> None:
    for commune in (cast.oisy, cast.denain):
        in_force(cast.epci, commune)
    today = clock.today(cast.epci)
    told = Told(medium=Medium.SITE, place="page d’accueil", day=today)
    record_communication(actor=SYSTEM, epci=cast.epci, commune=cast.oisy, told=told)
    coordinator = logged_in(cast.coordinator)

    coordinator.post(SERVICE, {**NOTED, "place": "marché", "communes": [cast.denain.pk]})

    [action] = CommunicationAction.objects.of_epci(cast.epci)
    assert list(action.communes.all()) == [cast.denain]
    page = coordinator.get(SERVICE).content.decode()
    assert "1 commune sur 2 a noté une action cette année" in " ".join(page.split())
    assert "marché" not in logged_in(cast.desk).get(KIT).content.decode()
    assert logged_in(cast.lawyer).post(SERVICE, NOTED).status_code == 403


def test_the_coordination_is_noted_counted_by_mission_and_withdrawn_with_a_reason(cast: Cast, logged_in: LogIn) -> None:
    coordinator, address = logged_in(cast.coordinator), f"{SERVICE}coordination/"
    noted = {"what": "réunion des référents", "day": clock.today(cast.epci).isoformat(), "missions": ["M2", "M4"]}

    refused = coordinator.post(address, {**noted, "what": "", "missions": ["M9"], "day": "2199-01-01"}).content.decode()
    assert refused.count('aria-invalid="true"') >= 2
    assert not CoordinationAction.objects.exists()
    coordinator.post(address, noted)

    [action] = CoordinationAction.objects.all()
    page = " ".join(coordinator.get(address).content.decode().split())
    assert "1 action de coordination depuis le" in page
    assert "M4 · travail collaboratif : <strong>1</strong>" in page
    assert "M6 · développement du territoire : <strong>0</strong>" in page
    assert logged_in(cast.lawyer).post(address, noted).status_code == 403

    without_reason = coordinator.post(f"{address}{action.pk}/retirer/", {"why": ""}).content.decode()
    assert "Dire pourquoi l’action est retirée" in without_reason
    coordinator.post(f"{address}{action.pk}/", {**noted, "what": "réunion de rentrée"})
    coordinator.post(f"{address}{action.pk}/retirer/", {"why": "reportée"})

    page = " ".join(coordinator.get(address).content.decode().split())
    assert "Réunion de rentrée" in page
    assert "reportée" in page
    assert "Rien n’est noté depuis le" in page
