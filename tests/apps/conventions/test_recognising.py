"""Whoever has a file learns what it is when that is public, and only that it is known when it is not."""

from __future__ import annotations

import pytest

from escale.apps.accounts.models import User
from escale.apps.conventions.models import Paper, PaperKind, Party
from escale.apps.conventions.recognising import Recognised, recognise
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.filed import filed
from tests.apps.conventions.paper import day, frozen, in_force

pytestmark = pytest.mark.usefixtures("_in_november")

KNOWN = (Recognised(),)


def found(paper: Paper) -> tuple[Recognised, ...]:
    return recognise(paper.file.sha256)


def test_a_paper_of_a_convention_that_was_notified_is_told(epci: Epci, oisy: Commune) -> None:
    paper = filed(in_force(epci, oisy))

    [told] = found(paper)

    assert told == Recognised(kind="exemplaire signé", of="convention avec Oisy", day=day("2026-11-23"))
    assert told.is_public


def test_before_the_notification_it_is_known_and_no_more(epci: Epci, oisy: Commune) -> None:
    assert found(filed(frozen(epci, oisy))) == KNOWN


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind.name in {"SLIP", "DENUNCIATION", "PROOF", "JUDGMENT"}])
def test_letters_and_inner_papers_are_for_the_parties(epci: Epci, oisy: Commune, kind: PaperKind) -> None:
    assert found(filed(in_force(epci, oisy), kind, filed_for=Party.EPCI)) == KNOWN


def test_what_nobody_has_checked_is_not_vouched_for(epci: Epci, oisy: Commune, referent_oisy: User) -> None:
    assert found(filed(in_force(epci, oisy), actor=referent_oisy)) == KNOWN


def test_a_paper_that_was_replaced_says_so(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    old = filed(convention, words="1")
    filed(convention, words="2", replaces=old)

    assert [told.is_replaced for told in found(old)] == [True]


def test_an_unknown_file_is_not_known(db: None) -> None:
    assert recognise("0" * 64) == ()
