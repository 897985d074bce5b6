"""What the service does with workshops: prepares one or a cycle, opens, moves, gives up, notes who came, prints."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from escale.apps.activity.models import Record
from escale.apps.team.models import Post
from escale.apps.territory.models import BassinDeVie, Membership
from escale.apps.workshops.models import Registration, Workshop
from escale.core.activity.vocabulary import Mission, Public
from tests.apps.booking.service import Clock, promise, settle
from tests.apps.workshops.service import fill, make_kit, make_open, plan_for, register
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain

NEW = "/pilotage/service/ateliers/nouveau/"


@pytest.fixture
def steering(client: Client, cast: Cast, post: Post) -> Client:
    client.force_login(cast.coordinator)
    return client


@pytest.fixture
def field(client: Client, cast: Cast, post: Post) -> Client:
    client.force_login(cast.mediator)
    return client


def typed(client: Client, cast: Cast, post: Post, **fields: Any) -> dict[str, Any]:
    key = client.get(NEW).context["form"]["key"].value()
    usual = {
        "key": str(key),
        "title": "Mes photos",
        "public": "habitants",
        "level": "debutant",
        "themes": ["email"],
        "date": "2027-01-12",
        "starts": "09:30",
        "ends": "11:30",
        "posts": [post.pk],
        "host": cast.oisy.pk,
        "address": "Médiathèque",
        "communes": [cast.oisy.pk],
        "rhythm": "once",
    }
    return {**usual, **fields}


def test_a_workshop_is_prepared_then_opened(steering: Client, cast: Cast, post: Post) -> None:
    sent = typed(steering, cast, post)

    answer = steering.post(NEW, sent, follow=True)
    steering.post(NEW, sent)
    row = Workshop.objects.get()
    steering.post(f"/pilotage/service/ateliers/{row.uid}/ouvrir/")

    assert "L’atelier est prêt" in plain(answer)
    assert Workshop.objects.get().state == "open"


def test_a_room_of_a_commune_says_which_commune_it_is(steering: Client, cast: Cast, post: Post) -> None:
    room = cast.oisy.premises.get().rooms.get()

    steering.post(NEW, typed(steering, cast, post, where=f"r{room.pk}", host="", address=""))

    row = Workshop.objects.get()
    assert (row.host, row.premises, row.room) == (cast.oisy, room.premises, room)


def test_a_cycle_tells_the_days_that_it_skips(steering: Client, cast: Cast, post: Post) -> None:
    settle(cast.epci, promise(cast.denain, post, "2027-01-19", "AM"))

    page = plain(steering.post(NEW, typed(steering, cast, post, rhythm="weeks", every="1", sessions="3"), follow=True))

    assert "3 séances sont prêtes, chaque mardi" in page
    assert "Sautée : mardi 19 janvier 2027, Poste 1 : un passage est prévu à Denain (matin)." in page
    assert [row.date.day for row in Workshop.objects.order_by("date")] == [12, 26, 2]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rhythm": "monthly", "sessions": "4", "date": "2027-01-29"}, "cinquième vendredi"),
        ({"rhythm": "monthly", "sessions": ""}, "combien de séances"),
        ({"date": "2026-11-02"}, "est passé"),
        ({"host": "", "address": ""}, "Choisir un lieu, ou dire dans quelle commune"),
        ({"places": "12"}, "de 1 à 8 personnes"),
        ({"other_tool": "WhatsApp"}, "dire en quelques mots pourquoi"),
        ({"themes": []}, "au moins un thème"),
        ({"where": "r999999"}, "Choisir dans la liste"),
        ({"date": "0206-01-12"}, "trop loin"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    steering: Client, cast: Cast, post: Post, fields: dict[str, Any], words: str
) -> None:
    answer = steering.post(NEW, typed(steering, cast, post, **fields))

    assert answer.status_code == 200
    assert words in plain(answer)
    assert not Workshop.objects.exists()


def test_a_bassin_is_offered_where_there_are_some(steering: Client, cast: Cast, post: Post) -> None:
    assert "Bassin de vie" not in plain(steering.get(NEW))
    bassin = BassinDeVie.objects.create(epci=cast.epci, name="Scarpe")
    Membership.objects.filter(commune__in=[cast.oisy, cast.denain]).update(bassin=bassin)

    steering.post(NEW, typed(steering, cast, post, bassin=bassin.pk, communes=[], public="agents_communaux"))

    assert set(Workshop.objects.get().communes.all()) == {cast.oisy, cast.denain}


def test_the_form_of_a_change_shows_the_workshop_and_moves_it(steering: Client, cast: Cast, workshop: Workshop) -> None:
    register(cast.desk, workshop, cast.oisy)
    address = f"/pilotage/service/ateliers/{workshop.uid}/modifier/"
    form = steering.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}

    steering.post(address, {**sent, "date": "2027-01-13", "starts": "09:30", "ends": "11:30"})

    workshop.refresh_from_db()
    assert (workshop.date, workshop.sequence) == (dt.date(2027, 1, 13), 1)


def test_a_workshop_is_given_up_with_its_reason(steering: Client, workshop: Workshop) -> None:
    address = f"/pilotage/service/ateliers/{workshop.uid}/annuler/"

    assert "pourquoi" in plain(steering.post(address, {"reason": " "}))
    steering.post(address, {"reason": "salle inondée"})

    assert Workshop.objects.get().state == "cancelled"


def test_the_coordination_reads_the_names_of_agents_and_not_of_residents(
    steering: Client, cast: Cast, workshop: Workshop, post: Post
) -> None:
    agents = make_open(
        cast.epci,
        plan_for(cast.oisy, post, public=Public.AGENTS, starts=dt.time(14), ends=dt.time(16)),
    )
    register(cast.desk, workshop, cast.oisy, "Habitante")
    register(cast.desk, agents, cast.oisy, "Secrétaire")

    pages = [plain(steering.get(f"/pilotage/service/ateliers/{row.uid}/")) for row in (workshop, agents)]

    assert "Habitante" not in pages[0]
    assert "Les noms se lisent à la mairie" in pages[0]
    assert "Secrétaire" in pages[1]


def test_whoever_registers_without_reading_names_comes_back_to_the_workshop(
    steering: Client, cast: Cast, workshop: Workshop
) -> None:
    address = f"/pilotage/service/ateliers/{workshop.uid}/inscrire/"
    key = steering.get(address).context["form"]["key"].value()

    answer = steering.post(address, {"key": str(key), "name": "Exemple", "channel": "mairie"})

    assert answer.headers["Location"] == f"/pilotage/service/ateliers/{workshop.uid}/"
    assert Registration.objects.get().written_as == "coordination"


def test_who_came_is_noted_then_closed_on_one_page(field: Client, cast: Cast, clock: Clock, workshop: Workshop) -> None:
    rows = fill(cast.desk, workshop, cast.oisy, 2)
    clock.go("2027-01-12", "11:40")
    field.force_login(cast.mediator)
    address = f"/terrain/ateliers/{workshop.uid}/presence/"
    said = {f"person_{rows[0].pk}": "present", "walk_ins": "1"}

    noted = plain(field.post(address, {**said, "do": "note"}, follow=True))
    refused = plain(field.post(address, {**said, "do": "close"}))
    field.post(address, {**said, f"person_{rows[1].pk}": "absent", "age_soixante_dix_plus": "2", "do": "close"})

    assert "La présence est notée." in noted
    assert "Une personne inscrite n’est notée ni présente ni absente" in refused
    held = Workshop.objects.get()
    assert (held.state, held.walk_ins, held.ages) == ("held", 1, {"soixante_dix_plus": 2})
    assert "2 personnes, dont 1 sans inscription" in plain(field.get(f"/terrain/ateliers/{workshop.uid}/"))


def test_a_certificate_is_made_for_who_was_there_alone(field: Client, cast: Cast, clock: Clock, workshop: Workshop) -> None:
    rows = fill(cast.desk, workshop, cast.oisy, 2)
    clock.go("2027-01-12", "11:40")
    field.force_login(cast.mediator)
    said = {f"person_{rows[0].pk}": "present", f"person_{rows[1].pk}": "absent", "do": "close"}
    field.post(f"/terrain/ateliers/{workshop.uid}/presence/", said)

    given, refused = (field.get(f"/terrain/ateliers/{workshop.uid}/inscriptions/{row.uid}/attestation.pdf") for row in rows)

    assert given.content.startswith(b"%PDF")
    assert "Personne" not in given.headers["Content-Disposition"]
    assert refused.status_code == 404


def test_the_sheet_to_sign_is_a_pdf(field: Client, cast: Cast, workshop: Workshop) -> None:
    fill(cast.desk, workshop, cast.oisy, 3)

    paper = field.get(f"/terrain/ateliers/{workshop.uid}/emargement.pdf")

    assert paper.content.startswith(b"%PDF")
    assert paper.headers["Content-Disposition"] == 'inline; filename="emargement-atelier-2027-01-12.pdf"'


def test_a_mediator_sees_first_what_they_lead(field: Client, workshop: Workshop) -> None:
    assert "J’anime" in plain(field.get("/terrain/ateliers/"))


def test_what_to_look_at_is_told(steering: Client, cast: Cast, post: Post) -> None:
    monday = make_open(cast.epci, plan_for(cast.oisy, post, date=dt.date(2027, 1, 11)))
    fill(cast.desk, monday, cast.oisy, 2)

    page = plain(steering.get(f"/pilotage/service/ateliers/{monday.uid}/"))

    assert "C’est un lundi : la journée de l’équipe" in page
    assert "2 personnes viennent sans appareil, et aucune malle n’est prévue" in page


def test_a_visit_that_comes_later_is_told(steering: Client, cast: Cast, workshop: Workshop, post: Post) -> None:
    settle(cast.epci, promise(cast.denain, post, "2027-01-12", "AM"))

    page = plain(steering.get(f"/pilotage/service/ateliers/{workshop.uid}/"))

    assert "Poste 1 : un passage est prévu à Denain (matin) : changer la date" in page


def test_the_list_of_the_service_asks_as_much_for_one_as_for_eight(
    steering: Client, cast: Cast, workshop: Workshop, post: Post
) -> None:
    address = "/pilotage/service/ateliers/"
    one = queries_of(steering, address)
    for day in (13, 14, 15, 18, 19, 20, 21):
        fill(cast.desk, make_open(cast.epci, plan_for(cast.oisy, post, date=workshop.date.replace(day=day))), cast.oisy, 2)

    assert queries_of(steering, address) == one


def test_those_who_lead_no_workshop_are_refused(client: Client, cast: Cast, workshop: Workshop) -> None:
    for user in (cast.lawyer, cast.reader):
        client.force_login(user)
        assert client.get("/pilotage/service/ateliers/").status_code == 403


def test_support_of_a_commune_is_noted_once_with_its_missions(field: Client, cast: Cast) -> None:
    address = "/terrain/ateliers/appui/"
    key = field.get(address).context["form"]["key"].value()
    sent = {
        "key": str(key),
        "commune": cast.oisy.pk,
        "date": "2026-11-30",
        "minutes": "90",
        "people": "3",
        "missions": ["M3", "M4"],
    }

    refused = plain(field.post(address, {**sent, "date": "2026-12-02"}))
    for _ in range(2):
        field.post(address, sent)

    assert "pas encore venu" in refused
    record = Record.objects.get()
    assert (record.kind, record.commune, record.date, record.people) == ("appui", cast.oisy, dt.date(2026, 11, 30), 3)
    assert record.entry.missions == {Mission.MODERN_COMMUNES, Mission.COLLABORATION}


def test_the_sessions_of_a_cycle_are_opened_together(steering: Client, cast: Cast, post: Post) -> None:
    steering.post(NEW, typed(steering, cast, post, rhythm="weeks", every="1", sessions="3", communes=[]))
    first = Workshop.objects.order_by("date")[0]

    page = plain(steering.post(f"/pilotage/service/ateliers/{first.uid}/ouvrir/", {"cycle": "1"}, follow=True))

    assert set(Workshop.objects.values_list("state", flat=True)) == {"open"}
    assert "Séance 1 sur 3. Les autres" in page
    assert set(first.communes.all()) == {cast.oisy}


def test_a_mediator_prepares_with_their_own_kit(field: Client, post: Post) -> None:
    kit = make_kit(post)

    form = field.get("/terrain/ateliers/nouveau/").context["form"]

    assert (form["posts"].value(), form["kit"].value()) == ([str(post.pk)], kit.pk)
