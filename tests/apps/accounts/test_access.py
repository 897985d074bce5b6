"""Who may do what, and where: the list of permissions, and the two questions that it answers alike."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from escale.apps.accounts.access import COMMUNE_KINDS, EPCI_KINDS, Kind, UnknownPermissionError
from escale.apps.accounts.labels import KINDS
from escale.apps.accounts.models import Role, User
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.models import Commune, Epci
from tests.cast import Person, engage

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_label_and_one_sort_of_place() -> None:
    assert set(KINDS) == set(Kind)
    assert set(Kind) == EPCI_KINDS | COMMUNE_KINDS
    assert not EPCI_KINDS & COMMUNE_KINDS


def test_a_coordinator_sees_every_commune_of_the_epci(coordinator: User, oisy: Commune, bousignies: Commune) -> None:
    assert set(Commune.objects.visible_to(coordinator)) == {oisy, bousignies}


def test_a_referent_sees_one_commune_and_no_other(referent_oisy: User, oisy: Commune, bousignies: Commune) -> None:
    assert list(Commune.objects.visible_to(referent_oisy)) == [oisy]
    assert referent_oisy.may("territory.see", oisy)
    assert not referent_oisy.may("territory.see", bousignies)


def test_the_roles_of_one_request_are_read_once_and_those_of_the_next_anew(
    coordinator: User, epci: Epci, oisy: Commune, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now, later = User.objects.get(pk=coordinator.pk), User.objects.get(pk=coordinator.pk)

    with django_assert_num_queries(1):
        now.keep_roles()
        scopes = [now.scope(permission) for permission in ("territory.see", "visits.see", "team.see")]
    Role.objects.filter(user=coordinator).delete()
    later.keep_roles()

    assert [scope.epcis for scope in scopes] == [{epci.siren}] * 3
    assert not later.may("territory.see", oisy)


def test_a_stranger_sees_nothing_here(stranger: User, epci: Epci, oisy: Commune, coordinator: User) -> None:
    assert not Commune.objects.visible_to(stranger).exists()
    assert not stranger.may("territory.see", epci)
    assert not User.objects.visible_to(stranger).filter(pk=coordinator.pk).exists()


def test_the_system_may_do_all_and_sees_all(oisy: Commune, epci: Epci) -> None:
    assert SYSTEM.may("audit.purge", "installation")
    assert list(Commune.objects.visible_to(SYSTEM)) == [oisy]


def test_nobody_but_the_system_holds_a_permission_on_the_whole_installation(coordinator: User) -> None:
    assert not coordinator.may("territory.import", "installation")


def test_a_permission_that_the_list_does_not_hold_is_a_mistake_of_ours(coordinator: User, epci: Epci) -> None:
    with pytest.raises(UnknownPermissionError, match=r"territory\.conquer"):
        coordinator.may("territory.conquer", epci)


@pytest.mark.parametrize(
    ("day", "held"), [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_a_role_counts_from_its_first_to_its_last_day(
    day: str, held: bool, referent_oisy: User, oisy: Commune, settings: Settings
) -> None:
    referent_oisy.roles.update(starts=dt.date(2026, 3, 1), ends=dt.date(2026, 3, 31))
    settings.ESCALE_TODAY = dt.date.fromisoformat(day)

    assert referent_oisy.may("territory.see", oisy) is held


def test_a_closed_account_holds_nothing(coordinator: User, epci: Epci) -> None:
    coordinator.is_active = False

    assert not coordinator.may("territory.see", epci)


def test_two_roles_add_up(referent_oisy: User, epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    Role.objects.create(user=referent_oisy, kind=Kind.READER, epci=epci, place=epci.siren)

    assert set(Commune.objects.visible_to(referent_oisy)) == {oisy, bousignies}
    assert referent_oisy.may("accounts.grant_desk", oisy)
    assert not referent_oisy.may("accounts.grant_desk", bousignies)


def test_a_coordinator_sees_the_people_of_the_epci_and_a_referent_those_of_the_commune(
    coordinator: User, referent_oisy: User, desk_oisy: User, referent_bousignies: User, stranger: User
) -> None:
    here = {coordinator, referent_oisy, desk_oisy, referent_bousignies}

    assert set(User.objects.visible_to(coordinator)) == here
    assert set(User.objects.visible_to(referent_oisy)) == {referent_oisy, desk_oisy}


def test_a_list_costs_the_same_with_one_and_with_many_rows(coordinator: User, epci: Epci) -> None:
    with CaptureQueriesContext(connection) as few:
        list(User.objects.visible_to(coordinator))
    for person in (Person.INES, Person.TOM, Person.LAWYER, Person.READER):
        engage(person, epci)
    with CaptureQueriesContext(connection) as many:
        found = list(User.objects.visible_to(coordinator))

    assert len(found) == 5
    assert len(few) == len(many)
