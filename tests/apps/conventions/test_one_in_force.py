"""One convention in force for a commune as signed: the database refuses a second one, even behind the back of the models."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from escale.apps.conventions.models import Convention
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import written

pytestmark = pytest.mark.django_db


def _keep(convention: Convention) -> None:
    with transaction.atomic():
        Convention.objects.bulk_create([convention])


@pytest.mark.parametrize(
    "dates",
    [
        {"notified_on": "2025-06-01"},
        {"notified_on": "2026-06-30"},
        {"notified_on": "2025-01-06", "ends_on": "2025-03-17"},
    ],
)
def test_a_second_one_is_refused_while_the_first_holds(epci: Epci, oisy: Commune, dates: dict[str, str]) -> None:
    _keep(written(epci, oisy, notified_on="2025-03-17", ends_on="2026-06-30"))

    with pytest.raises(IntegrityError):
        _keep(written(epci, oisy, **dates))


def test_two_that_go_on_are_refused(epci: Epci, oisy: Commune) -> None:
    _keep(written(epci, oisy, notified_on="2025-03-17"))

    with pytest.raises(IntegrityError):
        _keep(written(epci, oisy, notified_on="2026-06-01"))


def test_one_follows_another_and_drafts_count_for_nothing(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    _keep(written(epci, oisy, notified_on="2025-03-17", ends_on="2026-06-30"))
    for convention in (written(epci, oisy), written(epci, oisy), written(epci, oisy, notified_on="2026-07-01")):
        _keep(convention)
    _keep(written(epci, bousignies, notified_on="2025-03-17"))

    assert Convention.objects.count() == 5


def test_a_draft_cannot_be_notified_onto_another_by_a_bare_update(epci: Epci, oisy: Commune) -> None:
    _keep(written(epci, oisy, notified_on="2025-03-17"))
    _keep(written(epci, oisy))

    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.filter(notified_on=None).update(notified_on="2025-04-01")


def test_the_form_is_told_in_french(epci: Epci, oisy: Commune) -> None:
    _keep(written(epci, oisy, notified_on="2025-03-17", ends_on="2026-06-30"))

    with pytest.raises(ValidationError, match="E_OVERLAP"):
        written(epci, oisy, notified_on="2025-06-01", ends_on="2026-06-30").full_clean()


@pytest.mark.parametrize("field", ["terms", "text", "notified_on"])
def test_what_is_notified_is_fixed_and_what_is_not_may_change(epci: Epci, oisy: Commune, bousignies: Commune, field: str) -> None:
    _keep(written(epci, oisy, notified_on="2025-03-17"))
    _keep(written(epci, bousignies))
    changed = {"terms": {"max_renewals": 9}, "text": "Un autre texte.", "notified_on": "2025-04-01"}[field]

    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.filter(commune=oisy).update(**{field: changed})

    assert Convention.objects.filter(commune=bousignies).update(**{field: changed}) == 1
    assert Convention.objects.filter(commune=oisy).update(ends_on="2026-06-30", ground="denunciation") == 1
