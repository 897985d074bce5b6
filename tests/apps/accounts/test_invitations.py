"""Who gets an account gets a letter, once the account is really there."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from escale.apps.accounts.actions import create_user
from escale.apps.accounts.invitations import invite
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.models import Epci
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def entry_of_the_account() -> int:
    return Entry.objects.get(event="accounts.user_created").pk


def test_a_new_account_puts_its_letter_in_the_queue(epci: Epci) -> None:
    create_user(actor=SYSTEM, email="zoe@exemple.fr", name="Zoé", within=epci)

    queued = DBTaskResult.objects.get()
    assert (queued.task_name, queued.args_kwargs["args"]) == ("invite", [entry_of_the_account()])


def test_an_account_that_is_not_kept_leaves_no_letter_in_the_queue(epci: Epci) -> None:
    with transaction.atomic():
        create_user(actor=SYSTEM, email="zoe@exemple.fr", name="Zoé", within=epci)
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()


def test_the_letter_says_where_to_choose_a_password(epci: Epci) -> None:
    create_user(actor=SYSTEM, email="zoe@exemple.fr", name="Zoé", within=epci)

    assert invite.func(entry_of_the_account())

    (letter,) = mail.outbox
    assert letter.to == ["zoe@exemple.fr"]
    assert "http://localhost:8000/compte/" in letter.body


def test_who_has_a_password_gets_no_letter(epci: Epci) -> None:
    create_user(actor=SYSTEM, email="zoe@exemple.fr", name="Zoé", within=epci, password=PASSWORD)

    assert not invite.func(entry_of_the_account())
    assert mail.outbox == []
