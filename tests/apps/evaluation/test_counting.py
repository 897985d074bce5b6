"""What the 22 indicators are counted from, against a small world counted by hand: Oisy and Bousignies, January to May 2027."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.accounts.models import User
from escale.apps.activity.models import EaseCount, Record
from escale.apps.booking.models import Appointment, Demande
from escale.apps.evaluation.counting import counts_by_commune, counts_of
from escale.apps.team.models import Habilitation, Mediator, Occupancy, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.urgencies.models import Request
from escale.apps.visits.models import Cancellation, Holding, Visit
from escale.core.calendar.months import Month
from escale.core.evaluation.counts import Confidence, Counts, HalfDays, Pairs, Ratio, Slots, Urgencies, Waits
from escale.core.evaluation.indicators import measures
from escale.core.evaluation.measures import State
from tests.apps.booking.conftest import post
from tests.apps.booking.service import hold_post
from tests.apps.conventions.paper import in_force

__all__ = ["post"]

FIRST, LAST, ON = Month(2027, 1), Month(2027, 6), dt.date(2027, 5, 20)
CHECKS = ("was_opened", "was_heated", "had_private_office", "had_room", "had_power")


def at(date: str, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A moment in Paris, in winter."""
    return dt.datetime.fromisoformat(f"{date}T{hour:02d}:{minute:02d}+01:00")


def half_day(post: Post, commune: Commune, date: str, state: str, **fields: Any) -> Visit:
    on = dt.date.fromisoformat(date)
    plain = {"epci": post.epci, "commune": commune, "post": post, "half": "PM", "origin_half": "PM", "for_month": date[:7]}
    return Visit.objects.create(**{**plain, "date": on, "origin_date": on, "state": state, **fields})


def give_up(visit: Visit, side: str, **fields: Any) -> None:
    plain = {"side": side, "cause": "other", "is_owed": False, "written_by": "test", "written_at": at("2027-01-01")}
    Cancellation.objects.create(visit=visit, **{**plain, **fields})


def resident(epci: Epci, asked: str, **fields: Any) -> dict[str, Any]:
    moment = at(asked)
    written = {"asked_at": moment, "written_at": moment, "written_by": "test", "written_as": "commune"}
    return {"epci": epci, "name": "Exemple", "channel": "mairie", "motive": "PAPERS", **written, **fields}


def booked(visit: Visit, asked: str, slot: int, state: str = "honoured", **fields: Any) -> Appointment:
    place = {"asking": visit.commune, "visit": visit, "first_slot": slot, "slot_minutes": 30, "position": "LAST"}
    return Appointment.objects.create(
        **resident(visit.epci, asked, **fields),
        **place,
        state=state,
        state_at=at(asked),
        cancelled_by="person" * (state == "cancelled"),
    )


def noted(visit: Visit, mediator: Mediator, **fields: Any) -> None:
    moment = at(str(visit.date), 16)
    times = {"entered_at": moment, "device_time": moment, "received_at": moment}
    where = {"epci": visit.epci, "commune": visit.commune, "visit": visit, "date": visit.date, "mediator": mediator}
    plain = {"kind": "individuel", "place": "lieu_activite", "mode": "sur_place", "public": "habitants", "minutes": 30}
    Record.objects.create(key=uuid.uuid4(), **where, **times, **{**plain, "themes": "|email|", **fields})


@pytest.fixture
def world(epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> None:
    """Oisy: held twice in January, refused in February, made up for March, cancelled in April, promised for May."""
    in_force(epci, oisy, session_minutes=150, walk_in_minutes=90)
    in_force(epci, bousignies)
    ines = Mediator.objects.get()
    first = half_day(post, oisy, "2027-01-05", "held")
    again = half_day(post, oisy, "2027-01-19", "held")
    Holding.objects.create(
        visit=first, started_at=at("2027-01-05", 14), ended_at=at("2027-01-05", 16, 20), was_opened=True, was_heated=False
    )
    Holding.objects.create(visit=again, **dict.fromkeys(CHECKS, True))
    give_up(half_day(post, oisy, "2027-02-02", "refused"), "commune")
    lost = half_day(post, oisy, "2027-03-02", "cancelled")
    give_up(lost, "service", is_owed=True)
    half_day(post, oisy, "2027-06-08", "planned", for_month="2027-03", makes_up=lost)
    give_up(half_day(post, oisy, "2027-04-06", "cancelled"), "service", is_owed=True, force_majeure=True)
    half_day(post, oisy, "2027-04-13", "cancelled")  # A new tour took it away.
    half_day(post, oisy, "2027-05-25", "planned")
    half_day(post, bousignies, "2027-01-07", "waived")
    give_up(Visit.objects.get(commune=bousignies), "commune")
    half_day(post, bousignies, "2027-02-04", "planned")

    jean = booked(first, "2027-01-02", 1)
    booked(first, "2027-01-03", 2, "absent", name="Autre")
    booked(first, "2027-01-03", 1, "cancelled", name="Encore")
    back = booked(again, "2026-12-19", 1, name="EXEMPLE")
    Demande.objects.create(commune=oisy, **resident(epci, "2027-05-10"))
    Demande.objects.create(commune=oisy, **resident(epci, "2027-05-10"), state="withdrawn", closed_at=at("2027-05-11"))
    with_one = {"had_appointment": True, "autonomy": "entierement_accompagne", "is_first_time": True, "took_pix": True}
    noted(first, ines, appointment=jean.uid, age="soixante_soixante_neuf", is_solved=True, **with_one)
    noted(again, ines, appointment=back.uid, **{**with_one, "autonomy": "autonome", "is_first_time": False})
    noted(again, ines, kind="collectif", people=4, known=1)
    noted(again, ines, kind="appui", public="agents_communaux", themes="")

    for asked, answered in (("2027-02-01", at("2027-02-01", 10, 45)), ("2027-02-02", None)):
        Request.objects.create(
            epci=epci, commune=oisy, matter="printer", call_back="0353010000", asked_by="test", asked_at=at(asked),
            state="answered" if answered else "asked", answered_at=answered,
        )  # fmt: skip
    tom = Mediator.objects.create(epci=epci, first_name="Tom", last_name="Delattre")
    Occupancy.objects.filter(post=hold_post(epci, oisy, "Poste 2", tom)).update(starts=dt.date(2027, 3, 1))
    Habilitation.objects.create(mediator=ines, trained_on=dt.date(2026, 1, 5), granted_on=dt.date(2026, 2, 5))
    for answer, count in ((0, 2), (3, 1), (4, 2)):
        EaseCount.objects.create(epci=epci, commune=oisy, month=dt.date(2027, 1, 1), answer=answer, count=count)


def test_every_figure_of_a_commune_is_what_one_counts_by_hand(world: None, epci: Epci, oisy: Commune) -> None:
    found = counts_of(epci, FIRST, LAST, ON, communes=[oisy])

    # January to May are due; June has not begun. The second half-day of January makes good for no other month.
    assert found.half_days == HalfDays(
        due=5, proposed=4, held=1, refused=1, make_up_to_come=1, coming=1, cancelled_by_service=1, force_majeure=1
    )
    # Two half-days are due by now, of 150 minutes each; the one that counts took 2 h 20.
    assert (found.minutes_due, found.minutes_held) == (300, 140)
    assert found.communes_visited == Ratio(part=1, whole=1), "visited from January to March; the next quarter is not over"
    assert found.premises == Ratio(part=1, whole=2)
    # Two half-days of two slots; the one that was cancelled is free again.
    assert found.slots == Slots(open=4, booked=3, absent=1)
    assert found.waits == Waits(served={2: 1, 3: 1}, waiting={10: 1}), "what was asked in December is not of these months"
    assert found.urgencies == Urgencies(asked=2, answered=1, median_minutes=45)
    # 1 March to 20 May are 81 of the 140 days.
    assert found.staffed_days == Ratio(part=81, whole=140)
    assert found.certified == Ratio(part=1, whole=2)
    assert (found.activities, found.accompaniments, found.persons) == (3, 6, 1)
    assert found.modes == {"rdv": 2, "sans_rdv": 0, "atelier": 4}
    assert found.themes == {"email": 6}
    assert found.recorded_in_time == Ratio(part=2, whole=2)
    assert found.first_time == Ratio(part=4, whole=6)
    assert found.autonomous == Ratio(part=1, whole=2)
    assert found.outcomes == {"resolue": 1}
    assert (found.aged, found.pix) == (Ratio(part=1, whole=1), 2)
    assert found.pairs == Pairs(more=1, less=0, same=0)
    assert found.missing_fields["age"] == Ratio(part=5, whole=6)
    assert found.confidence == Confidence(asked=5, after={3: 1, 4: 2})
    assert found.persons_estimated == 4
    assert (found.population, found.population_15) == (699, None)


def test_a_territory_is_its_communes_together_in_as_many_queries(
    world: None, epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    Commune.objects.filter(pk=oisy.pk).update(population_15=560, population_60=180, ages_source="Insee", ages_year=2023)
    oisy.refresh_from_db()
    with CaptureQueriesContext(connection) as one:
        counts_by_commune(epci, [oisy], FIRST, LAST, ON)
    with CaptureQueriesContext(connection) as two:
        apart = counts_by_commune(epci, [oisy, bousignies], FIRST, LAST, ON)
    whole = counts_of(epci, FIRST, LAST, ON)

    assert len(one) == len(two)
    assert apart[bousignies.code].half_days == HalfDays(due=5, proposed=1, held=0, waived=1, untold=1)
    assert apart[bousignies.code].accompaniments == 0
    assert whole.half_days == HalfDays(
        due=10, proposed=5, held=1, refused=1, make_up_to_come=1, coming=1, waived=1, untold=1, cancelled_by_service=1,
        force_majeure=1,
    )  # fmt: skip
    assert whole.minutes_due == 300 + 4 * 180
    assert whole.communes_visited == Ratio(part=1, whole=2)
    assert (whole.accompaniments, whole.persons, whole.population) == (6, 1, 699 + 339)
    assert apart[oisy.code].population_15 == 560
    assert whole.population_15 is None, "Bousignies has none"

    Epci.objects.filter(pk=epci.pk).update(population_15=830, population_60=240, ages_source="Insee", ages_year=2023)
    epci.refresh_from_db()
    assert counts_of(epci, FIRST, LAST, ON).population_60 == 240


def test_once_a_name_is_forgotten_people_are_not_counted_any_more(world: None, epci: Epci, oisy: Commune) -> None:
    erased = {"first_name": "", "name": "", "contact": "", "contact_forgotten": True, "person_forgotten": True}
    Appointment.objects.filter(visit__date=dt.date(2027, 1, 5)).update(**erased)

    found = counts_of(epci, FIRST, LAST, ON)

    assert found.persons is None
    assert found.pairs == Pairs(more=0, less=0, same=0), "who came in January came once, as far as one knows"
    assert found.accompaniments == 6


def test_what_nothing_records_is_not_known(epci: Epci, oisy: Commune, ines: User) -> None:
    found = counts_of(epci, FIRST, LAST, ON)

    assert found == Counts(population=699)
    known = {code for code, measure in measures(found).items() if measure.state is not State.MISSING}
    assert known == set()
