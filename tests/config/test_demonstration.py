"""The demonstration opens an account for each role, says that its people do not exist, and keeps what was changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role, User
from escale.apps.audit.models import Entry
from escale.apps.team.models import Mediator, Occupancy
from escale.apps.territory.models import Commune, Premises, Referent
from escale.config.demonstration import ACCOUNTS, kept_password, load

pytestmark = pytest.mark.django_db
PASSWORD = "sept mots tirés au sort"


def test_every_role_has_an_account_that_opens() -> None:
    load(PASSWORD)

    assert set(Role.objects.values_list("kind", flat=True)) == set(Kind)
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_the_communes_are_real_and_each_post_is_held() -> None:
    load(PASSWORD)

    assert Commune.objects.count() == 47
    assert Occupancy.objects.count() == 2


def test_made_up_people_are_named_as_such() -> None:
    load(PASSWORD)

    names = [str(person) for person in (*User.objects.all(), *Mediator.objects.all(), *Referent.objects.all())]
    assert all("(démonstration)" in name for name in names)
    assert all("(démonstration)" in place.name for place in Premises.objects.all())


def test_telephone_numbers_are_those_kept_for_fiction() -> None:
    load(PASSWORD)

    phones = [*Mediator.objects.values_list("phone", flat=True), *Referent.objects.values_list("phone", flat=True)]
    assert phones
    assert all(phone.startswith("03 53 01 ") for phone in phones)


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
