"""The agreed day of a commune: one at a time, in the half-days of article 4, by the coordinator alone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions import annex_pattern, withdraw_pattern
from escale.apps.schedule.models import AnnexedPattern
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Window
from escale.core.planning.problem import Annex
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
THURSDAY = Annex(nth=2, window=Window.parse("THU_AM"))
TUESDAY = Annex(nth=1, window=Window.parse("TUE_AM"))
SPRING = day("2027-03-01")


@pytest.fixture
def agreed(epci: Epci, oisy: Commune, coordinator: User) -> AnnexedPattern:
    return annex_pattern(actor=coordinator, epci=epci, commune=oisy, pattern=THURSDAY, starts=SPRING)


def test_a_day_that_begins_when_another_does_replaces_it(
    agreed: AnnexedPattern, epci: Epci, oisy: Commune, coordinator: User
) -> None:
    annex_pattern(actor=coordinator, epci=epci, commune=oisy, pattern=TUESDAY, starts=SPRING)

    (only,) = AnnexedPattern.objects.all()
    assert only.value == TUESDAY
    assert Entry.objects.filter(event="schedule.pattern_annexed").count() == 2


def test_the_last_one_that_has_begun_is_in_force(agreed: AnnexedPattern, epci: Epci, oisy: Commune, coordinator: User) -> None:
    annex_pattern(actor=coordinator, epci=epci, commune=oisy, pattern=TUESDAY, starts=day("2028-01-01"))

    in_force = [AnnexedPattern.objects.in_force_on(day(text)).first() for text in ("2027-02-28", "2027-03-01", "2028-01-01")]

    assert [row and row.value for row in in_force] == [None, THURSDAY, TUESDAY]


def test_a_half_day_that_article_4_does_not_give_is_refused(epci: Epci, oisy: Commune, coordinator: User) -> None:
    monday = Annex(nth=1, window=Window.parse("MON_AM"))

    with pytest.raises(ValidationError, match="lundi matin"):
        annex_pattern(actor=coordinator, epci=epci, commune=oisy, pattern=monday, starts=SPRING)


def test_a_commune_of_another_epci_is_refused(elsewhere: Epci, oisy: Commune, stranger: User) -> None:
    with pytest.raises(ValidationError, match="n’est pas dans"):
        annex_pattern(actor=stranger, epci=elsewhere, commune=oisy, pattern=TUESDAY, starts=SPRING)


def test_only_the_coordinator_writes_it_and_takes_it_back(
    agreed: AnnexedPattern, epci: Epci, oisy: Commune, coordinator: User, referent_oisy: User
) -> None:
    with pytest.raises(PermissionDenied):
        annex_pattern(actor=referent_oisy, epci=epci, commune=oisy, pattern=TUESDAY, starts=SPRING)
    with pytest.raises(PermissionDenied):
        withdraw_pattern(actor=referent_oisy, pattern=agreed)

    withdraw_pattern(actor=coordinator, pattern=agreed)

    assert not AnnexedPattern.objects.exists()


def test_a_commune_sees_its_own_and_no_other(
    agreed: AnnexedPattern, referent_oisy: User, referent_bousignies: User, coordinator: User, stranger: User
) -> None:
    people = (referent_oisy, referent_bousignies, coordinator, stranger)

    assert [AnnexedPattern.objects.visible_to(person).count() for person in people] == [1, 0, 1, 0]


@pytest.mark.parametrize("change", [{"nth": 6}, {"nth": 0}, {"weekday": 7}, {"half": "XX"}])
def test_the_database_refuses_a_day_that_is_none(agreed: AnnexedPattern, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnexedPattern.objects.filter(pk=agreed.pk).update(**change)
