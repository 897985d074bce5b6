"""Two rounds of the same day at the same moment, inside an installation of its own: processes of a cron that started twice."""

from __future__ import annotations

import datetime as dt
import json

from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.models import Message
from escale.apps.obligations.actions import remind_all
from escale.apps.obligations.models import Reminder
from tests.apps.booking.race import together
from tests.apps.conventions.paper import in_force
from tests.cast import Person, engage, make_commune, make_epci

ROUNDS = 5
ON = dt.datetime(2026, 11, 2, 6, tzinfo=dt.UTC)


def run() -> None:
    """Say how the rounds ended and what they left, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    for code, name in (("59446", "Oisy"), ("59100", "Bousignies")):
        in_force(epci, make_commune(epci, code, name))
    engage(Person.COORDINATOR, epci)
    ends = together([round_of_the_day] * ROUNDS)
    left = {"ends": ends, "reminders": Reminder.objects.count(), "messages": Message.objects.count()}
    print(json.dumps(left))  # noqa: T201 -- the test reads it


def round_of_the_day() -> str:
    """Remind, and say whether there was something new to say."""
    return "said" if remind_all(actor=SYSTEM, now=ON) else "nothing new"
