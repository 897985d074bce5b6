"""A mediator notes people in a few taps, corrects, takes back, and counts; without a script, and without anyone's name."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from escale.apps.activity.models import Record, Tally
from escale.apps.booking.models import Appointment
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Epci
from escale.apps.visits.models import Visit
from escale.apps.workshops.models import Workshop
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return plain(response)


def said(visit: Visit, **fields: Any) -> dict[str, Any]:
    key = str(uuid.uuid4())
    return {"key": key, "version": "1", "visit": str(visit.uid), "themes": ["email"], "minutes": "15", **fields}


def log(client: Client, visit: Visit, **fields: Any) -> Any:
    return client.post(f"/terrain/passages/{visit.uid}/noter/", said(visit, **fields), follow=True)


def test_three_taps_note_a_person_and_show_the_day_again(client: Client, visit: Visit) -> None:
    shown = text_of(log(client, visit, age="soixante_soixante_neuf"))

    assert "C’est noté : 16 h 45 · E-mail · 15 min · 60-69 ans." in shown
    assert "<strong>1 personne</strong> accueillie" in shown
    assert "Dernière personne notée" in shown


def test_a_double_click_notes_one_person(client: Client, visit: Visit) -> None:
    key = str(uuid.uuid4())

    for _ in range(2):
        log(client, visit, key=key)

    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"themes": []}, "Choisir au moins un thème."),
        ({"minutes": ""}, "Donner un nombre."),
        ({"minutes": "17"}, "Sélectionnez un choix valide"),
        ({"posture": "fait_a_la_place"}, "demande un mandat"),
        ({"procedures": ["logement"]}, "Aide aux démarches administratives"),
        ({"key": "12"}, "recharger la page"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_written(
    client: Client, visit: Visit, fields: dict[str, Any], words: str
) -> None:
    shown = text_of(log(client, visit, **fields))

    assert words in shown
    assert not Record.objects.exists()


def test_a_length_of_ones_own_is_taken(client: Client, visit: Visit) -> None:
    log(client, visit, minutes="", own_minutes="75")

    assert Record.objects.get().minutes == 75


def test_an_appointment_fills_the_form_with_its_motive(client: Client, visit: Visit, appointment: Appointment) -> None:
    shown = text_of(client.get(f"/terrain/passages/{visit.uid}/noter/?rendez-vous={appointment.uid}"))

    checked = [tag for tag in shown.split("<input")[1:] if "checked" in tag.split(">")[0]]
    values = {tag.split('value="')[1].split('"')[0] for tag in checked}
    assert {"aide_aux_demarches_administratives", "logement", "30"} <= values
    assert "Jean" not in shown


def test_a_record_from_an_appointment_says_that_the_person_came(client: Client, visit: Visit, appointment: Appointment) -> None:
    log(client, visit, appointment=str(appointment.uid))

    appointment.refresh_from_db()
    assert appointment.state == "honoured"
    assert "Corriger la fiche" in text_of(client.get("/terrain/"))


def test_a_record_is_corrected_and_taken_away(client: Client, visit: Visit) -> None:
    log(client, visit)
    row = Record.objects.get()
    address = f"/terrain/fiches/{row.key}/"
    assert 'value="2"' in text_of(client.get(address))

    client.post(address, said(visit, key=str(row.key), version="2", minutes="45"))
    row.refresh_from_db()
    assert (row.minutes, row.version) == (45, 2)

    client.post(f"{address}retirer/")
    assert "<strong>0 personnes</strong>" in text_of(client.get("/terrain/"))
    assert client.get(address).status_code == 404


def test_two_corrections_show_both_versions_and_the_mediator_chooses(client: Client, visit: Visit) -> None:
    log(client, visit)
    row = Record.objects.get()
    address, mine = f"/terrain/fiches/{row.key}/", said(visit, key=str(row.key), version="2", minutes="60")
    client.post(address, {**mine, "minutes": "45"})

    shown = text_of(client.post(address, mine))

    assert "Voici les deux versions" in shown
    assert 'name="version" value="3"' in shown
    client.post(address, {**mine, "version": "3"})
    row.refresh_from_db()
    assert row.minutes == 60


def test_a_group_has_counts_and_no_persons(client: Client, visit: Visit) -> None:
    address = f"/terrain/passages/{visit.uid}/noter/?sorte=collectif"
    given = said(visit, people="5", **{"ages:soixante_dix_plus": "3", "known": "2"})

    client.post(address, given)

    row = Record.objects.get()
    assert (row.kind, row.people, row.known, row.counts) == ("collectif", 5, 2, {"ages": {"soixante_dix_plus": 3}})
    assert "dépasse" in text_of(client.post(address, {**given, "key": str(uuid.uuid4()), "ages:soixante_dix_plus": "6"}))


def test_the_support_of_a_commune_is_an_activity_too(client: Client, visit: Visit) -> None:
    client.post(f"/terrain/passages/{visit.uid}/noter/?sorte=appui", said(visit, people="2", public="agents_communaux"))

    row = Record.objects.get()
    assert (row.kind, row.public, row.missions) == ("appui", "agents_communaux", "|M3|M4|")


def test_a_tap_counts_who_left_without_help_and_a_double_tap_counts_once(client: Client, visit: Visit) -> None:
    given = {"key": str(uuid.uuid4()), "kind": "repartie_sans_aide", "delta": "1"}

    for _ in range(2):
        shown = text_of(client.post(f"/terrain/passages/{visit.uid}/compter/", given, follow=True))

    assert "1 repartie sans aide" in shown
    assert Tally.objects.count() == 1


@pytest.mark.parametrize("given", [{}, {"key": "x", "kind": "aidee"}, {"key": str(uuid.uuid4()), "kind": "hors_cadre"}])
def test_a_tap_that_says_nothing_is_no_page(client: Client, visit: Visit, given: dict[str, str]) -> None:
    assert client.post(f"/terrain/passages/{visit.uid}/compter/", given).status_code == 404


def test_whoever_writes_in_la_coop_counts_here(client: Client, visit: Visit) -> None:
    client.post("/terrain/aide/fiches/")

    shown = text_of(client.get("/terrain/"))

    assert "+ 1 personne aidée" in shown
    assert "Noter une personne" not in shown
    assert "La Coop" in text_of(client.get(f"/terrain/passages/{visit.uid}/noter/"))


def test_a_half_day_of_another_epci_is_no_page(client: Client, visit: Visit) -> None:
    epci = Epci.objects.create(siren="200068500", name="Caux Seine Agglo")
    Visit.objects.update(epci=epci)
    other = visit.uid

    assert [client.get(f"/terrain/passages/{other}/{page}").status_code for page in ("", "noter/", "arrivee/", "feuille/")] == [
        404
    ] * 4


def test_whoever_is_not_in_the_team_writes_nothing(client: Client, visit: Visit, cast: Cast) -> None:
    Mediator.objects.filter(user=cast.mediator).update(user=None)

    assert log(client, visit).status_code == 403


def test_no_browser_keeps_a_page_that_may_name_people(client: Client, visit: Visit) -> None:
    for path in ("/terrain/", f"/terrain/passages/{visit.uid}/", f"/terrain/passages/{visit.uid}/noter/"):
        assert client.get(path)["Cache-Control"] == "private, no-store"


def test_the_day_and_the_half_day_ask_the_same_for_one_person_as_for_twenty(client: Client, visit: Visit) -> None:
    log(client, visit)
    pages = "/terrain/", f"/terrain/passages/{visit.uid}/"
    few = [queries_of(client, page) for page in pages]

    for _ in range(20):
        log(client, visit)

    assert [queries_of(client, page) for page in pages] == few


def test_a_workshop_of_that_day_is_counted_on_its_own_page_and_not_as_a_group(client: Client, visit: Visit) -> None:
    group = f"/terrain/passages/{visit.uid}/noter/?sorte=collectif"
    assert "Ici, un groupe venu sans atelier" in text_of(client.get(group))
    workshop = Workshop.objects.create(
        epci=visit.epci,
        host=visit.commune,
        title="Premiers pas",
        public="habitants",
        level="debutant",
        address="La place",
        date=visit.date,
        starts=dt.time(14),
        ends=dt.time(16),
        places=8,
        state="open",
        state_at=timezone.now(),
    )

    shown = text_of(client.get(group))

    assert "« Premiers pas », 14 h – 16 h, se compte dans" in shown
    assert f"/terrain/ateliers/{workshop.uid}/" in shown
