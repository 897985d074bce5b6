"""Ten rounds of the minute at the same moment, inside an installation of its own."""

from __future__ import annotations

import datetime as dt
import json

from django.utils import timezone

from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.models import Message
from escale.apps.team.models import Mediator
from escale.apps.urgencies.actions import pass_on_unanswered
from escale.apps.urgencies.models import Request, Step
from tests.apps.booking.race import together
from tests.apps.booking.service import hold_post
from tests.apps.urgencies.service import ask
from tests.cast import Person, engage, make_commune, make_epci

ROUNDS = 10


def run() -> None:
    """Say what became of the race, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    oisy = make_commune(epci, "59446", "Oisy", elides=True)
    engage(Person.COORDINATOR, epci)
    for number, person in enumerate((Person.INES, Person.TOM), start=1):
        user = engage(person, epci)
        mediator = Mediator.objects.create(epci=epci, first_name=person.value, last_name="Exemple", user=user)
        hold_post(epci, oisy, f"Poste {number}", mediator)
    ask(SYSTEM, oisy)
    over = timezone.now() + dt.timedelta(days=30)
    ends = together([lambda: str(pass_on_unanswered(actor=SYSTEM, now=over))] * ROUNDS)
    steps = sorted(Step.objects.values_list("kind", flat=True))
    print(  # noqa: T201 -- the test reads it
        json.dumps({"ends": ends, "steps": steps, "state": Request.objects.get().state, "letters": Message.objects.count()})
    )
