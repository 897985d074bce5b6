"""How each obligation is kept: counted from the effect, by what the house knows, and nothing owed after the end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.models import Convention
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.labels import STATUSES
from escale.apps.obligations.measures import MEASURES
from escale.apps.obligations.queries import kept_on
from escale.apps.schedule.models import Plan, PlanOrigin, Publication
from escale.apps.team.actions import add_mediator, occupy_post, open_post
from escale.apps.team.models import Insurance, Post
from escale.apps.territory.actions import add_premises, add_room, set_setting
from escale.apps.territory.models import Commune, Epci, Referent
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from escale.core.convention.obligations import BY_ID, OBLIGATIONS
from escale.core.visits.life import VisitState
from tests.apps.conventions.paper import day, drafted, in_force, written
from tests.cast import make_commune

pytestmark = pytest.mark.django_db

PREMISES, PRIVATE, REFERENT, HEATED = "C-3.1-1a", "C-3.1-1b", "C-3.1-2", "C-7-3"
INSURED, MONTHLY, EVALUATED, FTE = "C-3.2-2", "C-4-1", "C-6-1", "C-7-5"


def one(convention: Convention, obligation: str, on: str = "2026-11-23") -> Kept:
    lines = kept_on(Convention.objects.filter(pk=convention.pk), day(on))[convention.pk]
    return next(line for line in lines if line.obligation.id == obligation)


def told(convention: Convention, obligation: str, on: str = "2026-11-23") -> tuple[Status, str]:
    found = one(convention, obligation, on)
    return found.status, found.told


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    return in_force(epci, oisy)


def published(epci: Epci, commune: Commune, *months: str, without: tuple[str, ...] = ()) -> None:
    """Publish months, with a half-day of the commune held in each but some."""
    made: dict[str, Any] = {"origin": PlanOrigin.FIRST.value, "created_by": "tests"}
    plan = Plan.objects.create(epci=epci, number=1, first_month=months[0], last_month=months[-1], **made)
    post, _ = Post.objects.get_or_create(epci=epci, label="Poste 1", defaults={"base": commune})
    for month in months:
        Publication.objects.create(epci=epci, plan=plan, month=month, published_by="tests")
        if month not in without:
            on = day(f"{month}-10")
            held: dict[str, Any] = {"date": on, "half": "AM", "origin_date": on, "origin_half": "AM", "for_month": month}
            held["state"] = VisitState.HELD.value
            Visit.objects.create(epci=epci, commune=commune, post=post, **held)


def test_before_the_effect_nothing_is_owed_yet_and_after_the_end_nothing_any_more(epci: Epci, oisy: Commune) -> None:
    draft = drafted(epci, oisy)
    over = written(epci, make_commune(epci, "59999", "Ailleurs"), notified_on="2025-03-17", ends_on="2026-06-30")
    over.save()

    found = kept_on(Convention.objects.all(), day("2026-11-23"))

    assert {line.status for line in found[draft.pk]} == {Status.NOT_YET}
    assert found[over.pk] == ()
    assert len(kept_on([over], day("2026-06-30"))[over.pk]) == len(OBLIGATIONS)


def test_a_place_its_private_office_and_its_heating_are_measured(convention: Convention, oisy: Commune) -> None:
    assert told(convention, PREMISES) == (Status.LATE, "aucun lieu n’est indiqué")

    hall = add_premises(actor=SYSTEM, commune=oisy, name="Mairie")
    assert told(convention, PREMISES) == (Status.MET, "un lieu est indiqué")
    assert told(convention, PRIVATE) == (Status.NOT_MEASURED, "pas encore mesuré : les salles ne sont pas décrites")

    add_room(actor=SYSTEM, premises=hall, name="Salle des fêtes", is_private=False, is_heated=True)
    assert told(convention, HEATED)[0] is Status.MET
    assert told(convention, PRIVATE) == (Status.LATE, "aucun bureau à l’abri des regards parmi les salles décrites")


def test_a_referent_is_named_leaves_and_is_followed(convention: Convention, oisy: Commune) -> None:
    who: dict[str, Any] = {"commune": oisy, "first_name": "Rose", "last_name": "X", "phone": "03 53 01 00 00"}
    assert told(convention, REFERENT) == (Status.LATE, "aucun référent n’est nommé")

    Referent.objects.create(**who, starts=day("2025-03-12"), ends=day("2026-12-15"))
    assert told(convention, REFERENT, "2026-10-01") == (Status.MET, "référent nommé le 12 mars 2025")
    assert told(convention, REFERENT)[0] is Status.AT_RISK

    Referent.objects.create(**who, starts=day("2026-12-16"))
    assert told(convention, REFERENT)[0] is Status.MET


def test_an_epci_may_give_fifteen_days_to_name_a_referent(epci: Epci, convention: Convention) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="REFERENT_REQUIRED_AT", value="EFFECT_PLUS_15D")

    assert told(convention, REFERENT, "2025-03-20") == (Status.DUE, "référent à nommer au plus tard le 1er avril 2025")
    assert one(convention, REFERENT, "2025-04-01").status is Status.LATE


def test_an_epci_may_await_a_referent_from_the_signature_on(epci: Epci, convention: Convention) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="REFERENT_REQUIRED_AT", value="SIGNATURE")

    assert one(convention, REFERENT, "2025-03-12").status is Status.LATE
    assert one(convention, REFERENT, "2025-03-12").due == day("2025-03-10")
    assert one(convention, PREMISES, "2025-03-12").status is Status.NOT_YET


def test_an_insurance_is_met_until_it_is_about_to_end(epci: Epci, convention: Convention) -> None:
    covered = {"insurer": "Exemple", "policy": "1", "starts": day("2025-01-01")}
    assert told(convention, INSURED) == (Status.LATE, "aucune attestation n’est enregistrée")

    Insurance.objects.create(epci=epci, ends=day("2026-12-31"), **covered)

    assert told(convention, INSURED, "2026-11-30") == (Status.MET, "assurance jusqu’au 31 décembre 2026")
    assert one(convention, INSURED, "2026-12-01").status is Status.AT_RISK
    assert told(convention, INSURED, "2027-01-01") == (Status.LATE, "l’attestation a expiré le 31 décembre 2026")


def test_half_days_are_counted_against_the_months_due_and_august_counts(
    epci: Epci, convention: Convention, oisy: Commune
) -> None:
    published(epci, oisy, *(str(month) for month in Month.range("2026-01..2026-12")), without=("2026-08",))

    found = one(convention, MONTHLY, "2026-11-30")

    assert (found.status, found.due) == (Status.LATE, day("2026-08-31"))
    assert found.told == "10 demi-journées proposées sur 11 dues, 10 tenues ; manque août 2026"


def test_a_month_that_is_not_whole_owes_no_half_day(epci: Epci, convention: Convention, oisy: Commune) -> None:
    published(epci, oisy, "2025-03", "2025-04", "2025-05", without=("2025-03", "2025-05"))

    assert told(convention, MONTHLY, "2025-03-31")[0] is Status.NOT_MEASURED
    assert told(convention, MONTHLY, "2025-04-30") == (Status.MET, "1 demi-journée proposée sur 1 due, 1 tenue")
    assert told(convention, MONTHLY, "2025-05-20") == (
        Status.DUE,
        "1 demi-journée proposée sur 1 due, 1 tenue ; mai 2025 reste à proposer",
    )


def test_months_before_the_tour_was_kept_here_are_not_measured(epci: Epci, convention: Convention, oisy: Commune) -> None:
    assert told(convention, MONTHLY) == (Status.NOT_MEASURED, "pas encore mesuré : aucune tournée n’est publiée")

    published(epci, oisy, "2026-10", "2026-11")

    assert told(convention, MONTHLY) == (Status.MET, "1 demi-journée proposée sur 1 due, 1 tenue")


def test_full_time_equivalents_are_those_of_the_posts_that_someone_holds(
    epci: Epci, convention: Convention, oisy: Commune
) -> None:
    for number, quotite in ((1, "1"), (2, "0.8")):
        post = open_post(actor=SYSTEM, epci=epci, label=f"Poste {number}", base=oisy, quotite=Decimal(quotite))
        mediator = add_mediator(actor=SYSTEM, epci=epci, first_name="Alix", last_name=f"X{number}")
        occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=day("2025-01-01"), ends=day("2026-12-10"))
    assert told(convention, FTE) == (Status.LATE, "1,8 équivalent temps plein sur 2")

    set_setting(actor=SYSTEM, epci=epci, key="FTE_REQUIRED", value="1.5")

    assert told(convention, FTE) == (Status.AT_RISK, "1,8 équivalent temps plein sur 1,5, 0 au 23 décembre 2026")


@pytest.mark.parametrize(
    ("on", "status", "due"),
    [
        ("2025-06-01", Status.NOT_YET, "2025-09-17"),
        ("2025-09-01", Status.DUE, "2025-09-17"),
        ("2026-11-23", Status.NOT_MEASURED, "2026-03-17"),
        ("2027-03-01", Status.DUE, "2027-03-17"),
    ],
)
def test_evaluations_are_counted_from_the_effect(on: str, status: Status, due: str, convention: Convention) -> None:
    found = one(convention, EVALUATED, on)

    assert (found.status, found.due) == (status, day(due))


def test_each_obligation_has_its_measure_and_what_nothing_records_says_so(convention: Convention) -> None:
    assert set(MEASURES) == set(BY_ID)
    lines = kept_on([convention], day("2026-11-23"))[convention.pk]
    unmeasured = {line.obligation.id: line.told for line in lines if line.status is Status.NOT_MEASURED}
    assert set(unmeasured) >= {"C-3.1-3", "C-3.2-3", "C-3.2-4", "C-3.2-8", "C-4-4", "C-4-7", "C-7-7"}
    assert all(" : " in told or "due" in told for told in unmeasured.values())
    assert one(convention, "C-3.2-9").due == day("2026-10-15")
    assert told(convention, "C-7-6", "2025-06-01") == (Status.NOT_YET, "à faire au plus tard le 17 mars 2026")


def test_many_conventions_ask_as_little_as_one(
    epci: Epci, convention: Convention, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    on = dt.date(2026, 11, 23)
    alone = kept_on(Convention.objects.all(), on)
    with django_assert_num_queries(41) as asked:
        kept_on(Convention.objects.all(), on)
    for number in range(50):
        commune = make_commune(epci, f"{58000 + number}", f"Exemple {number}")
        written(epci, commune, notified_on="2025-03-17").save()

    with django_assert_num_queries(len(asked.captured_queries)):
        found = kept_on(Convention.objects.all(), on)

    assert found[convention.pk] == alone[convention.pk] == kept_on([convention], on)[convention.pk]
    assert len(found) == 51


def test_every_status_has_its_words() -> None:
    assert set(STATUSES) == set(Status)
