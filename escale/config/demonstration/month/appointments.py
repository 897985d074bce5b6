"""Who came and who comes: a few appointments for each visit, who waits in the mairies with an account, who wrote to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError

from escale.apps.accounts.access import COMMUNE_KINDS
from escale.apps.accounts.models import Role, User
from escale.apps.audit.actors import Actor
from escale.apps.booking.actions import ask_demande, book_appointment, book_at_office, leave_demande, mark_absent, mark_honoured
from escale.apps.booking.actions.asking import PUBLIC
from escale.apps.booking.models import Appointment
from escale.apps.booking.offices import office_afternoons
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.config.demonstration.accounts import DENAIN
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.month.days import as_if_on
from escale.config.demonstration.month.residents import resident

ASKED_BEFORE, FAR = dt.timedelta(days=9), dt.timedelta(days=31)
ABSENT_EACH = 9
SLOTS = ((1, 2), (1,), (2,), (1, 2), ())
"""The slots that are taken, from one visit to the next: full, half or none."""
FULL, ONE_LEFT = (1, 2), (1,)
CROWDED = DENAIN
"""Where every slot is taken and people wait; the other mairie that has an account has one slot left."""
WAITING = 2
WRITTEN, WRITERS = 2, 509
"""How many write to each mairie from the site, and who: residents who have a telephone."""
HOMES = "192.0.2.{}"
"""Where they write from: addresses that are kept for examples."""


def desks_of(epci: Epci) -> dict[int, User]:
    """Return the person who books in each commune that has an account: a référent or its front desk."""
    roles = Role.objects.filter(epci=epci, kind__in=COMMUNE_KINDS).select_related("user").order_by("-kind")
    return {role.commune_id: role.user for role in roles if role.commune_id}


def fill_visit(visit: Visit, number: int, desk: User | None, today: dt.date) -> list[Appointment]:
    """Book the slots of one visit some days before; none when its convention began later, or no office was known yet."""
    asked_on = min(visit.date - ASKED_BEFORE, today)
    actor: Actor = desk or ACTOR
    people = [(slot, resident(2 * number + slot)) for slot in _taken(visit, number, desk)]
    with as_if_on(asked_on):
        try:
            return [book_appointment(actor=actor, visit=visit, slot=slot, person=person) for slot, person in people]
        except ValidationError:
            return []


def say_who_came(visit: Visit, booked: Sequence[Appointment], number: int) -> None:
    """Mark the appointments of a visit on its day: most people come."""
    with as_if_on(visit.date):
        for row in booked:
            mark = mark_absent if (number + row.first_slot) % ABSENT_EACH == 0 else mark_honoured
            mark(actor=ACTOR, appointment=row)


def leave_requests(desks: dict[int, User], today: dt.date) -> None:
    """Leave some people on the list of the mairie that has no slot left, one more each week."""
    commune = Commune.objects.get(code=CROWDED)
    for number in range(WAITING):
        with as_if_on(today - (WAITING - number) * dt.timedelta(days=6)):
            leave_demande(actor=desks[commune.pk], commune=commune, person=resident(500 + number))


def write_to_the_mairies(desks: dict[int, User], today: dt.date) -> None:
    """Let residents ask from the site: each mairie that has an account finds some requests to confirm."""
    for rank, commune in enumerate(Commune.objects.filter(pk__in=desks)):
        for number in range(WRITTEN):
            person, is_helped = replace(resident(WRITERS + WRITTEN * rank + number), needs=frozenset()), number == WRITTEN - 1
            with as_if_on(today - dt.timedelta(days=number)):
                ask_demande(
                    actor=PUBLIC,
                    commune=commune,
                    person=person,
                    address=HOMES.format(WRITTEN * rank + number + 1),
                    key=uuid5(NAMESPACE_URL, f"{commune.code}-{number}"),
                    call_back=number == 0,
                    with_consent=is_helped,
                )


def book_the_office(epci: Epci, desks: dict[int, User], today: dt.date) -> None:
    """Let the crowded mairie send someone to the next afternoon at the office."""
    commune = Commune.objects.get(code=CROWDED)
    for afternoon in office_afternoons(epci, today + dt.timedelta(days=1), today + FAR)[:1]:
        book_at_office(
            actor=desks[commune.pk],
            commune=commune,
            post=afternoon.post,
            date=afternoon.date,
            slot=afternoon.slots[0].number,
            who=resident(520),
        )


def _taken(visit: Visit, number: int, desk: User | None) -> tuple[int, ...]:
    if visit.commune.code == CROWDED:
        return FULL
    return ONE_LEFT if desk else SLOTS[number % len(SLOTS)]
