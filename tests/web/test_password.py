"""Someone who forgot a password gets a letter in French, and chooses another one."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_letter_leads_to_a_new_password(cast: Cast) -> None:
    client = Client()
    client.post("/compte/password/reset/", {"email": "desk@example.org"})
    [letter] = mail.outbox
    address = re.search(r"http://testserver(/\S+)", str(letter.body))
    assert address

    form = client.get(address.group(1), follow=True)
    chosen = {"password1": "encore une autre phrase", "password2": "encore une autre phrase"}
    done = client.post(form.redirect_chain[-1][0], chosen, follow=True)

    assert "Votre mot de passe est changé" in done.content.decode()
    cast.desk.refresh_from_db()
    assert cast.desk.check_password("encore une autre phrase")


def test_the_letter_is_short_and_french(cast: Cast) -> None:
    Client().post("/compte/password/reset/", {"email": "desk@example.org"})

    [letter] = mail.outbox
    assert letter.subject.endswith("Choisir un nouveau mot de passe")
    assert letter.body.startswith("Bonjour,")
    assert "example.com" not in letter.body


def test_the_page_says_the_same_for_an_address_without_an_account(cast: Cast) -> None:
    known = Client().post("/compte/password/reset/", {"email": "desk@example.org"}, follow=True)
    unknown = Client().post("/compte/password/reset/", {"email": "inconnu@example.org"}, follow=True)

    assert known.content == unknown.content


def test_a_link_that_served_already_says_how_to_get_another(cast: Cast) -> None:
    shown = Client().get("/compte/password/reset/key/1-abc/").content.decode()

    assert "Ce lien ne sert plus" in shown
