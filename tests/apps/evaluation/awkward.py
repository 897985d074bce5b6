"""A year, 2026, in which each thing that is awkward to count happened once or more in a town, and a little of it in a village."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from escale.apps.activity.models import Record, Tally
from escale.apps.booking.models import Appointment, Demande
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.urgencies.models import Request
from escale.apps.visits.models import Cancellation, Holding, Visit
from tests.cast import make_commune

NOON = dt.time(11)
OF_RESIDENT = {
    "name": "Exemple",
    "channel": "mairie",
    "motive": "PAPERS",
    "written_by": "test",
    "written_as": "commune",
}


class Year:
    """Writes the rows of one commune."""

    def __init__(self, epci: Epci, commune: Commune, post: Post, mediator: Mediator) -> None:
        self.of = {"epci": epci, "commune": commune}
        self.post, self.mediator = post, mediator

    def visit(self, day: str, state: str = "held", *, promised: str = "", month: str = "", **fields: Any) -> Visit:
        """A half-day, as it ended up."""
        date = dt.date.fromisoformat(day)
        origin = dt.date.fromisoformat(promised or day)
        dates = {"date": date, "origin_date": origin, "half": "PM", "origin_half": "PM", "for_month": month or day[:7]}
        return Visit.objects.create(**self.of, post=self.post, state=state, **dates, **fields)

    def held(self, day: str, *, warm: bool | None = True, **fields: Any) -> Visit:
        """A half-day that was held; nobody looked at the room."""
        visit, start = self.visit(day, **fields), moment(day)
        looked = {"was_opened": True, "was_heated": warm, "had_private_office": True, "had_power": True}
        Holding.objects.create(visit=visit, started_at=start, ended_at=start + dt.timedelta(hours=3), **looked)
        return visit

    def lost(self, day: str, state: str, side: str, *, owed: bool = False) -> Visit:
        """A half-day that someone gave up."""
        visit = self.visit(day, state)
        Cancellation.objects.create(visit=visit, side=side, cause="room", is_owed=owed, written_by="test", written_at=moment(day))
        return visit

    def record(self, visit: Visit | None, day: str, themes: str = "|email|", **fields: Any) -> None:
        """What was done on a day, and noted on it unless told otherwise."""
        alone: dict[str, Any] = {"kind": "individuel", "age": "soixante_soixante_neuf"}
        noted = {"entered_at": moment(day), "device_time": moment(day), "received_at": moment(day)}
        values = {
            **self.of,
            **alone,
            **noted,
            "place": "lieu_activite",
            "mode": "sur_place",
            "public": "habitants",
            "minutes": 20,
        }
        values |= {"key": uuid.uuid4(), "visit": visit, "mediator": self.mediator, "date": day, "themes": themes}
        Record.objects.create(**{**values, **fields})

    def several(self, day: str, people: int, kind: str = "collectif", **fields: Any) -> None:
        """A workshop, or people of the mairie who were helped."""
        self.record(None, day, **{"kind": kind, "age": "", "people": people, **fields})

    def tap(self, visit: Visit, kind: str, reason: str = "", delta: int = 1) -> None:
        """Someone more, or less."""
        at = {"date": visit.date, "entered_at": moment(str(visit.date)), "key": uuid.uuid4()}
        Tally.objects.create(**self.of, visit=visit, mediator=self.mediator, kind=kind, reason=reason, delta=delta, **at)

    def booked(self, visit: Visit, slot: int, state: str, slots: int = 1) -> None:
        """Someone who was to come to a half-day."""
        asked = moment(str(visit.date - dt.timedelta(days=10)))
        grid = {"first_slot": slot, "slot_count": slots, "slot_minutes": 30, "position": "LAST"}
        at = {"asked_at": asked, "written_at": asked, "state_at": asked}
        ended = {"cancelled_by": "person"} if state == "cancelled" else {}
        place = {"kind": "visit", "epci": self.of["epci"], "asking": self.of["commune"], "visit": visit}
        Appointment.objects.create(**OF_RESIDENT, **place, **grid, **at, **ended, state=state)

    def asked(self, at: dt.datetime, state: str = "waiting") -> None:
        """Someone who asked for a slot."""
        closed = {"closed_at": at} if state in ("unmet", "withdrawn") else {}
        origin = {"origin": "public"} if state == "to_confirm" else {}
        Demande.objects.create(**self.of, **OF_RESIDENT, **origin, **closed, asked_at=at, written_at=at, state=state)

    def urgency(self, day: str, *, solved: bool) -> None:
        """Something that did not work in the mairie."""
        at = moment(day)
        end = {"answered_at": at, "solved_at": at, "closed_at": at, "state": "closed", "last_word": "Réparé."}
        words = {"matter": "printer", "call_back": "03 53 01 00 00", "asked_by": "test"}
        Request.objects.create(**self.of, **words, asked_at=at, **(end if solved else {}))


def moment(day: str) -> dt.datetime:
    """Return noon of a day of the winter, in Paris."""
    return dt.datetime.combine(dt.date.fromisoformat(day), NOON, tzinfo=dt.UTC)


def live_in_town(year: Year) -> None:
    """Moved, given up by each side, made up for, refused, waived, never closed; late, removed and taken back."""
    january = year.held("2026-01-13", warm=False, promised="2026-01-06")
    for slot, state in ((1, "honoured"), (2, "absent"), (1, "cancelled")):
        year.booked(january, slot, state)
    year.record(january, "2026-01-13", had_appointment=True, age="soixante_dix_plus")
    for number in range(8):
        themes = "|email|sante|" if number < 6 else "|sante|"
        year.record(january, "2026-01-13", themes, age="" if number == 0 else "soixante_dix_plus")
    year.record(january, "2026-01-13", removed_at=moment("2026-01-14"))
    for delta in (1, 1, -1):
        year.tap(january, "repartie_sans_aide", delta=delta)
    year.tap(january, "hors_cadre", "conseil_juridique")

    owed = year.lost("2026-02-10", "cancelled", "service", owed=True)
    made_up = year.held("2026-03-17", month="2026-02", makes_up=owed)
    year.booked(made_up, 1, "honoured", slots=2)
    year.record(made_up, "2026-03-17", had_appointment=True)
    year.lost("2026-03-10", "cancelled", "commune")
    year.record(made_up, "2026-03-17", entered_at=moment("2026-03-29"), received_at=moment("2026-04-20"))

    year.lost("2026-04-14", "refused", "commune")
    year.lost("2026-05-12", "waived", "service")
    year.visit("2026-06-09", "planned")
    june = year.lost("2026-06-30", "cancelled", "service", owed=True)
    year.held("2026-07-02", month="2026-06", makes_up=june)
    year.held("2026-07-14", warm=None)
    year.several("2026-02-09", 6, counts={"ages": {"soixante_dix_plus": 6}})
    year.several("2026-03-30", 4, kind="appui", themes="", public="agents_communaux")
    year.visit("2026-12-08", "confirmed")

    # Half past midnight in Paris is still the evening before, and another quarter, elsewhere.
    year.asked(dt.datetime(2026, 3, 31, 22, 30, tzinfo=dt.UTC))
    for state in ("waiting", "to_confirm", "unmet", "withdrawn"):
        year.asked(moment("2026-02-03"), state)
    year.urgency("2026-01-20", solved=True)
    year.urgency("2026-03-03", solved=False)


def live_in_the_village(year: Year) -> None:
    """Three people, one of them written down after the year."""
    visit = year.held("2026-02-12")
    year.record(visit, "2026-02-12")
    year.record(visit, "2026-02-12", "|sante|")
    year.held("2026-03-12")
    year.record(None, "2026-03-12", entered_at=moment("2027-01-05"), received_at=moment("2027-01-05"))
    year.lost("2026-01-08", "cancelled", "commune")


def town_of(epci: Epci) -> Commune:
    """A commune that is large enough for its tables to be shown each quarter."""
    return make_commune(epci, "59172", "Denain", population=20_360)
