"""Avenants: numbered without a gap, one at a time on an article, in force once notified; the tour follows the annexed day."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.amending import (
    Change,
    abandon_avenant,
    draft_avenant,
    freeze_avenant,
    notify_avenant,
)
from escale.apps.conventions.actions.signing import sign
from escale.apps.conventions.models import ANNEX, ActKind, Avenant, AvenantClause, Convention, Signatory
from escale.apps.conventions.queries import annex_on, avenant_state, terms_on
from escale.apps.schedule.models import AnnexedPattern
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.cycles.avenant import AvenantState
from tests.apps.conventions.paper import day, drafted, in_force, letter, refusal, signatories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

OTHER_DAY = {"nth": 3, "weekday": 3, "half": "PM"}


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    """One in force since 17 March 2025, with the second Tuesday morning of each month."""
    return in_force(epci, oisy)


@pytest.fixture
def people(epci: Epci, oisy: Commune, convention: Convention) -> tuple[Signatory, ...]:
    """Two who sign in autumn 2026."""
    for person in (found := signatories(epci, oisy)):
        person.ends = None
        person.save()
    return found


def planning(convention: Convention, number: int | None = None) -> Avenant:
    changes = [Change(article="4", name=ANNEX, new=OTHER_DAY)]
    return draft_avenant(actor=SYSTEM, convention=convention, purpose="Le planning annexé", changes=changes, number=number)


def carry_through(convention: Convention, avenant: Avenant, people: tuple[Signatory, ...]) -> Avenant:
    """Take an avenant from the councils to its notification on 16 November 2026."""
    freeze_avenant(actor=SYSTEM, avenant=avenant, text=f"Avenant {avenant.number}", on=day("2026-10-26"))
    avenant.refresh_from_db()
    for kind in (ActKind.BUREAU, ActKind.COMMUNE_COUNCIL):
        number, held_on = f"AV{avenant.number}", day("2026-11-02")
        act = record_act(actor=SYSTEM, convention=convention, avenant=avenant, kind=kind, number=number, held_on=held_on)
        complete_act(actor=SYSTEM, act=act, transmitted_on=day("2026-11-04"), published_on=day("2026-11-05"), receipt="AR")
    for person in people:
        sign(actor=SYSTEM, convention=convention, avenant=avenant, signatory=person, signed_on=day("2026-11-09"))
    posting = letter("2026-11-12", "2026-11-16", f"AV{avenant.number}")
    return notify_avenant(actor=SYSTEM, avenant=avenant, posting=posting)


def test_the_planning_changes_from_the_first_of_the_month_after(convention: Convention, people: tuple[Signatory, ...]) -> None:
    avenant = carry_through(convention, planning(convention), people)

    assert (avenant.number, avenant.effect_on) == (1, day("2026-11-16"))
    old, new = AnnexedPattern.objects.order_by("starts")
    assert (new.nth, new.weekday, new.half, new.starts) == (3, 3, "PM", day("2026-12-01"))
    assert [annex_on(convention, day(on)) for on in ("2026-11-15", "2026-11-16")] == [convention.annex, OTHER_DAY]
    days = ("2026-10-25", "2026-10-26", "2026-11-05", "2026-11-09", "2026-11-16")
    assert [avenant_state(avenant, convention, day(on)) for on in days] == [
        AvenantState.DRAFT,
        AvenantState.IN_DELIBERATION,
        AvenantState.TO_SIGN,
        AvenantState.SIGNED,
        AvenantState.IN_FORCE,
    ]
    assert old.starts == day("2025-03-17")


def test_terms_change_on_the_day_of_the_effect_and_the_text_that_was_voted_stays(
    convention: Convention, people: tuple[Signatory, ...]
) -> None:
    changes = [Change(article="5-1", name="max_renewals", new=2)]
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="Deux reconductions", changes=changes)

    carry_through(convention, avenant, people)

    assert [terms_on(convention, day(on)).max_renewals for on in ("2026-11-15", "2026-11-16")] == [None, 2]
    convention.refresh_from_db()
    assert convention.base_terms.max_renewals is None
    assert (convention.ends_on, convention.ground) == (day("2028-06-30"), "last_renewal")


def test_a_number_leaves_no_gap_even_after_one_was_given_up(convention: Convention) -> None:
    with refusal("E_AVENANT_NUMBER", "number"):
        planning(convention, number=2)
    abandon_avenant(actor=SYSTEM, avenant=planning(convention), reason="Remis à plus tard.")

    assert planning(convention).number == 2


def test_two_do_not_run_together_on_one_article(convention: Convention) -> None:
    first, second = planning(convention), planning(convention)
    freeze_avenant(actor=SYSTEM, avenant=first, text="Un", on=day("2026-11-20"))

    with refusal("E_AVENANT_CONFLICT", "articles"):
        freeze_avenant(actor=SYSTEM, avenant=second, text="Deux", on=day("2026-11-20"))
    with pytest.raises(IntegrityError), transaction.atomic():
        AvenantClause.objects.filter(avenant=second).update(is_under_way=True)
    abandon_avenant(actor=SYSTEM, avenant=first, reason="Retiré.")

    assert freeze_avenant(actor=SYSTEM, avenant=second, text="Deux", on=day("2026-11-20")).frozen_on


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change(article="4", name="session_minutes", new=120), "E_TERM"),
        (Change(article="4", name="duree", new=120), "E_UNKNOWN_TERM"),
    ],
)
def test_what_no_convention_can_have_is_refused(convention: Convention, change: Change, code: str) -> None:
    with refusal(code, "changes"):
        draft_avenant(actor=SYSTEM, convention=convention, purpose="Durée", changes=[change])


def test_an_article_that_is_not_named_is_refused(convention: Convention) -> None:
    change = Change(article="5-2", name="max_renewals", new=2)

    with refusal("E_ARTICLE_MISSING", "articles"):
        draft_avenant(actor=SYSTEM, convention=convention, purpose="Durée", changes=[change])


def test_a_convention_that_is_not_in_force_has_no_avenant(epci: Epci, bousignies: Commune) -> None:
    with refusal("E_TRANSITION", "convention"):
        planning(drafted(epci, bousignies))


def test_an_avenant_is_not_notified_unsigned(convention: Convention) -> None:
    avenant = planning(convention)
    freeze_avenant(actor=SYSTEM, avenant=avenant, text="Un", on=day("2026-11-20"))

    with refusal("E_TRANSITION", "sent"):
        notify_avenant(actor=SYSTEM, avenant=avenant, posting=letter("2026-11-20", "2026-11-21"))
