"""Accounts are opened, and roles given and ended, by those who may, with a line in the log each time."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.access import Kind
from escale.apps.accounts.actions import create_user, end_role, grant_role
from escale.apps.accounts.models import Role, User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.models import Commune, Epci, Membership
from tests.cast import PASSWORD, SINCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(epci: Epci) -> User:
    return create_user(actor=SYSTEM, email="zoe.roche@exemple.fr", name="Zoé Roche", within=epci)


def errors_of(raised: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return raised.value.message_dict


def test_an_account_is_opened_under_its_address_in_small_letters(coordinator: User, epci: Epci) -> None:
    user = create_user(actor=coordinator, email=" Zoe.Roche@Exemple.FR ", name="Zoé  Roche", within=epci)

    assert (user.email, user.name) == ("zoe.roche@exemple.fr", "Zoé Roche")
    assert not user.has_usable_password()
    entry = Entry.objects.get(event="accounts.user_created", subject_id=str(user.pk))
    assert (entry.actor, entry.epci, entry.details) == (coordinator.actor_id, "200042190", {})


@pytest.mark.parametrize(
    ("email", "name", "field"),
    [("zoe.roche", "Zoé Roche", "email"), ("", "Zoé Roche", "email"), ("zoe@exemple.fr", "  ", "name")],
)
def test_a_bad_account_is_refused_beside_its_field(email: str, name: str, field: str, epci: Epci) -> None:
    with pytest.raises(ValidationError) as raised:
        create_user(actor=SYSTEM, email=email, name=name, within=epci)

    assert list(errors_of(raised)) == [field]
    assert not User.objects.exists()


def test_an_address_has_one_account(newcomer: User, epci: Epci) -> None:
    with pytest.raises(ValidationError, match="déjà cette adresse"):
        create_user(actor=SYSTEM, email="ZOE.roche@exemple.fr", name="Une autre", within=epci)


def test_a_weak_password_is_refused(epci: Epci) -> None:
    with pytest.raises(ValidationError, match="12 caractères"):
        create_user(actor=SYSTEM, email="zoe@exemple.fr", name="Zoé", within=epci, password="court")


def test_a_password_is_kept_as_a_hash(epci: Epci) -> None:
    user = create_user(actor=SYSTEM, email="zoe@exemple.fr", name="Zoé", within=epci, password=PASSWORD)

    assert user.check_password(PASSWORD)
    assert PASSWORD not in user.password


def test_a_coordinator_gives_a_role(coordinator: User, newcomer: User, epci: Epci) -> None:
    role = grant_role(actor=coordinator, user=newcomer, kind=Kind.MEDIATOR, epci=epci, starts=SINCE)

    assert newcomer.may("team.see", epci)
    entry = Entry.objects.get(event="accounts.role_granted", subject_id=str(role.pk))
    assert entry.details == {"kind": "mediator", "place": "200042190"}


def test_a_referent_gives_the_desk_of_the_commune_and_nothing_else(
    referent_oisy: User, newcomer: User, epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    role = grant_role(actor=referent_oisy, user=newcomer, kind=Kind.DESK, epci=epci, commune=oisy)

    assert role.place == "59446"
    for kind, commune in ((Kind.REFERENT, oisy), (Kind.DESK, bousignies), (Kind.COORDINATOR, None)):
        with pytest.raises(PermissionDenied):
            grant_role(actor=referent_oisy, user=newcomer, kind=kind, epci=epci, commune=commune)


def test_a_stranger_gives_no_role_here(stranger: User, newcomer: User, epci: Epci) -> None:
    with pytest.raises(PermissionDenied):
        grant_role(actor=stranger, user=newcomer, kind=Kind.READER, epci=epci)


def test_an_epci_gives_no_role_in_a_commune_that_left_it(
    coordinator: User, stranger: User, newcomer: User, epci: Epci, elsewhere: Epci, oisy: Commune
) -> None:
    Membership.objects.filter(commune=oisy).update(ends=dt.date(2025, 12, 31))
    Membership.objects.create(epci=elsewhere, commune=oisy, starts=dt.date(2026, 1, 1))
    since = dt.date(2026, 2, 1)

    with pytest.raises(ValidationError, match="pas dans l’EPCI à cette date"):
        grant_role(actor=coordinator, user=newcomer, kind=Kind.DESK, epci=epci, commune=oisy, starts=since)
    with pytest.raises(PermissionDenied):
        grant_role(actor=coordinator, user=newcomer, kind=Kind.DESK, epci=elsewhere, commune=oisy, starts=since)
    assert grant_role(actor=stranger, user=newcomer, kind=Kind.DESK, epci=elsewhere, commune=oisy, starts=since).pk


@pytest.mark.parametrize("kind", sorted(Kind))
def test_a_kind_goes_with_its_sort_of_place(kind: Kind, newcomer: User, epci: Epci, oisy: Commune) -> None:
    wrong = None if kind in {Kind.REFERENT, Kind.DESK} else oisy

    with pytest.raises(ValidationError, match="Un référent ou un accueil a une commune"):
        grant_role(actor=SYSTEM, user=newcomer, kind=kind, epci=epci, commune=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=newcomer, kind=kind, epci=epci, commune=wrong, place=epci.siren)


def test_a_role_is_not_held_twice_on_a_day(newcomer: User, epci: Epci) -> None:
    lend = partial(grant_role, actor=SYSTEM, user=newcomer, kind=Kind.READER, epci=epci)
    lend(ends=dt.date(2026, 6, 30))

    with pytest.raises(ValidationError, match="a déjà ce rôle"):
        lend(starts=dt.date(2026, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=newcomer, kind=Kind.READER, epci=epci, place=epci.siren, starts=dt.date(2026, 6, 30))
    assert lend(starts=dt.date(2026, 7, 1)).pk


def test_dates_in_the_wrong_order_are_refused(newcomer: User, epci: Epci) -> None:
    with pytest.raises(ValidationError, match="La fin est avant le début"):
        grant_role(
            actor=SYSTEM,
            user=newcomer,
            kind=Kind.READER,
            epci=epci,
            starts=dt.date(2026, 2, 1),
            ends=dt.date(2026, 1, 1),
        )


def test_a_role_ends_on_its_last_day(coordinator: User, desk_oisy: User) -> None:
    role = desk_oisy.roles.get()

    ended = end_role(actor=coordinator, role=role, on=dt.date(2026, 6, 30))

    assert ended.ends == dt.date(2026, 6, 30)
    assert Entry.objects.get(event="accounts.role_ended").details == {"on": "2026-06-30"}


def test_a_referent_ends_the_desk_of_the_commune_but_not_the_coordinator(
    referent_oisy: User, referent_bousignies: User, desk_oisy: User, coordinator: User
) -> None:
    day = dt.date(2026, 6, 30)

    for actor, role in ((referent_oisy, coordinator.roles.get()), (referent_bousignies, desk_oisy.roles.get())):
        with pytest.raises(PermissionDenied):
            end_role(actor=actor, role=role, on=day)
    assert end_role(actor=referent_oisy, role=desk_oisy.roles.get(), on=day).ends == day


@pytest.mark.parametrize("on", [SINCE - dt.timedelta(days=1), dt.date(2026, 12, 31), dt.date(2027, 1, 1)])
def test_a_role_is_not_ended_before_it_starts_nor_made_longer(on: dt.date, desk_oisy: User) -> None:
    role = desk_oisy.roles.get()
    end_role(actor=SYSTEM, role=role, on=dt.date(2026, 12, 31))

    with pytest.raises(ValidationError, match="Ce rôle"):
        end_role(actor=SYSTEM, role=role, on=on)
