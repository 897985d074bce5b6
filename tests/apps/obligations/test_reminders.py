"""What waits is said once to those who run the conventions, whatever runs twice, at once, or after forty days of silence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.messaging.models import Message
from escale.apps.obligations.actions import remind, remind_all
from escale.apps.obligations.awaited import items_of, lines_of
from escale.apps.obligations.models import Reminder
from escale.apps.team.models import Insurance
from escale.apps.territory.actions import name_referent, set_setting
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def insured(epci: Epci) -> Insurance:
    return Insurance.objects.create(epci=epci, insurer="Exemple", policy="1", starts=day("2025-01-01"), ends=day("2027-12-31"))


def quiet(epci: Epci, *communes: Commune) -> None:
    """Bring conventions into force of which nothing is awaited but their deadlines: with a référent each."""
    for commune in communes:
        in_force(epci, commune)
        reached: dict[str, Any] = {"phone": "03 53 01 00 00", "starts": day("2025-01-01")}
        name_referent(actor=SYSTEM, commune=commune, first_name="Rose", last_name="Exemple", **reached)


def told(epci: Epci, on: str) -> list[str]:
    return [line.words for line in lines_of(items_of(epci, day(on)))]


def test_one_deadline_of_many_conventions_is_one_line(epci: Epci, oisy: Commune, bousignies: Commune, insured: Insurance) -> None:
    quiet(epci, oisy, bousignies)

    assert told(epci, "2026-11-10") == [
        "Bousignies, Oisy : dernier jour pour notifier une dénonciation au 30 juin 2027 (art. 5-1), le vendredi 30 avril 2027"
    ]


def test_each_alert_of_a_denunciation_is_given_once(
    epci: Epci, oisy: Commune, bousignies: Commune, insured: Insurance, coordinator: User
) -> None:
    quiet(epci, oisy, bousignies)

    assert remind(actor=SYSTEM, epci=epci, on=day("2026-10-31")) == 0
    assert [remind(actor=SYSTEM, epci=epci, on=day(on)) for on in ("2026-11-01", "2026-11-01", "2026-11-02")] == [2, 0, 0]
    assert remind(actor=SYSTEM, epci=epci, on=day("2026-12-31")) == 2

    assert Message.objects.count() == 2
    assert set(Message.objects.values_list("to", flat=True)) == {coordinator.email}


def test_after_a_long_silence_only_the_tightest_alert_is_given(
    epci: Epci, oisy: Commune, insured: Insurance, lawyer: User
) -> None:
    quiet(epci, oisy)

    given = [remind(actor=SYSTEM, epci=epci, on=day(on)) for on in ("2026-11-01", "2027-04-15")]

    assert given == [1, 1]
    assert list(Reminder.objects.order_by("pk").values_list("key", flat=True))[-1].endswith(":2027-04-30:21")


def test_a_digest_says_what_to_do_and_where(epci: Epci, oisy: Commune, insured: Insurance, coordinator: User) -> None:
    quiet(epci, oisy)

    remind(actor=SYSTEM, epci=epci, on=day("2026-11-01"))

    message = Message.objects.get()
    assert message.subject == "Conventions : un rappel, dimanche 1er novembre 2026"
    assert "- Oisy : dernier jour pour notifier une dénonciation au 30 juin 2027" in message.body
    assert "  Décider de la reconduction :\n  http://localhost:8000/pilotage/conventions/" in message.body


def test_everyone_who_runs_the_conventions_has_one_digest(
    epci: Epci, oisy: Commune, insured: Insurance, coordinator: User, lawyer: User, ines: User, reader: User
) -> None:
    quiet(epci, oisy)

    remind(actor=SYSTEM, epci=epci, on=day("2026-11-01"))

    assert sorted(Message.objects.values_list("to", flat=True)) == sorted([coordinator.email, lawyer.email])


def test_nothing_is_taken_as_said_where_nobody_is_there_to_read(epci: Epci, oisy: Commune, insured: Insurance) -> None:
    quiet(epci, oisy)

    assert remind(actor=SYSTEM, epci=epci, on=day("2026-11-01")) == 0
    assert not Reminder.objects.exists()


def test_a_commune_without_a_referent_is_asked_too(
    epci: Epci, oisy: Commune, insured: Insurance, coordinator: User, desk_oisy: User
) -> None:
    in_force(epci, oisy)

    remind(actor=SYSTEM, epci=epci, on=day("2025-06-01"))

    letter = Message.objects.get(to=desk_oisy.email)
    assert letter.subject == "Qui est le référent de l’aide numérique à Oisy ?"
    assert "la commune d’Oisy nomme un référent (article 3-1)" in letter.body
    assert "aucun référent n’est nommé" in Message.objects.get(to=coordinator.email).body
    assert remind(actor=SYSTEM, epci=epci, on=day("2025-06-02")) == 0


def test_an_insurance_that_ends_is_told_thirty_days_before_then_once_over(epci: Epci, oisy: Commune, coordinator: User) -> None:
    quiet(epci, oisy)
    Insurance.objects.create(epci=epci, insurer="Exemple", policy="1", starts=day("2025-01-01"), ends=day("2025-12-31"))
    set_setting(actor=SYSTEM, epci=epci, key="DENUNCIATION_ALERTS_DAYS_BEFORE", value="10")

    assert told(epci, "2025-11-30") == []
    assert told(epci, "2025-12-01") == ["Dernier jour de l’assurance du service (art. 3-2), le mercredi 31 décembre 2025"]
    assert told(epci, "2026-01-01") == ["Assurance du service : l’attestation a expiré le 31 décembre 2025 (art. 3-2)"]


def test_the_round_of_the_day_reminds_every_epci_on_its_own_day(
    epci: Epci, oisy: Commune, insured: Insurance, coordinator: User
) -> None:
    quiet(epci, oisy)
    midnight = timezone.make_aware(dt.datetime.combine(day("2026-11-01"), dt.time(0, 30)))

    assert (remind_all(actor=SYSTEM, now=midnight), remind_all(actor=SYSTEM, now=midnight)) == (1, 0)
    assert Entry.objects.filter(event="obligations.reminded").count() == 1


def test_nobody_but_the_installation_reminds(epci: Epci, coordinator: User) -> None:
    with pytest.raises(PermissionDenied):
        remind(actor=coordinator, epci=epci, on=day("2026-11-01"))
