"""The demonstration opens an account for each role, says that its people do not exist, and keeps what was changed."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role, User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions import request_run
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import AnnexedPattern, Participation, PlannedVisit, Publication, Run, Wish
from escale.apps.schedule.tasks import perform
from escale.apps.team.models import Mediator, Occupancy
from escale.apps.territory.models import BassinDeVie, Commune, Epci, KeyHolder, Premises, Referent, Room
from escale.apps.visits.models import Visit
from escale.config.demonstration import ACCOUNTS, ACTOR, kept_password, load
from escale.config.demonstration.circumstances import EXPECTED
from escale.config.demonstration.tours import improve_next_year, publish_improved, publish_years
from escale.core.calendar.months import Month

pytestmark = pytest.mark.django_db
PASSWORD = "sept mots tirés au sort"
TODAY = dt.date(2026, 11, 23)
YEARS = (2025, 2026, 2027)
MONTHS = Month.range("2027-01..2027-02")


def test_every_role_has_an_account_that_opens() -> None:
    load(PASSWORD)

    assert set(Role.objects.values_list("kind", flat=True)) == set(Kind)
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_each_commune_has_its_hall_and_its_people_and_made_up_ones_are_named_as_such() -> None:
    load(PASSWORD)

    assert Commune.objects.count() == Premises.objects.count() == Room.objects.count() == Referent.objects.count() == 47
    assert KeyHolder.objects.count() == 94
    assert Occupancy.objects.count() == 2
    people = (*User.objects.all(), *Mediator.objects.all(), *Referent.objects.all(), *KeyHolder.objects.all())
    assert all("(démonstration)" in str(person) for person in people)
    assert all("(démonstration)" in place.name for place in Premises.objects.all())
    phones = [phone for group in (Mediator, Referent, KeyHolder) for phone in group.objects.values_list("phone", flat=True)]
    assert all(re.fullmatch(r"03 53 01 \d\d \d\d", phone) for phone in phones), "the range kept for fiction"
    assert all(user.email.endswith("@example.org") for user in User.objects.all())


def test_the_bassins_de_vie_are_named_as_made_up() -> None:
    epci = load(PASSWORD)

    drawn = {str(bassin): bassin.memberships.count() for bassin in BassinDeVie.objects.filter(epci=epci)}
    assert drawn == {
        "Denain et ses voisines (démonstration)": 8,
        "Saint-Amand-les-Eaux et ses voisines (démonstration)": 8,
    }


def test_a_second_start_writes_nothing() -> None:
    load(PASSWORD)
    before = Entry.objects.count()

    load("un autre mot de passe")

    assert Entry.objects.count() == before
    assert User.objects.count() == len(ACCOUNTS)


@pytest.mark.slow
def test_three_years_are_published_and_the_next_one_is_improved_while_nobody_touches_it(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    epci = load(PASSWORD)

    publish_years(epci)
    improve_next_year(epci)

    assert Participation.objects.firm().count() == 44
    assert set(Publication.objects.values_list("month", flat=True)) == {f"{y}-{m:02}" for y in YEARS for m in range(1, 13)}
    assert Visit.objects.standing().count() == 3 * 12 * 44
    assert PlannedVisit.objects.filter(plan__first_month="2027-01").count() == 12 * 47
    assert not Visit.objects.filter(commune__code__in=EXPECTED).exists(), "nothing of a commune that is only expected is shown"
    assert AnnexedPattern.objects.count() == 44
    assert Wish.objects.count() == 4
    assert Run.objects.get(first_month="2027-01").is_under_way


@pytest.mark.slow
def test_an_improved_tour_is_published_unless_someone_has_published_since(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    epci = load(PASSWORD)
    first = first_draft(actor=ACTOR, epci=epci, months=MONTHS)
    publish_plan(actor=ACTOR, plan=first, version=first.version)
    searched = [search(epci), search(epci)]

    publish_improved.func(searched[0])
    improved = current_plans()
    publish_plan(actor=SYSTEM, plan=first_draft(actor=SYSTEM, epci=epci, months=MONTHS), version=1)
    by_someone = current_plans()
    publish_improved.func(searched[1])

    assert improved != {first.pk}
    assert current_plans() == by_someone


def search(epci: Epci) -> int:
    """Return the entry of the log that says the end of a search of the demonstration."""
    run = request_run(actor=ACTOR, epci=epci, months=MONTHS, seconds=1)
    perform(run.pk)
    return Entry.objects.get(event="schedule.run_finished", subject_id=str(run.pk)).pk


def current_plans() -> set[int]:
    return set(Publication.objects.current().values_list("plan", flat=True))


def test_the_password_is_drawn_once_and_kept_from_others(tmp_path: Path) -> None:
    place = tmp_path / "password"

    drawn = kept_password(place)

    assert kept_password(place) == drawn
    assert len(drawn) >= 12
    assert place.stat().st_mode & 0o077 == 0


def test_a_demonstration_is_refused_in_production(settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="jamais en production"):
        call_command("demo")

    assert not User.objects.exists()
