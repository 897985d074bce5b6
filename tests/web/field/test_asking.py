"""A resident touches an answer on the device of the mediator: it is counted by commune and month, and leads to nobody."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from escale.apps.activity.ledger import Outcome
from escale.apps.activity.models import EaseCount, EaseKey, SyncBatch
from escale.apps.activity.sync import receive_batch
from escale.apps.audit.models import Entry
from escale.apps.visits.models import Visit
from tests.apps.activity.writing import batch, item
from tests.web.cast import Cast
from tests.web.field.test_noting import text_of

pytestmark = pytest.mark.django_db


def counted() -> dict[int, int]:
    return dict(EaseCount.objects.values_list("answer", "count"))


def test_an_answer_is_counted_once_by_commune_and_month(client: Client, visit: Visit) -> None:
    address, key = f"/terrain/passages/{visit.uid}/question/", uuid.uuid4()
    shown = text_of(client.get(address))
    assert "Seriez-vous à l’aise pour refaire cela sans aide ?" in shown
    assert "Jean" not in shown, "the resident sees nobody’s name"
    told = Entry.objects.count()

    thanked = text_of(client.post(address, {"key": key, "answer": "3"}, follow=True))
    client.post(address, {"key": key, "answer": "3"})
    client.post(address, {"key": uuid.uuid4(), "answer": "0"})
    refused = text_of(client.post(address, {"key": uuid.uuid4()}))

    assert "Vous pouvez rendre l’appareil." in thanked
    assert "Jean" not in thanked
    assert "Toucher une réponse" in refused
    assert counted() == {3: 1, 0: 1}
    assert set(EaseCount.objects.values_list("month", flat=True)) == {dt.date(2026, 11, 1)}
    assert Entry.objects.count() == told, "no line says when somebody answered"


def test_what_was_answered_without_a_network_is_counted_when_it_is_sent(client: Client, visit: Visit, cast: Cast) -> None:
    answers = [item(visit, "ease", answer=answer) for answer in ("4", "4", "5", "x")]

    first = receive_batch(actor=cast.mediator, batch=batch(*answers))
    again = receive_batch(actor=cast.mediator, batch=batch(*answers[:2]))

    assert [one.outcome for one in first.items] == [Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REFUSED, Outcome.REFUSED]
    assert {one.outcome for one in again.items} == {Outcome.DUPLICATE}
    assert counted() == {4: 2}
    assert EaseKey.objects.count() == 2
    assert SyncBatch.objects.count() == 2
