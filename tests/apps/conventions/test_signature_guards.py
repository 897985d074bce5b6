"""What an EPCI asks of signatures and of its Bureau: refused in words, unless the lawyer says why it may pass."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.signing import sign
from escale.apps.conventions.models import Act, ActKind, Method, Outcome
from escale.apps.conventions.queries import lacks_delegation
from escale.apps.territory.actions.choices import set_setting
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, frozen, refusal, signatories, voted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

SIGNED: dict[str, Any] = {"signed_on": day("2025-03-10"), "proof": "original"}


@pytest.mark.parametrize("method", [Method.SIMPLE, Method.ADVANCED])
def test_a_signature_that_is_too_weak_is_refused(epci: Epci, oisy: Commune, method: Method) -> None:
    convention = voted(epci, oisy)
    president, _ = signatories(epci, oisy)

    with refusal("E_SIGNATURE_LEVEL", "method"):
        sign(actor=SYSTEM, convention=convention, signatory=president, method=method, **SIGNED)


@pytest.mark.parametrize("method", [Method.PAPER, Method.ADVANCED_QUALIFIED_CERTIFICATE, Method.QUALIFIED])
def test_paper_and_strong_signatures_pass(epci: Epci, oisy: Commune, method: Method) -> None:
    convention = voted(epci, oisy)
    president, _ = signatories(epci, oisy)

    assert sign(actor=SYSTEM, convention=convention, signatory=president, method=method, **SIGNED).method == method


def test_the_lawyer_alone_lets_a_weak_signature_pass_with_a_reason(
    epci: Epci, oisy: Commune, lawyer: User, coordinator: User
) -> None:
    convention = voted(epci, oisy)
    president, _ = signatories(epci, oisy)
    weak: dict[str, Any] = {
        "convention": convention,
        "signatory": president,
        "method": Method.SIMPLE,
        "override": "Accord des deux parties.",
    }
    with pytest.raises(PermissionDenied):
        sign(actor=coordinator, **weak, **SIGNED)

    assert sign(actor=lawyer, **weak, **SIGNED).override == "Accord des deux parties."


def test_the_level_is_a_choice_of_the_epci(epci: Epci, oisy: Commune) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="MIN_SIGNATURE_LEVEL", value="SES")
    president, _ = signatories(epci, oisy)

    assert sign(actor=SYSTEM, convention=voted(epci, oisy), signatory=president, method=Method.SIMPLE, **SIGNED).pk


def test_an_act_of_the_bureau_without_delegation_warns_and_blocks_where_the_epci_is_strict(epci: Epci, oisy: Commune) -> None:
    convention = voted(epci, oisy)
    president, mayor = signatories(epci, oisy)
    assert lacks_delegation(convention)
    set_setting(actor=SYSTEM, epci=epci, key="BUREAU_DELEGATION_STRICT", value="oui")

    with refusal("E_DELEGATION_MISSING", "signed_on"):
        sign(actor=SYSTEM, convention=convention, signatory=president, **SIGNED)
    assert sign(actor=SYSTEM, convention=convention, signatory=mayor, **SIGNED).pk

    held: dict[str, Any] = {"held_on": day("2020-07-16"), "proof": "extrait"}
    delegation = record_act(actor=SYSTEM, convention=convention, kind=ActKind.DELEGATION, number="20/101", **held)
    complete_act(actor=SYSTEM, act=Act.objects.get(kind="delib_bureau"), delegation=delegation)
    assert not lacks_delegation(convention)
    assert sign(actor=SYSTEM, convention=convention, signatory=president, **SIGNED).pk


def test_a_vote_put_off_names_the_next_council(epci: Epci, oisy: Commune) -> None:
    with refusal("E_NEXT_COUNCIL_MISSING", "next_council_on"):
        record_act(
            actor=SYSTEM,
            convention=frozen(epci, oisy),
            kind=ActKind.COMMUNE_COUNCIL,
            held_on=day("2026-11-20"),
            outcome=Outcome.POSTPONED,
        )
