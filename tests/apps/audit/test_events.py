"""An event leaves a line without personal data, and what follows from it holds or falls with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from escale.apps.accounts.invitations import invite
from escale.apps.accounts.models import User
from escale.apps.audit import effects, events
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.effects import After, Table, Within
from escale.apps.audit.models import Entry
from escale.apps.territory.models import Epci


@pytest.fixture
def _installed_again() -> Iterator[None]:
    """Give the installation its own table back after a test that replaces it."""
    before: Table = dict(effects._installed)
    yield
    effects.install(before)


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_what(coordinator: User, epci: Epci) -> None:
    entry = events.record("territory.drawn", actor=coordinator, epci=epci.siren, subject=epci, on=dt.date(2026, 1, 5))

    entry.refresh_from_db()
    assert (entry.actor, entry.epci) == (f"user:{coordinator.pk}", "200042190")
    assert (entry.subject_type, entry.subject_id) == ("territory.epci", str(epci.pk))
    assert entry.details == {"on": "2026-01-05"}


@pytest.mark.django_db
def test_a_subject_may_be_a_word() -> None:
    entry = events.record("installation.seen", actor=SYSTEM, epci=None, subject="clock")

    assert (entry.actor, entry.epci, entry.subject_type, entry.subject_id) == ("system", "", "", "clock")


@pytest.mark.django_db
def test_personal_data_stay_out_of_the_log() -> None:
    with pytest.raises(ValueError, match="email"):
        events.record("installation.seen", actor=SYSTEM, epci=None, subject="clock", email="zoe@exemple.fr")

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="inside the transaction"):
        events.record("installation.seen", actor=SYSTEM, epci=None, subject="clock")


@pytest.mark.django_db
@pytest.mark.usefixtures("_installed_again")
def test_effects_run_in_the_order_of_the_table() -> None:
    seen: list[str] = []
    effects.install(
        {
            "installation.seen": (
                Within(function=lambda entry: seen.append(f"first {entry.subject_id}")),
                Within(function=lambda _entry: seen.append("second")),
                After(task=invite),
            )
        }
    )

    entry = events.record("installation.seen", actor=SYSTEM, epci=None, subject="clock")

    assert seen == ["first clock", "second"]
    assert DBTaskResult.objects.get().args_kwargs["args"] == [entry.pk]


@pytest.mark.django_db
@pytest.mark.usefixtures("_installed_again")
def test_an_effect_that_fails_takes_the_event_with_it() -> None:
    def break_down(_entry: Entry) -> None:
        raise RuntimeError("no")

    effects.install({"installation.seen": (After(task=invite), Within(function=break_down))})

    with pytest.raises(RuntimeError), transaction.atomic():
        events.record("installation.seen", actor=SYSTEM, epci=None, subject="clock")

    assert not Entry.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_the_log_is_read_by_the_coordinator_of_the_epci_alone(
    coordinator: User, lawyer: User, referent_oisy: User, stranger: User
) -> None:
    Entry.objects.all().delete()
    entry = Entry.objects.create(event="visit.moved", actor="system", epci="200042190", subject_id="1")
    Entry.objects.create(event="installation.seen", actor="system", subject_id="clock")

    assert list(Entry.objects.visible_to(coordinator)) == [entry]
    for person in (lawyer, referent_oisy, stranger):
        assert not Entry.objects.visible_to(person).exists()
