"""Mediators write while months are counted anew, in an installation of its own: each in a thread with its own connection."""

from __future__ import annotations

import json
import time
import uuid
from functools import partial
from typing import Any

from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record, refresh_figures, remove_record, tally
from escale.apps.activity.figures import figures_of
from escale.apps.activity.models import Record, TouchedMonth
from escale.apps.activity.queries import activity_counts, counts_of
from escale.apps.audit.actors import SYSTEM
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.activity.figures import Figures
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import TallyKind, Theme
from escale.core.calendar.months import Month
from tests.apps.booking.race import together
from tests.apps.booking.service import hold_post
from tests.cast import Person, engage, make_commune, make_epci

WRITTEN = 12
ROUNDS = 15
COUNTERS = 3


def run() -> None:
    """Say what became of the race, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    communes = make_commune(epci, "59446", "Oisy"), make_commune(epci, "59100", "Bousignies")
    users, visits = [], []
    for number, (person, commune) in enumerate(zip((Person.INES, Person.TOM), communes, strict=True), start=1):
        users.append(engage(person, epci))
        mediator = Mediator.objects.create(epci=epci, first_name=person.value, last_name="Exemple", user=users[-1])
        post = hold_post(epci, commune, f"Poste {number}", mediator)
        day = clock.today()
        plain: dict[str, Any] = {"epci": epci, "post": post, "date": day, "for_month": f"{day:%Y-%m}", "origin_date": day}
        visits.append(Visit.objects.create(commune=commune, half="AM", origin_half="AM", **plain))
    writers = [partial(write, user, some) for user in users for some in (visits, visits[::-1])]
    ends = together([*writers, *[partial(count, epci)] * COUNTERS])
    read = {str(commune or "all"): says(epci, commune) for commune in (None, *communes)}
    while refresh_figures(actor=SYSTEM):
        pass
    kept = {str(commune or "all"): says(epci, commune) for commune in (None, *communes)}
    left = TouchedMonth.objects.count()
    print(json.dumps({"ends": ends, "read": read, "kept": kept, "left": left}))  # noqa: T201 -- the test reads it


def write(actor: User, visits: list[Visit]) -> str:
    """Write on half-days of both communes, take some of it away, and tap."""
    for number in range(WRITTEN):
        visit = visits[number % len(visits)]
        row = log_record(actor=actor, record=_entry(visit, number))
        if number % 3 == 0:
            remove_record(actor=actor, row=Record.objects.get(pk=row.pk))
        tally(actor=actor, visit=visit, kind=TallyKind.LEFT, key=uuid.uuid4())
    return "written"


def count(epci: Epci) -> str:
    """Count anew again and again, and read meanwhile."""
    for _ in range(ROUNDS):
        refresh_figures(actor=SYSTEM)
        _figures(epci, None)
        time.sleep(0.01)
    return "counted"


def says(epci: Epci, commune: Commune | None) -> list[object]:
    """Return how much there is, and whether what is read is what the records say."""
    month = Month.of(clock.today())
    told = activity_counts(SYSTEM, epci, month.first, month.last, commune=commune)
    found = _figures(epci, commune)
    return [found.activities, found.left, counts_of(found) == told]


def _figures(epci: Epci, commune: Commune | None) -> Figures:
    month = Month.of(clock.today())
    return figures_of(epci, month, month, commune=commune)


def _entry(visit: Visit, number: int) -> RecordEntry:
    themes = frozenset({list(Theme)[number % 5]})
    return RecordEntry(key=uuid.uuid4(), visit=visit.uid, entered_at=timezone.now(), minutes=15 + number, themes=themes)
