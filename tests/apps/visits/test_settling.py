"""Visits are made, moved and cancelled together: they keep their uid, swap their places, and the past stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import Closure, Commune, Epci, Premises
from escale.apps.visits.actions import Settlement, settle_months
from escale.apps.visits.labels import VISIT_STATES
from escale.apps.visits.matching import Promise
from escale.apps.visits.models import Visit, VisitState
from escale.apps.visits.queries import coming_of_commune, coming_of_post, past_of_commune, visits_between, visits_without_anyone
from escale.core.calendar.months import Month
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY = Month(2027, 1), Month(2027, 2)
TODAY = dt.date(2026, 12, 1)


@pytest.fixture
def post(epci: Epci, oisy: Commune) -> Post:
    held = Post.objects.create(epci=epci, label="Poste 1", base=oisy)
    ines = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Exemple")
    Occupancy.objects.create(post=held, mediator=ines, starts=SINCE, ends=dt.date(2027, 1, 31))
    return held


def promise(commune: Commune, post: Post, date: str, half: str = "AM", for_month: str = "") -> Promise:
    return Promise(commune=commune.pk, post=post.pk, date=dt.date.fromisoformat(date), half=half, for_month=for_month or date[:7])


def settle(epci: Epci, promises: Iterable[Promise], *months: Month, today: dt.date = TODAY, **choices: object) -> Settlement:
    return settle_months(
        actor=SYSTEM,
        epci=epci,
        months=months or (JANUARY,),
        promises=promises,
        today=today,
        reason="nouvelle tournée",
        **choices,  # type: ignore[arg-type]
    )


def test_every_state_has_its_words() -> None:
    assert set(VISIT_STATES) == set(VisitState)


def test_a_promise_makes_a_visit_and_the_same_one_changes_nothing(epci: Epci, oisy: Commune, post: Post) -> None:
    asked = [promise(oisy, post, "2027-01-05")]

    first, second = settle(epci, asked), settle(epci, asked)

    assert (len(first.created), len(second.kept)) == (1, 1)
    assert Visit.objects.get().sequence == 0
    assert Entry.objects.filter(event="visits.settled").count() == 1


def test_a_visit_that_moves_keeps_its_uid_and_its_first_date(epci: Epci, oisy: Commune, post: Post) -> None:
    (before,) = settle(epci, [promise(oisy, post, "2027-01-05")]).created

    settle(epci, [promise(oisy, post, "2027-01-07", "PM")])

    visit = Visit.objects.get()
    assert (visit.uid, visit.sequence, visit.reason) == (before.uid, 1, "nouvelle tournée")
    assert (str(visit.date), visit.half, str(visit.origin_date), visit.origin_half) == ("2027-01-07", "PM", "2027-01-05", "AM")
    told = Entry.objects.filter(event="visits.settled").latest("pk").details["moved"]
    assert told == [{"visit": visit.pk, "from": [post.pk, "2027-01-05", "AM"], "to": [post.pk, "2027-01-07", "PM"]}]


def test_two_visits_swap_their_places(epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> None:
    settle(epci, [promise(oisy, post, "2027-01-05"), promise(bousignies, post, "2027-01-07")])

    settle(epci, [promise(oisy, post, "2027-01-07"), promise(bousignies, post, "2027-01-05")])

    assert [str(visit.date) for visit in Visit.objects.standing().order_by("commune__name")] == ["2027-01-05", "2027-01-07"]
    assert set(Visit.objects.values_list("sequence", flat=True)) == {1}


def test_what_is_promised_no_more_is_cancelled_with_the_reason(epci: Epci, oisy: Commune, post: Post) -> None:
    settle(epci, [promise(oisy, post, "2027-01-05")])

    settle(epci, [])

    visit = Visit.objects.get()
    assert (visit.state, visit.reason, visit.sequence) == ("cancelled", "nouvelle tournée", 1)


def test_the_visit_of_a_month_becomes_its_make_up_in_the_next(epci: Epci, oisy: Commune, post: Post) -> None:
    settle(epci, [promise(oisy, post, "2027-01-05")])

    settle(epci, [promise(oisy, post, "2027-02-03", for_month="2027-01")], JANUARY, FEBRUARY)

    visit = Visit.objects.get()
    assert (visit.is_make_up, visit.sequence, visit.state) == (True, 1, "planned")


def test_a_past_visit_neither_moves_nor_goes(epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> None:
    settle(epci, [promise(oisy, post, "2027-01-05"), promise(bousignies, post, "2027-01-06", "PM")])

    settle(epci, [promise(oisy, post, "2027-01-19")], today=dt.date(2027, 1, 12))

    assert [str(visit.date) for visit in Visit.objects.standing()] == ["2027-01-05", "2027-01-06"]


def test_the_past_is_written_down_only_the_first_time_a_month_is_promised(epci: Epci, oisy: Commune, post: Post) -> None:
    asked, later = [promise(oisy, post, "2027-01-05")], dt.date(2027, 1, 12)

    assert settle(epci, asked, today=later).created == ()
    assert len(settle(epci, asked, today=later, first_time=[JANUARY]).created) == 1


def test_only_the_communes_that_are_named_are_settled(epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> None:
    settle(epci, [promise(oisy, post, "2027-01-05"), promise(bousignies, post, "2027-01-07")])

    settle(epci, [], communes={oisy.pk})

    assert Visit.objects.standing().get().commune == bousignies


def test_a_half_day_that_another_month_holds_is_refused_with_what_to_do(
    epci: Epci, oisy: Commune, bousignies: Commune, post: Post
) -> None:
    settle(epci, [promise(oisy, post, "2027-02-03", for_month="2027-01")])

    with pytest.raises(
        ValidationError, match=r"Bousignies, mercredi 3 février 2027 matin.*prise par Oisy.*Publier aussi ce mois"
    ):
        settle(epci, [promise(bousignies, post, "2027-02-03")], FEBRUARY)

    assert Visit.objects.count() == 1


def test_only_who_settles_visits_may(epci: Epci, reader: User) -> None:
    with pytest.raises(PermissionDenied):
        settle_months(actor=reader, epci=epci, months=[JANUARY], promises=[], today=TODAY, reason="")


def test_a_visit_is_told_with_who_comes_and_the_place_that_is_open(
    epci: Epci, oisy: Commune, post: Post, referent_oisy: User, referent_bousignies: User
) -> None:
    hall, school = (Premises.objects.create(commune=oisy, name=name, rank=rank) for rank, name in ((1, "Mairie"), (2, "École")))
    Premises.objects.filter(pk=hall.pk).update(morning_start=dt.time(8, 30))
    Closure.objects.create(premises=hall, starts=dt.date(2027, 2, 1), ends=dt.date(2027, 2, 28))
    settle(epci, [promise(oisy, post, "2027-01-05"), promise(oisy, post, "2027-02-02")], JANUARY, FEBRUARY)

    january, february = coming_of_commune(referent_oisy, oisy, TODAY)

    assert (str(january.mediator), january.premises, str(january.hours)) == ("Inès Exemple", hall, "08:30-11:30")
    assert (february.mediator, february.premises, str(february.hours)) == (None, school, "09:00-12:00")
    assert coming_of_commune(referent_bousignies, oisy, TODAY) == []
    assert visits_without_anyone(epci, TODAY) == [february]
    assert coming_of_post(SYSTEM, post, dt.date(2027, 2, 1)) == [february]
    assert past_of_commune(SYSTEM, oisy, dt.date(2027, 2, 1)) == [january]


def test_many_visits_cost_as_many_queries_as_one(epci: Epci, oisy: Commune, post: Post) -> None:
    days = [day for day in JANUARY.days() if day.weekday() in {1, 2, 3}]
    Premises.objects.create(commune=oisy, name="Mairie")
    settle(epci, [promise(oisy, post, day.isoformat(), "PM") for day in days])
    with CaptureQueriesContext(connection) as many:
        assert len(visits_between(SYSTEM, epci, JANUARY.first, JANUARY.last)) == len(days)
    with CaptureQueriesContext(connection) as one:
        assert len(visits_between(SYSTEM, epci, days[0], days[0])) == 1

    assert len(one) == len(many)
