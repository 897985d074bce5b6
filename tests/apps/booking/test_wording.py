"""What people read: one text message in its own alphabet, a short letter; never a name, never a link."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.booking.kinds import Change
from escale.apps.booking.news import News
from escale.apps.booking.wording import letter_of, sms_of, subject_of
from escale.apps.messaging.gsm import MOST, gsm_length
from escale.apps.territory.models import Commune
from escale.core.booking.motives import Motive, to_bring
from escale.core.calendar.halfdays import Half
from escale.core.calendar.hours import Hours

LONGEST = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"
"""The longest name of a commune of France."""


def news(change: Change, *, name: str = "Oisy", place: str = "Salle des fêtes", phone: str = "03 27 00 00 01") -> News:
    commune = Commune(code="59446", name=name, elides=name == "Oisy")
    return News(
        change=change,
        day=dt.date(2027, 2, 24),
        hours=Hours(starts=dt.time(16), ends=dt.time(16, 30)),
        at=commune,
        mairie=commune,
        place=place,
        address="1 rue de l’Église",
        phone=phone,
        phone_hours="du lundi au vendredi, 9 h – 12 h",
        bring=to_bring(Motive.TAXES),
        before=(dt.date(2027, 2, 17), Half.AM),
        until=dt.datetime(2027, 2, 20, 11, 30, tzinfo=dt.UTC) if change is Change.OFFERED else None,
    )


@pytest.mark.parametrize("change", list(Change))
@pytest.mark.parametrize("name", ["Oisy", LONGEST, "Forêt-sur-Œuf"])
@pytest.mark.parametrize("place", ["", "Mairie", "Salle polyvalente Jacques-Prévert, annexe de la médiathèque intercommunale"])
@pytest.mark.parametrize("phone", ["", "03 27 00 00 01", "+33 3 27 00 00 01"])
def test_every_text_message_is_one_part_and_ends_with_the_telephone(change: Change, name: str, place: str, phone: str) -> None:
    text = sms_of(news(change, name=name, place=place, phone=phone))

    assert gsm_length(text) <= MOST
    assert "16h-16h30" in text
    assert text.endswith(phone)
    assert "airie" in text
    assert "http" not in text


def test_a_name_longer_than_any_is_cut_and_the_telephone_kept() -> None:
    text = sms_of(news(Change.MOVED, name="Bourg" * 20, place=""))

    assert gsm_length(text) <= MOST
    assert text.endswith("03 27 00 00 01")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change.BOOKED,
            "Aide numérique : RDV noté mercredi 24 février 16h-16h30, Salle des fetes, Oisy. Empeché ? Mairie : 03 27 00 00 01",
        ),
        (
            Change.MOVED,
            (
                "Aide numérique : votre RDV du mer 17/02 est déplacé mercredi 24 février 16h-16h30, Salle des fetes, Oisy. "
                "Empeché ? Mairie : 03 27 00 00 01"
            ),
        ),
        (
            Change.CANCELLED,
            (
                "Aide numérique : votre RDV mercredi 24 février 16h-16h30, Salle des fetes, Oisy, est annulé. "
                "Autre date ? Mairie : 03 27 00 00 01"
            ),
        ),
        (
            Change.OFFERED,
            (
                "Aide numérique : une place se libère mercredi 24 février 16h-16h30, Salle des fetes, Oisy. "
                "Appelez la mairie avant sam 20/02 11h30 : 03 27 00 00 01"
            ),
        ),
        (
            Change.REMINDED,
            "Rappel : RDV aide numérique mercredi 24 février 16h-16h30, Salle des fetes, Oisy. Empeché ? Mairie : 03 27 00 00 01",
        ),
    ],
)
def test_the_text_message_says_when_where_and_whom_to_call(change: Change, words: str) -> None:
    assert sms_of(news(change)) == words


def test_the_letter_says_what_to_bring_and_what_becomes_of_the_address() -> None:
    letter = letter_of(news(Change.MOVED))

    assert subject_of(news(Change.MOVED)) == "Votre rendez-vous d’aide numérique change de date : mercredi 24 février 2027"
    assert "du mercredi 17 février 2027 (matin) change de date" in letter
    assert "Mercredi 24 février 2027, 16\u202fh – 16\u202fh\u202f30\nSalle des fêtes, 1 rue de l’Église, Oisy" in letter
    assert "- Le dernier avis reçu" in letter
    assert "mairie d’Oisy : 03 27 00 00 01 (du lundi au vendredi, 9 h – 12 h)" in letter
    assert "s’efface 90 jours après" in letter


def test_the_letter_of_a_cancellation_says_nothing_to_bring() -> None:
    letter = letter_of(news(Change.CANCELLED))

    assert "est annulé" in letter
    assert "apporter" not in letter


@pytest.mark.parametrize("change", list(Change))
def test_every_change_has_a_subject_of_its_own(change: Change) -> None:
    assert "rendez-vous d’aide numérique" in subject_of(news(change))
