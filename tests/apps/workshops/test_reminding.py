"""People learn that they are registered, and are reminded 48 hours before; once, and never after it has begun."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.kinds import Channel
from escale.apps.messaging.gsm import MOST, gsm_length
from escale.apps.messaging.models import Message
from escale.apps.territory.models import Commune, Epci
from escale.apps.workshops.actions import change_workshop, withdraw_person
from escale.apps.workshops.models import Registration, Workshop
from escale.apps.workshops.plans import plan_of
from escale.apps.workshops.reminding import confirm_registrations, remind_people
from tests.apps.booking.service import Clock
from tests.apps.workshops.service import fill, register

pytestmark = pytest.mark.django_db
MOBILE = {"channel": Channel.PHONE, "contact": "06 39 98 00 02"}
LETTER = {"channel": Channel.EMAIL, "contact": "jean@exemple.fr"}
FIXED = {"channel": Channel.PHONE, "contact": "03 53 01 00 02"}


def go_round() -> list[str]:
    """Do the round of the minute; return the texts that wait, the oldest first."""
    confirm_registrations(actor=SYSTEM)
    remind_people(actor=SYSTEM)
    return list(Message.objects.filter(state="queued").order_by("pk").values_list("body", flat=True))


def test_whoever_registers_is_told_after_a_minute_and_once(
    clock: Clock, workshop: Workshop, oisy: Commune, desk_oisy: User
) -> None:
    register(desk_oisy, workshop, oisy, "Patient", **MOBILE)
    register(desk_oisy, workshop, oisy, "Fixe", **FIXED)

    assert go_round() == []
    clock.go("2026-12-01", "12:01")
    (text,) = go_round()
    assert go_round() == [text]

    assert text.startswith("Atelier numérique : inscription notée, mardi 12 janvier 9h30-11h30, ")
    assert gsm_length(text) <= MOST
    assert "Patient" not in text


def test_whoever_waits_learns_that_it_is_full(clock: Clock, workshop: Workshop, oisy: Commune, desk_oisy: User) -> None:
    fill(desk_oisy, workshop, oisy)
    register(desk_oisy, workshop, oisy, "Patient", **LETTER)

    clock.go("2026-12-01", "12:01")
    (letter,) = go_round()

    assert "vous êtes sur la liste d’attente" in letter
    assert "ne venez pas sans cela" in letter


def test_the_reminder_comes_48_hours_before_to_those_who_have_a_place(
    clock: Clock, workshop: Workshop, oisy: Commune, desk_oisy: User
) -> None:
    fill(desk_oisy, workshop, oisy, 6)
    for name, way in (("Un", MOBILE), ("Deux", LETTER), ("Attend", MOBILE), ("Fixe", FIXED)):
        register(desk_oisy, workshop, oisy, name, **way)

    clock.go("2027-01-10", "09:29")
    assert go_round() == []
    clock.go("2027-01-10", "09:30")
    texts = go_round()
    assert go_round() == texts

    assert [text.partition(",")[0] for text in texts] == ["Rappel : atelier numérique mardi 12 janvier 9h30-11h30", "Bonjour"]
    assert set(Message.objects.values_list("not_after", flat=True)) == {workshop.begins_at}
    assert not Registration.objects.to_tell().exists()


def test_nothing_comes_once_it_has_begun_nor_to_whoever_has_just_registered(
    clock: Clock, workshop: Workshop, oisy: Commune, desk_oisy: User
) -> None:
    clock.go("2027-01-11", "09:00")
    register(desk_oisy, workshop, oisy, "Un", **MOBILE)

    clock.go("2027-01-11", "09:05")
    assert [text.partition(",")[0] for text in go_round()] == ["Atelier numérique : inscription notée"]
    Message.objects.all().delete()
    clock.go("2027-01-12", "09:30")
    assert go_round() == []


def test_a_workshop_that_moves_is_reminded_again_and_a_change_of_the_last_hours_is_reminder_enough(
    clock: Clock, epci: Epci, ines: User, workshop: Workshop, oisy: Commune, desk_oisy: User
) -> None:
    register(desk_oisy, workshop, oisy, "Un", **MOBILE)
    clock.go("2027-01-10", "10:00")
    assert len(go_round()) == 1

    plan = replace(plan_of(workshop), date=workshop.date.replace(day=19))
    change_workshop(actor=ines, workshop=workshop, plan=plan)
    clock.go("2027-01-17", "10:00")
    (text,) = go_round()
    assert text.startswith("Rappel : atelier numérique mardi 19 janvier")

    change_workshop(actor=ines, workshop=workshop, plan=replace(plan, address="Salle des fêtes, 1 rue de l’Exemple"))
    (text,) = go_round()
    assert text.startswith("Atelier numérique : changement")


def test_whoever_withdraws_is_not_written_to(clock: Clock, workshop: Workshop, oisy: Commune, desk_oisy: User) -> None:
    row = register(desk_oisy, workshop, oisy, "Un", **MOBILE)
    clock.go("2026-12-01", "12:01")
    assert len(go_round()) == 1

    withdraw_person(actor=desk_oisy, registration=row)

    assert go_round() == []
