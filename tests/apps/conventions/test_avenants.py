"""Avenants: numbered without a gap, one at a time on an article, in force once notified; the tour follows the annexed day."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.amending import (
    Change,
    abandon_avenant,
    correct_avenant,
    draft_avenant,
    freeze_avenant,
    take_avenant_back,
)
from escale.apps.conventions.actions.notifying import notify_convention, tell_fate
from escale.apps.conventions.actions.posting import Posting
from escale.apps.conventions.actions.signing import sign
from escale.apps.conventions.actions.taking_effect import notify_avenant
from escale.apps.conventions.models import ANNEX, ActKind, Avenant, AvenantClause, Convention, Signatory
from escale.apps.conventions.queries import annex_on, avenant_state, terms_on
from escale.apps.schedule.models import AgreedVisits, AnnexedPattern
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.letters import Channel, Returned
from tests.apps.conventions.paper import day, drafted, frozen, in_force, letter, refusal, signatories

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


def test_a_draft_is_written_anew_with_the_checks_of_the_first(convention: Convention) -> None:
    avenant = planning(convention)
    change = Change(article="5-1", name="max_renewals", new=2)

    for changes, code in (([], "E_NO_CHANGE"), ([Change(article="4", name="duree", new=1)], "E_UNKNOWN_TERM")):
        with refusal(code, "changes"):
            correct_avenant(actor=SYSTEM, avenant=avenant, purpose="Durée", changes=changes)
    row = correct_avenant(actor=SYSTEM, avenant=avenant, purpose="Durée", changes=[change], stated=day("2027-01-01"))

    assert (row.number, row.purpose, row.stated_on) == (1, "Durée", day("2027-01-01"))
    assert [(one.article, one.name, one.old, one.new) for one in row.clauses.all()] == [("5-1", "max_renewals", None, 2)]
    assert convention.journal.latest("pk").event == "conventions.avenant_corrected"


def test_a_text_before_the_councils_is_taken_back_before_it_is_corrected(convention: Convention) -> None:
    avenant, change = planning(convention), Change(article="5-1", name="max_renewals", new=2)
    freeze_avenant(actor=SYSTEM, avenant=avenant, text="Un", on=day("2026-11-02"))
    act = record_act(
        actor=SYSTEM,
        convention=convention,
        avenant=avenant.convention.avenants.get(),
        kind=ActKind.BUREAU,
        number="AV1",
        held_on=day("2026-11-10"),
    )
    with refusal("E_NOT_A_DRAFT", "avenant"):
        correct_avenant(actor=SYSTEM, avenant=avenant, purpose="Durée", changes=[change])

    row = take_avenant_back(actor=SYSTEM, avenant=avenant, reason="Une erreur de jour.")

    assert (row.frozen_on, row.text, row.clauses.filter(is_under_way=True).exists()) == (None, "", False)
    correct_avenant(actor=SYSTEM, avenant=avenant, purpose="Durée", changes=[change])
    again = freeze_avenant(actor=SYSTEM, avenant=avenant, text="Deux", on=day("2026-11-20"))
    assert act.authorisations.get().text_sha256 != again.text_sha256


def test_what_is_signed_or_in_draft_is_not_taken_back(convention: Convention, people: tuple[Signatory, ...]) -> None:
    with refusal("E_TRANSITION", "avenant"):
        take_avenant_back(actor=SYSTEM, avenant=planning(convention), reason="Trop tôt.")
    abandon_avenant(actor=SYSTEM, avenant=convention.avenants.get(), reason="Remis.")
    with refusal("E_TRANSITION", "avenant"):
        take_avenant_back(actor=SYSTEM, avenant=signed_avenant(convention, people), reason="Trop tard.")


def signed_avenant(convention: Convention, people: tuple[Signatory, ...]) -> Avenant:
    """Return an avenant that both parties signed on 9 November 2026."""
    avenant = planning(convention)
    freeze_avenant(actor=SYSTEM, avenant=avenant, text="Avenant", on=day("2026-10-26"))
    avenant.refresh_from_db()
    for kind in (ActKind.BUREAU, ActKind.COMMUNE_COUNCIL):
        act = record_act(actor=SYSTEM, convention=convention, avenant=avenant, kind=kind, number="AV1", held_on=day("2026-11-02"))
        complete_act(actor=SYSTEM, act=act, transmitted_on=day("2026-11-04"), published_on=day("2026-11-05"), receipt="AR")
    for person in people:
        sign(actor=SYSTEM, convention=convention, avenant=avenant, signatory=person, signed_on=day("2026-11-09"))
    return avenant


def test_an_avenant_waits_for_its_letter(convention: Convention, people: tuple[Signatory, ...]) -> None:
    posted = notify_avenant(
        actor=SYSTEM,
        avenant=signed_avenant(convention, people),
        posting=letter("2026-11-12", None, "1A AV"),
        stated=day("2026-12-01"),
    )

    assert (posted.notified_on, posted.effect_on, posted.stated_on) == (None, None, day("2026-12-01"))
    with refusal("E_UNDER_WAY", "sent"):
        notify_avenant(actor=SYSTEM, avenant=posted, posting=letter("2026-11-13", "2026-11-16", "1A AV2"))

    tell_fate(actor=SYSTEM, notification=posted.notifications.get(), posting=letter("2026-11-12", "2026-11-16"))

    posted.refresh_from_db()
    assert (posted.notified_on, posted.effect_on) == (day("2026-11-16"), day("2026-11-16"))
    assert not posted.clauses.filter(is_under_way=True).exists()


def test_the_stated_effect_counts_where_the_terms_say_so(epci: Epci, bousignies: Commune) -> None:
    convention = in_force(epci, bousignies, avenant_effect="STATED_DATE")
    people = signatories(epci, bousignies)
    Signatory.objects.update(ends=None)
    for person in people:
        person.refresh_from_db()
    posted = notify_avenant(
        actor=SYSTEM,
        avenant=signed_avenant(convention, people),
        posting=letter("2026-11-12", None, "1A AV"),
        stated=day("2027-01-01"),
    )

    tell_fate(actor=SYSTEM, notification=posted.notifications.get(), posting=letter("2026-11-12", "2026-11-16"))

    posted.refresh_from_db()
    assert (posted.notified_on, posted.effect_on) == (day("2026-11-16"), day("2027-01-01"))


def test_a_letter_to_a_wrong_address_leaves_the_avenant_to_be_notified_again(
    convention: Convention, people: tuple[Signatory, ...]
) -> None:
    avenant = signed_avenant(convention, people)
    posted = notify_avenant(actor=SYSTEM, avenant=avenant, posting=letter("2026-11-12", None, "1A AV"))
    lost = letter("2026-11-12", None, returned=Returned.WRONG_ADDRESS)
    tell_fate(actor=SYSTEM, notification=posted.notifications.get(), posting=lost)

    again = notify_avenant(actor=SYSTEM, avenant=posted, posting=letter("2026-11-17", "2026-11-18", "1A AV2"))

    assert again.notified_on == day("2026-11-18")


def test_an_avenant_is_not_notified_by_e_mail(convention: Convention, people: tuple[Signatory, ...]) -> None:
    with refusal("E_VOID_FORM", "channel"):
        notify_avenant(
            actor=SYSTEM,
            avenant=signed_avenant(convention, people),
            posting=Posting(sent=day("2026-11-12"), channel=Channel.E_MAIL),
        )


def test_a_later_avenant_on_the_same_clause_replaces_the_first(convention: Convention, people: tuple[Signatory, ...]) -> None:
    first = carry_through(convention, planning(convention), people)
    changes = [Change(article="4", name=ANNEX, new={"nth": 1, "weekday": 1, "half": "AM"})]
    second = draft_avenant(actor=SYSTEM, convention=convention, purpose="Encore le planning", changes=changes)

    second = carry_through(convention, second, people)

    on = day("2026-11-16")
    assert avenant_state(first, convention, on) is AvenantState.REPLACED
    assert avenant_state(second, convention, on) is AvenantState.IN_FORCE


def test_an_avenant_that_keeps_one_clause_of_its_own_is_not_replaced(
    convention: Convention, people: tuple[Signatory, ...]
) -> None:
    both = [Change(article="4", name=ANNEX, new=OTHER_DAY), Change(article="9", wording="La médiation de l’article L. 213-1.")]
    first = draft_avenant(actor=SYSTEM, convention=convention, purpose="Planning et médiation", changes=both)
    carry_through(convention, first, people)
    carry_through(convention, planning(convention), people)

    first.refresh_from_db()
    assert avenant_state(first, convention, day("2026-11-16")) is AvenantState.IN_FORCE
    assert first.clauses.get(article="9").wording == "La médiation de l’article L. 213-1."


def test_an_act_that_holds_for_avenants_spares_the_next_vote(epci: Epci, bousignies: Commune) -> None:
    convention = frozen(epci, bousignies)
    for kind in (ActKind.BUREAU, ActKind.COMMUNE_COUNCIL):
        act = record_act(
            actor=SYSTEM,
            convention=convention,
            kind=kind,
            number="7",
            held_on=day("2025-02-24"),
            covers_avenants=kind is ActKind.COMMUNE_COUNCIL,
            proof="extrait",
        )
        complete_act(actor=SYSTEM, act=act, transmitted_on=day("2025-02-28"), published_on=day("2025-03-03"), receipt="AR-1")
    people = signatories(epci, bousignies)
    for person in people:
        sign(actor=SYSTEM, convention=convention, signatory=person, signed_on=day("2025-03-10"), proof="original")
    notify_convention(actor=SYSTEM, convention=convention, posting=letter("2025-03-14", "2025-03-17"))
    avenant = planning(convention)
    freeze_avenant(actor=SYSTEM, avenant=avenant, text="Avenant", on=day("2026-11-16"))
    avenant.refresh_from_db()
    president, mayor = people
    mayor.ends = None
    mayor.save()

    sign(actor=SYSTEM, convention=convention, avenant=avenant, signatory=mayor, signed_on=day("2026-11-17"))

    with refusal("E_DELIB_BUREAU_MISSING", "signed_on"):
        sign(actor=SYSTEM, convention=convention, avenant=avenant, signatory=president, signed_on=day("2026-11-17"))


def test_the_number_of_half_days_changes_in_the_tour_from_the_month_after(
    convention: Convention, people: tuple[Signatory, ...]
) -> None:
    change = Change(article="4", name="sessions_per_month", new=2)
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="Deux demi-journées", changes=[change])

    carry_through(convention, avenant, people)

    agreed = AgreedVisits.objects.get()
    assert (agreed.commune, agreed.visits, agreed.starts) == (convention.commune, 2, day("2026-12-01"))
