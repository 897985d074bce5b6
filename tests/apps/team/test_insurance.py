"""The insurance of the service: recorded with its dates and its attestation by those who may, and by nobody else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.documents.files import bytes_of
from escale.apps.documents.models import FileContent, StoredFile
from escale.apps.documents.uploads import Upload
from escale.apps.team.actions import record_insurance, remove_insurance
from escale.apps.team.models import Insurance
from escale.apps.territory.models import Epci
from tests.apps.conventions.paper import day

pytestmark = pytest.mark.django_db

ATTESTATION = Upload(name="attestation.pdf", content=b"%PDF-1.7 attestation", media_type="application/pdf")


def recorded(actor: User, epci: Epci, starts: str = "2026-01-01", ends: str = "2026-12-31") -> Insurance:
    return record_insurance(
        actor=actor,
        epci=epci,
        insurer=" Exemple  Assurances ",
        policy="C-1",
        starts=day(starts),
        ends=day(ends),
        attestation=ATTESTATION,
    )


def test_an_insurance_is_kept_with_its_attestation(epci: Epci, coordinator: User) -> None:
    row = recorded(coordinator, epci)

    assert (row.insurer, row.ends) == ("Exemple Assurances", day("2026-12-31"))
    assert row.attestation is not None
    assert bytes_of(row.attestation) == ATTESTATION.content
    assert Entry.objects.filter(event="team.insurance_recorded", epci=epci.siren).count() == 1


def test_a_policy_is_renewed_but_not_recorded_twice_for_the_same_days(epci: Epci, lawyer: User) -> None:
    recorded(lawyer, epci)
    with pytest.raises(ValidationError, match="déjà enregistré à ces dates"):
        recorded(lawyer, epci, "2026-12-31", "2027-12-30")

    recorded(lawyer, epci, "2027-01-01", "2027-12-31")

    assert Insurance.objects.count() == 2


def test_dates_that_go_backwards_are_refused_beside_the_last_day(epci: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        recorded(coordinator, epci, "2026-12-31", "2026-01-01")

    assert set(refusal.value.message_dict) == {"ends"}
    assert not Insurance.objects.exists()
    assert not StoredFile.objects.exists()


def test_an_insurance_recorded_by_mistake_goes_with_its_attestation(epci: Epci, coordinator: User) -> None:
    row = recorded(coordinator, epci)

    remove_insurance(actor=coordinator, insurance=row)

    assert not Insurance.objects.exists()
    assert not FileContent.objects.exists()


def test_only_those_who_run_the_service_record_its_insurance(
    epci: Epci, ines: User, reader: User, referent_oisy: User, stranger: User
) -> None:
    for actor in (ines, reader, referent_oisy, stranger):
        with pytest.raises(PermissionDenied):
            recorded(actor, epci)


def test_a_stranger_sees_no_insurance(epci: Epci, coordinator: User, stranger: User, referent_oisy: User) -> None:
    recorded(coordinator, epci)

    seen = [Insurance.objects.visible_to(actor).count() for actor in (coordinator, stranger, referent_oisy)]

    assert seen == [1, 0, 0]
