"""The demonstration opens an account for each role, says that its people do not exist, and keeps what was changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role, User
from escale.apps.audit.models import Entry
from escale.apps.team.models import Mediator, Occupancy
from escale.apps.territory.models import Commune, KeyHolder, Premises, Referent, Room
from escale.config.demonstration import ACCOUNTS, kept_password, load

pytestmark = pytest.mark.django_db
PASSWORD = "sept mots tirés au sort"


def test_every_role_has_an_account_that_opens() -> None:
    load(PASSWORD)

    assert set(Role.objects.values_list("kind", flat=True)) == set(Kind)
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_each_commune_has_its_hall_and_its_people_and_made_up_ones_are_named_as_such() -> None:
    load(PASSWORD)

    assert Commune.objects.count() == Premises.objects.count() == Room.objects.count() == Referent.objects.count() == 47
    assert KeyHolder.objects.count() == 94
    assert Occupancy.objects.count() == 2
    people = (*User.objects.all(), *Mediator.objects.all(), *Referent.objects.all(), *KeyHolder.objects.all())
    assert all("(démonstration)" in str(person) for person in people)
    assert all("(démonstration)" in place.name for place in Premises.objects.all())
    phones = [phone for group in (Mediator, Referent, KeyHolder) for phone in group.objects.values_list("phone", flat=True)]
    assert all(re.fullmatch(r"03 53 01 \d\d \d\d", phone) for phone in phones), "the range kept for fiction"
    assert all(user.email.endswith("@example.org") for user in User.objects.all())


def test_a_second_start_writes_nothing() -> None:
    load(PASSWORD)
    before = Entry.objects.count()

    load("un autre mot de passe")

    assert Entry.objects.count() == before
    assert User.objects.count() == len(ACCOUNTS)


def test_the_password_is_drawn_once_and_kept_from_others(tmp_path: Path) -> None:
    place = tmp_path / "password"

    drawn = kept_password(place)

    assert kept_password(place) == drawn
    assert len(drawn) >= 12
    assert place.stat().st_mode & 0o077 == 0


def test_a_demonstration_is_refused_in_production(settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="jamais en production"):
        call_command("demo")

    assert not User.objects.exists()
