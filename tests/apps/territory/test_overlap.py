"""The database refuses that a commune be in two EPCIs on one day, even behind the back of the models."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from escale.apps.territory.models import Commune, Epci, Membership

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 6, 15)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


@pytest.fixture
def commune() -> Commune:
    """A commune that is in no EPCI yet."""
    return Commune.objects.create(code="59002", name="Abscon", sort_key="abscon", search="abscon")


def _member(epci: Epci, commune: Commune, starts: dt.date | None, ends: dt.date | None) -> None:
    with transaction.atomic():
        Membership.objects.bulk_create([Membership(epci=epci, commune=commune, starts=starts, ends=ends)])


@pytest.mark.parametrize(("starts", "ends"), [(None, None), (DAY, None), (None, DAY), (DAY, DAY), (BEFORE, AFTER)])
def test_a_period_that_meets_another_is_refused(
    epci: Epci, commune: Commune, starts: dt.date | None, ends: dt.date | None
) -> None:
    _member(epci, commune, DAY, DAY)

    with pytest.raises(IntegrityError):
        _member(epci, commune, starts, ends)


@pytest.mark.parametrize(("starts", "ends"), [(None, BEFORE), (AFTER, None)])
def test_periods_that_follow_one_another_are_kept(
    epci: Epci, commune: Commune, starts: dt.date | None, ends: dt.date | None
) -> None:
    _member(epci, commune, DAY, DAY)

    _member(epci, commune, starts, ends)

    assert Membership.objects.count() == 2


def test_a_period_cannot_be_moved_onto_another(epci: Epci, commune: Commune) -> None:
    _member(epci, commune, None, BEFORE)
    _member(epci, commune, DAY, None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(starts=DAY).update(starts=BEFORE)


def test_a_period_may_change_where_it_stands(epci: Epci, commune: Commune) -> None:
    _member(epci, commune, DAY, AFTER)

    assert Membership.objects.update(ends=None) == 1


def test_the_form_is_told_in_french(epci: Epci, commune: Commune) -> None:
    _member(epci, commune, DAY, None)

    with pytest.raises(ValidationError, match="clore d’abord"):
        Membership(epci=epci, commune=commune, starts=AFTER).full_clean()


@pytest.mark.django_db(transaction=True)
def test_the_constraint_survives_a_change_of_its_table(epci: Epci, commune: Commune) -> None:
    field: models.CharField[str | None, str | None] = models.CharField(max_length=10, null=True)
    field.set_attributes_from_name("note")
    altered: models.CharField[str | None, str | None] = models.CharField(max_length=20, null=True)
    altered.set_attributes_from_name("note")
    with connection.schema_editor() as editor:
        editor.add_field(Membership, field)
        editor.alter_field(Membership, field, altered)
    try:
        _member(epci, commune, DAY, None)
        with pytest.raises(IntegrityError):
            _member(epci, commune, AFTER, None)
    finally:
        with connection.schema_editor() as editor:
            editor.remove_field(Membership, altered)
