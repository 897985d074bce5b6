"""Fill the month before today and the one after it, once; what somebody did since stays."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.booking.models import Appointment
from escale.apps.territory.clock import today
from escale.apps.territory.models import Epci
from escale.apps.visits.models import Visit
from escale.config.demonstration.month.appointments import (
    book_the_office,
    desks_of,
    fill_visit,
    leave_requests,
    say_who_came,
    write_to_the_mairies,
)
from escale.config.demonstration.month.half_days import GIVEN_UP, give_up, hold, mediators_of, note_a_theft, prepare

AROUND = dt.timedelta(days=31)


def live_the_month(epci: Epci) -> None:
    """Bring the residents of a month before and after today into the visits that are published, and hold those that are past."""
    if Appointment.objects.filter(epci=epci).exists():
        return
    now = today(epci)
    visits = Visit.objects.filter(epci=epci).standing().between(now - AROUND, now + AROUND).select_related("commune", "epci")
    with transaction.atomic():
        desks, mediators = desks_of(epci), mediators_of(epci)
        for number, visit in enumerate(visits):
            desk = desks.get(visit.commune_id)
            booked = fill_visit(visit, number, desk, now)
            if visit.date >= now:
                prepare(visit, number, desk, now)
            elif number == GIVEN_UP:
                give_up(visit)
            else:
                say_who_came(visit, booked, number)
                hold(visit, number, mediators[visit.post_id])
        leave_requests(desks, now)
        write_to_the_mairies(desks, now)
        book_the_office(epci, desks, now)
        note_a_theft(mediators, now)
