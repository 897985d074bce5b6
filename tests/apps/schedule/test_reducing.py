"""The reduced service: told in one sentence at a time, ended on a day, forgotten when it never began."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.reducing import announce_reduced_service, end_reduced_service
from escale.apps.schedule.models import ReducedService
from escale.apps.territory.models import Epci
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
SENTENCE = "Un poste est vacant : certaines communes seront servies un mois plus tard."


def test_one_sentence_at_a_time_is_told_and_ended(epci: Epci, coordinator: User) -> None:
    told = announce_reduced_service(actor=coordinator, epci=epci, sentence=f" {SENTENCE} ", starts=day("2027-02-01"))
    assert told.sentence == SENTENCE
    with pytest.raises(ValidationError, match="y mettre fin d’abord"):
        announce_reduced_service(actor=coordinator, epci=epci, sentence="Autre", starts=day("2027-03-01"))

    end_reduced_service(actor=coordinator, service=told, ends=day("2027-02-28"))

    announce_reduced_service(actor=coordinator, epci=epci, sentence="Autre", starts=day("2027-03-01"))
    assert ReducedService.objects.count() == 2
    assert Entry.objects.filter(event="schedule.service_restored").count() == 1


def test_one_that_has_not_begun_is_forgotten(epci: Epci, coordinator: User) -> None:
    told = announce_reduced_service(actor=coordinator, epci=epci, sentence=SENTENCE, starts=day("2027-02-01"))

    assert end_reduced_service(actor=coordinator, service=told, ends=day("2027-01-15")) is None
    assert not ReducedService.objects.exists()


def test_an_empty_sentence_or_dates_in_disorder_are_refused(epci: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError):
        announce_reduced_service(actor=coordinator, epci=epci, sentence=" ", starts=day("2027-02-01"))
    with pytest.raises(ValidationError):
        announce_reduced_service(
            actor=coordinator, epci=epci, sentence=SENTENCE, starts=day("2027-02-01"), ends=day("2027-01-01")
        )
    assert not ReducedService.objects.exists()


def test_only_the_coordinator_of_the_epci_tells_it(epci: Epci, lawyer: User, stranger: User) -> None:
    for actor in (lawyer, stranger):
        with pytest.raises(PermissionDenied):
            announce_reduced_service(actor=actor, epci=epci, sentence=SENTENCE, starts=day("2027-02-01"))
