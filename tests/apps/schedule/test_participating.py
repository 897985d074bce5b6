"""Who takes part in the tour: once at a time, as a member of the EPCI, changed for many at once without losing a visit."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions import change_standings, confirm_participation, end_participation, take_part
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.actions import cancel_visit, make_up_visit
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.visits.life import Cause, Side
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
Team = list[tuple[Post, Mediator]]


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


def test_a_commune_takes_part_once_at_a_time(epci: Epci, oisy: Commune, coordinator: User) -> None:
    take_part(actor=coordinator, epci=epci, commune=oisy, standing=Standing.EXPECTED, starts=day("2027-01-01"))

    with pytest.raises(ValidationError, match="participe déjà"):
        take_part(actor=coordinator, epci=epci, commune=oisy, standing=Standing.FIRM, starts=day("2027-06-01"))

    assert Participation.objects.get().standing == Standing.EXPECTED


def test_a_commune_that_is_no_member_does_not_take_part(elsewhere: Epci, oisy: Commune, stranger: User) -> None:
    with pytest.raises(ValidationError, match="n’est pas dans Caux Seine Agglo"):
        take_part(actor=stranger, epci=elsewhere, commune=oisy, standing=Standing.FIRM, starts=day("2027-01-01"))


def test_a_participation_is_confirmed_from_its_first_day_or_later(epci: Epci, oisy: Commune, coordinator: User) -> None:
    row = take_part(actor=coordinator, epci=epci, commune=oisy, standing=Standing.EXPECTED, starts=day("2027-01-01"))

    firm = confirm_participation(actor=coordinator, participation=row, starts=day("2026-12-01"))

    (only,) = Participation.objects.all()
    assert (only, only.starts) == (firm, day("2027-01-01"))
    with pytest.raises(ValidationError, match="déjà de façon certaine"):
        confirm_participation(actor=coordinator, participation=firm, starts=day("2027-02-01"))


def test_a_participation_ends_once_and_one_that_ends_before_it_begins_never_was(
    epci: Epci, oisy: Commune, coordinator: User
) -> None:
    row = take_part(actor=coordinator, epci=epci, commune=oisy, standing=Standing.FIRM, starts=day("2027-01-01"))
    end_participation(actor=coordinator, participation=row, ends=day("2027-06-30"))

    with pytest.raises(ValidationError, match="ne participe déjà plus après le 30 juin 2027"):
        end_participation(actor=coordinator, participation=row, ends=day("2027-07-31"))
    end_participation(actor=coordinator, participation=row, ends=day("2026-12-31"))

    assert not Participation.objects.exists()


def test_many_are_changed_at_once_and_those_that_stay_leave_no_trace(
    epci: Epci, communes: dict[str, Commune], coordinator: User
) -> None:
    before = Entry.objects.count()

    changed = change_standings(
        actor=coordinator, epci=epci, wanted=dict.fromkeys(communes.values(), Standing.FIRM), starts=day("2027-01-01")
    )

    assert changed == []
    assert Entry.objects.count() == before


def test_one_that_is_refused_leaves_all_as_they_were(
    epci: Epci, elsewhere: Epci, communes: dict[str, Commune], coordinator: User
) -> None:
    wanted: dict[Commune, Standing | None] = dict.fromkeys(communes.values(), Standing.EXPECTED)

    with pytest.raises(ValidationError, match="n’est pas dans"):
        change_standings(actor=coordinator, epci=epci, wanted=wanted, starts=day("2001-01-01"))

    assert set(Participation.objects.values_list("standing", flat=True)) == {"firm"}


def test_a_firm_commune_that_is_only_expected_again_is_hidden_and_comes_back_with_new_visits(
    epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User
) -> None:
    plan = first_draft(actor=coordinator, epci=epci, months=Month.range("2027-01..2027-02"))
    publish_plan(actor=coordinator, plan=plan, version=1)
    abscon = communes["59001"]

    for standing, planned in ((Standing.EXPECTED, 0), (Standing.FIRM, 2), (None, 0)):
        change_standings(actor=coordinator, epci=epci, wanted={abscon: standing}, starts=day("2026-12-01"))

        assert Visit.objects.filter(commune=abscon).standing().count() == planned
    assert Visit.objects.standing().count() == 4


def test_nothing_that_was_agreed_apart_stays_after_the_last_day_of_a_commune(
    epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User
) -> None:
    plan = first_draft(actor=coordinator, epci=epci, months=Month.range("2027-01..2027-02"))
    publish_plan(actor=coordinator, plan=plan, version=1)
    abscon, (post, _) = communes["59001"], team[0]
    lost = Visit.objects.standing().filter(commune=abscon).latest("date")
    cancel_visit(actor=coordinator, visit=lost, side=Side.SERVICE, cause=Cause.ABSENCE)
    made = make_up_visit(actor=coordinator, visit=lost, date=day("2027-03-30"), half=Half.AM, post=post)

    end_participation(actor=coordinator, participation=Participation.objects.get(commune=abscon), ends=day("2027-03-29"))

    made.refresh_from_db()
    assert (made.state, made.reason) == ("cancelled", "la commune ne participe plus à la tournée après le 29 mars 2027")
    with pytest.raises(ValidationError, match="n’a pas de convention en vigueur le mardi 30 mars 2027"):
        make_up_visit(actor=coordinator, visit=lost, date=day("2027-03-30"), half=Half.PM, post=post)


def test_a_reader_changes_nothing(epci: Epci, oisy: Commune, reader: User) -> None:
    with pytest.raises(PermissionDenied):
        change_standings(actor=reader, epci=epci, wanted={oisy: Standing.FIRM}, starts=day("2027-01-01"))
