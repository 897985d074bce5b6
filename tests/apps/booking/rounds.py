"""Five rounds of the minute at the same moment, inside an installation of its own; then what is written, sent and ticked."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from functools import partial

from django.conf import settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.kinds import Change, Channel
from escale.apps.booking.models import Appointment, Telling
from escale.apps.booking.notices import remind_people, tell_what_waits
from escale.apps.messaging.models import Message
from escale.apps.messaging.tasks import try_to_deliver
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.visits.models import Visit
from tests.apps.booking.race import settle, together
from tests.apps.booking.service import book, hold_post, open_office, resident, take_part
from tests.cast import Person, engage, make_commune, make_epci

ROUNDS = 5


def run() -> None:
    """Say what became of them, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    oisy = make_commune(epci, "59446", "Oisy")
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=engage(Person.INES, epci))
    post = hold_post(epci, oisy, "Poste 1", mediator)
    open_office(oisy)
    take_part(epci, oisy)
    day = clock.today() + dt.timedelta(days=1)
    settle(epci, {oisy: day}, post)
    visit = Visit.objects.get()
    for number in (1, 2):
        book(SYSTEM, visit, number, resident(f"P{number}", channel=Channel.PHONE, contact=f"06 12 34 56 7{number}"))
    before = clock.moment(epci) - dt.timedelta(days=3)
    Telling.objects.update(since=before)
    Appointment.objects.update(written_at=before, asked_at=before)
    settings.SMS_FOLDER.mkdir(parents=True, exist_ok=True)

    works: list[Callable[[], str]] = [tell, remind] * ROUNDS
    rounds = together(works)
    written = Counter(about.split(":")[0] for about in Message.objects.values_list("about", flat=True))
    together([partial(deliver, key) for key in Message.objects.values_list("pk", flat=True)])
    lines = [line for file in settings.SMS_FOLDER.iterdir() for line in file.read_text(encoding="utf-8").splitlines()]
    print(  # noqa: T201 -- the test reads it
        json.dumps(
            {
                "rounds": rounds,
                "written": written,
                "sent": len(lines),
                "left": Telling.objects.untold().filter(change=Change.BOOKED.value).count(),
            }
        )
    )


def tell() -> str:
    """Run one round of changes."""
    tell_what_waits(actor=SYSTEM)
    return "done"


def remind() -> str:
    """Run one round of reminders."""
    remind_people(actor=SYSTEM)
    return "done"


def deliver(key: int) -> str:
    """Send one message."""
    try_to_deliver(key, tried=0)
    return "sent"
