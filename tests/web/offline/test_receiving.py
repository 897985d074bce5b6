"""What a device kept arrives once, whoever sends it, however often; what is wrong is refused with its reason, alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.activity.models import Record, SyncBatch
from escale.apps.territory import clock
from escale.apps.visits.models import Holding, Visit
from tests.web.cast import Cast
from tests.web.offline.hall import batch, closing, moment, open_hall, record, send, statuses

LogIn = Callable[[User], Client]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return open_hall(cast)


@pytest.fixture
def client(cast: Cast, logged_in: LogIn) -> Client:
    return logged_in(cast.mediator)


def test_one_batch_sent_three_times_gives_its_records_once(client: Client, cast: Cast, visit: Visit) -> None:
    body = batch(cast.mediator, record(visit), record(visit), record(visit))

    answers = [statuses(send(client, body)) for _ in range(3)]

    assert answers == [["accepted"] * 3, ["duplicate"] * 3, ["duplicate"] * 3]
    assert Record.objects.count() == 3
    assert SyncBatch.objects.count() == 1


def test_the_same_things_in_another_batch_are_known_already(client: Client, cast: Cast, visit: Visit) -> None:
    one = record(visit)
    send(client, batch(cast.mediator, one))

    again = send(client, batch(cast.mediator, one, record(visit)))

    assert statuses(again) == ["duplicate", "accepted"]
    assert Record.objects.count() == 2


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_two_hours_wrong_puts_the_record_at_the_right_moment(
    client: Client, cast: Cast, visit: Visit, hours: int
) -> None:
    apart = dt.timedelta(hours=hours)
    typed = moment(apart - dt.timedelta(minutes=10))
    before = clock.moment(cast.epci) - dt.timedelta(minutes=10)

    response = send(client, batch(cast.mediator, record(visit, entered_at=typed), sent_at=moment(apart)))

    assert statuses(response) == ["accepted"]
    assert abs(response.json()["offset_seconds"] + hours * 3600) < 60
    row = Record.objects.get()
    assert abs(row.entered_at - before) < dt.timedelta(minutes=1)
    assert row.date == visit.date


def test_an_unknown_theme_refuses_that_thing_alone_and_says_where(client: Client, cast: Cast, visit: Visit) -> None:
    response = send(client, batch(cast.mediator, record(visit, themes=["poterie"]), record(visit)))

    assert statuses(response) == ["refused", "accepted"]
    assert response.json()["items"][0]["errors"] == {"themes": ["Ce choix n’est pas dans la liste ; en choisir un autre."]}
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    "body", ["{", "[]", "12", '"x"', "null", "[" * 5000, '{"items": {}}', "\udcff".encode(errors="surrogateescape")]
)
def test_what_is_no_batch_is_a_400_that_says_so(client: Client, visit: Visit, body: str | bytes) -> None:
    response = client.post("/terrain/donnees/envoi", body, content_type="application/json")

    assert response.status_code == 400
    assert "Cet envoi n’a pas la forme attendue" in response.json()["reason"]
    assert not SyncBatch.objects.exists()


def test_more_than_two_hundred_things_are_refused_whole(client: Client, cast: Cast, visit: Visit) -> None:
    response = send(client, batch(cast.mediator, *(record(visit) for _ in range(201))))

    assert response.status_code == 400
    assert "au plus 200 fiches" in response.json()["reason"]
    assert not Record.objects.exists()


@pytest.mark.parametrize("kilobytes", [600, 3000])
def test_a_batch_that_is_too_big_is_not_read(client: Client, cast: Cast, visit: Visit, kilobytes: int) -> None:
    response = send(client, batch(cast.mediator, record(visit, workshop="x" * kilobytes * 1024)))

    assert response.status_code == 413
    assert "en plusieurs fois" in response.json()["reason"]


def test_an_expired_session_is_told_apart_from_a_closed_account(client: Client, cast: Cast, visit: Visit) -> None:
    body = batch(cast.mediator, record(visit))
    User.objects.filter(pk=cast.mediator.pk).update(is_active=False)

    removed = send(client, body)
    Session.objects.all().delete()
    expired = send(client, body)

    assert (removed.status_code, expired.status_code) == (403, 401)
    assert "remettre le fichier" in removed.json()["reason"]
    assert "Reconnectez-vous" in expired.json()["reason"]
    assert not Record.objects.exists()
    assert not SyncBatch.objects.exists()


def test_someone_whose_role_ended_sends_nothing(client: Client, cast: Cast, visit: Visit) -> None:
    yesterday = clock.today(cast.epci) - dt.timedelta(days=1)
    cast.mediator.roles.update(starts=yesterday - dt.timedelta(days=9), ends=yesterday)

    response = send(client, batch(cast.mediator, record(visit)))

    assert response.status_code == 403
    assert not Record.objects.exists()


def test_what_belongs_to_someone_else_is_not_taken_in_my_name(client: Client, cast: Cast, visit: Visit) -> None:
    response = send(client, batch(cast.coordinator, record(visit)))

    assert response.status_code == 403
    assert "d’une autre personne" in response.json()["reason"]
    assert not Record.objects.exists()


def test_a_half_day_that_was_closed_otherwise_shows_both_versions(client: Client, cast: Cast, visit: Visit) -> None:
    send(client, batch(cast.mediator, closing(visit)))

    response = send(client, batch(cast.mediator, closing(visit, ended="00:02", was_opened="non")))

    assert statuses(response) == ["conflict"]
    item = response.json()["items"][0]
    assert item["kept"] == {"Fin": "0\u202fh\u202f01", "Ouvert": "oui"}
    assert item["given"] == {"Fin": "0\u202fh\u202f02", "Ouvert": "non"}
    assert Holding.objects.get().was_opened is True


def test_a_batch_without_its_token_is_refused(cast: Cast, visit: Visit) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.mediator)
    body = batch(cast.mediator, record(visit))

    without = send(client, body)
    token = client.get("/terrain/donnees/jeton.json").json()["token"]
    with_it = send(client, body, **{"X-CSRFToken": token})

    assert without.status_code == 403
    assert statuses(with_it) == ["accepted"]
