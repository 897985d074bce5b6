"""A half-day from the arrival to the closing, and what helps in between: relays, sheets, numbers to call."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from escale.apps.activity.models import Conflict, Incident, Record, Tally
from escale.apps.booking.models import Appointment
from escale.apps.messaging.models import Message
from escale.apps.team.models import Post
from escale.apps.territory.models import Relay
from escale.apps.visits.models import Holding, Point, Visit
from tests.web.cast import Cast
from tests.web.field.test_noting import log, said, text_of
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db

CLOSING = {"started": "14:00", "ended": "16:40", "was_heated": "oui", "is_kit_complete": "oui"}


def page(visit: Visit, name: str = "") -> str:
    return f"/terrain/passages/{visit.uid}/{name}"


def relay(cast: Cast) -> Relay:
    about = {"address": "1 place de la Mairie", "phone": "03 53 01 00 77", "hours": "du mardi au samedi"}
    return Relay.objects.create(commune=cast.oisy, kind="FRANCE_SERVICES", name="France services", checked_on=TODAY, **about)


def test_someone_with_an_appointment_came_or_did_not(client: Client, visit: Visit, appointment: Appointment) -> None:
    assert "Jean Exemple" in text_of(client.get("/terrain/"))

    for given, state in (("oui", "honoured"), ("non", "absent")):
        client.post(f"/terrain/presence/{appointment.uid}/", {"is_present": given})
        appointment.refresh_from_db()
        assert appointment.state == state


def test_what_is_missing_on_arrival_is_proposed_to_the_mairie_as_a_point(client: Client, visit: Visit) -> None:
    shown = text_of(
        client.post(page(visit, "arrivee/"), {"started": "13:55", "was_opened": "oui", "was_heated": "non"}, follow=True)
    )
    assert "Noter : le lieu n’était pas chauffé" in shown
    assert "Noter : le lieu n’était pas ouvert" not in shown

    client.post(page(visit, "arrivee/point/"), {"kind": "not_heated"})

    assert Point.objects.get().kind == "not_heated"
    assert "Un point à régler avec la mairie" not in text_of(client.get(page(visit, "arrivee/")))
    assert client.post(page(visit, "arrivee/point/"), {"kind": "rien"}).status_code == 404


def test_the_whole_half_day_is_closed_on_one_screen(client: Client, visit: Visit) -> None:
    log(client, visit)

    shown = text_of(client.post(page(visit), CLOSING, follow=True))

    visit.refresh_from_db()
    held = Holding.objects.get()
    assert "Demi-journée close" in shown
    assert (visit.state, held.was_heated, held.is_kit_complete, held.had_network) == ("held", True, True, None)


def test_two_closings_that_differ_show_both(client: Client, visit: Visit) -> None:
    client.post(page(visit), CLOSING)
    same = client.post(page(visit), CLOSING, follow=True)

    shown = text_of(client.post(page(visit), {**CLOSING, "ended": "16:00"}))

    assert "Demi-journée close" in text_of(same)
    assert "a déjà été close avec d’autres réponses" in shown
    assert "Version gardée" in shown

    kept = text_of(client.post(page(visit), {**CLOSING, "ended": "16:00", "replaces": "oui"}, follow=True))

    assert "La clôture est corrigée" in kept
    ended = Holding.objects.get().ended_at
    assert ended is not None
    assert ended.hour == 15, "in UTC"


def test_a_half_day_that_is_not_closed_has_no_version_to_replace(client: Client, visit: Visit) -> None:
    shown = text_of(client.post(page(visit), {**CLOSING, "replaces": "oui"}))

    assert "pas encore clos" in shown
    assert not Holding.objects.exists()


def test_what_a_mairie_noted_is_answered_beside_it(client: Client, visit: Visit) -> None:
    point = Point.objects.create(visit=visit, side="commune", kind="late", noted_by_actor="test", noted_at=timezone.now())
    assert "1 point à régler" in text_of(client.get("/terrain/"))
    assert "médiateur" in text_of(client.get("/terrain/points/"))

    given = {"answer": "agreed", "words": "La route était coupée."}
    shown = text_of(client.post(f"/terrain/points/{point.pk}/repondre/", given, follow=True))

    point.refresh_from_db()
    assert (point.answer, point.answer_words) == ("agreed", "La route était coupée.")
    assert "Aucun point n’attend votre réponse" in shown
    assert "à régler" not in text_of(client.get("/terrain/"))


def test_the_points_of_a_colleague_are_theirs_to_answer(client: Client, cast: Cast, visit: Visit) -> None:
    other = Post.objects.create(epci=cast.epci, label="Poste 2", base=cast.denain)
    Visit.objects.filter(pk=visit.pk).update(post=other)
    point = Point.objects.create(visit=visit, side="commune", kind="absent", noted_by_actor="test", noted_at=timezone.now())

    assert client.post(f"/terrain/points/{point.pk}/repondre/", {"answer": "agreed"}).status_code == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ended": ""}, "Donner l’heure de la fin"),
        ({"ended": "13:00"}, "La fin vient après le début"),
        ({"ended": "23:30"}, "pas encore passée"),
        ({"words": "mot de passe : 1234"}, "mot de passe"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(client: Client, visit: Visit, given: dict[str, str], words: str) -> None:
    assert words in text_of(client.post(page(visit), {**CLOSING, **given}))
    assert not Holding.objects.filter(closed_at__isnull=False).exists()


def test_two_versions_from_devices_wait_on_the_half_day_for_a_choice(client: Client, visit: Visit, cast: Cast) -> None:
    log(client, visit)
    row = Record.objects.get()
    given = {**said(visit, key=str(row.key), minutes=90), "entered_at": "2026-11-23T16:00:00+01:00"}
    conflict = Conflict.objects.create(record=row, given=given, fingerprint="0" * 64, noted_at=row.received_at)
    assert "Deux versions d’une même fiche" in text_of(client.get(page(visit)))

    client.post(f"/terrain/versions/{conflict.pk}/", {"version": "given"})

    row.refresh_from_db()
    assert row.minutes == 90
    assert "Deux versions" not in text_of(client.get(page(visit)))


def test_out_of_bounds_is_counted_apart_and_says_who_helps(client: Client, visit: Visit, cast: Cast) -> None:
    relay(cast)
    given = {"key": str(uuid.uuid4()), "reason": "conseil_juridique"}

    shown = text_of(client.post(page(visit, "hors-cadre/"), given, follow=True))

    assert (Tally.objects.get().kind, Tally.objects.get().reason) == ("hors_cadre", "conseil_juridique")
    assert "France services" in shown
    assert "1 hors cadre" in text_of(client.get("/terrain/"))
    assert "Choisir pourquoi" in text_of(client.post(page(visit, "hors-cadre/"), {"key": given["key"]}))


def test_where_to_go_prints_in_large_type(client: Client, visit: Visit, cast: Cast) -> None:
    kept = relay(cast)

    printed = client.get(page(visit, "hors-cadre/relais.pdf"), {"relais": kept.pk})

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


def everything() -> list[Any]:
    return [model.objects.count() for model in (Record, Tally, Incident, Message, Holding)]


def test_the_sheet_to_take_home_is_written_from_choices_and_kept_nowhere(client: Client, visit: Visit, cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 15), "PM")
    before = everything()
    given = {"themes": ["email"], "again": ["courriels"], "format": "page"}

    shown = text_of(client.post(page(visit, "feuille/"), given))

    assert "E-mail" in shown
    assert "Ouvrir vos courriels, et y répondre." in shown
    assert "mardi 15 décembre 2026" in shown
    assert client.post(page(visit, "feuille/"), {**given, "format": "pdf"}).content.startswith(b"%PDF")
    assert everything() == before
    assert "au moins une chose" in text_of(client.post(page(visit, "feuille/"), {}))


def test_the_numbers_for_someone_in_danger_are_for_everyone_and_write_nothing(db: None) -> None:
    response = Client().get("/terrain/danger/")

    shown = text_of(response)
    assert all(f"<strong>{number}</strong>" in shown for number in ("15", "17", "112", "114", "3114", "3919", "115"))
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_a_word_to_the_team_reaches_the_coordination_once(client: Client, visit: Visit, cast: Cast) -> None:
    given = {"key": str(uuid.uuid4()), "kind": "tension", "words": "venir si possible"}

    for _ in range(2):
        shown = text_of(client.post("/terrain/aide/", given, follow=True))

    message = Message.objects.get()
    assert "Message envoyé à une personne de l’équipe" in shown
    assert (message.to, message.subject) == (cast.coordinator.email, "Camille a besoin d’aide à Oisy")


def test_an_incident_is_noted_without_naming_anyone(client: Client, visit: Visit) -> None:
    client.post("/terrain/aide/incident/", {"kind": "menace", "words": "ton menaçant"})

    assert (Incident.objects.get().kind, Incident.objects.get().visit) == ("menace", visit)
    shown = text_of(client.post("/terrain/aide/incident/", {"kind": "menace", "words": "son mot de passe est 1234"}))
    assert "mot de passe" in shown
    assert Incident.objects.count() == 1
