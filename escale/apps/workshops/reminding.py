"""Tell people that they are registered, and remind them of their workshop: by the round of the minute, once of each.

A round that runs twice, late, or five times at once, tells once: the key of each message is unique in the database.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.booking.kinds import Agent, Channel
from escale.apps.messaging.actions import drop_messages
from escale.apps.messaging.mobiles import mobile_number
from escale.apps.messaging.models import Message, MessageState
from escale.apps.territory import clock
from escale.apps.territory.catalogue import REMINDER_HOURS
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.apps.workshops.messages import ABOUT, ACTOR, about_of, reachable, write_to
from escale.apps.workshops.models import Registration, RegistrationQuerySet, Workshop
from escale.core.workshops.states import News, RegistrationState, WorkshopState

SETTLES_IN = dt.timedelta(minutes=1)
"""A registration waits this long: whoever corrects it or takes it back at once is told the last word alone."""
LATEST = dt.timedelta(days=1)
"""A confirmation that comes later than this tells nothing new."""


@transaction.atomic
def confirm_registrations(*, actor: Actor) -> int:
    """Write to those who registered a minute ago or more, that they have a place or wait for one; return to how many."""
    require(actor, "booking.remind", "installation")
    _drop_what_is_over()
    return sum(_confirm(epci) for epci in _epcis())


@transaction.atomic
def remind_people(*, actor: Actor) -> int:
    """Remind those whose workshop comes in the hours that their EPCI chose; return how many.

    Whoever registered, or was told of a change, later than that has just read when it is.
    """
    require(actor, "booking.remind", "installation")
    return sum(_remind(epci, hours) for epci in _epcis() if (hours := value_of(epci, REMINDER_HOURS)))


def _epcis() -> list[Epci]:
    return list(Epci.objects.filter(workshops__state=WorkshopState.OPEN.value).distinct().order_by("pk"))


def _confirm(epci: Epci) -> int:
    now = clock.moment(epci)
    rows = _of_open_workshops(epci, now).filter(written_at__gt=now - LATEST, written_at__lte=now - SETTLES_IN)
    found = [row for row in rows if not _is_told_by_mairie(row)]
    # Whatever was written to someone since they registered says more than this.
    written = set(Message.objects.filter(epci=epci, about__in=map(about_of, found)).values_list("about", flat=True))
    left = [row for row in found if about_of(row) not in written and not row.news]
    for row in left:
        write_to(row, News.REGISTERED, "")
    return len(left)


def _remind(epci: Epci, hours: int) -> int:
    now, ahead = clock.moment(epci), dt.timedelta(hours=hours)
    coming = _of_open_workshops(epci, now).filter(
        state=RegistrationState.REGISTERED.value, workshop__date__lte=(now + ahead).date()
    )
    found = [
        row
        for row in coming
        if row.written_at <= row.workshop.begins_at - ahead <= now < row.workshop.begins_at and not _is_fixed(row)
    ]
    told = dict(
        Message.objects.filter(epci=epci, about__in=map(about_of, found)).order_by("queued_at").values_list("about", "queued_at")
    )
    left = [row for row in found if about_of(row) not in told or told[about_of(row)] < row.workshop.begins_at - ahead]
    for row in left:
        write_to(row, News.REMINDED, f"{row.workshop.begins_at:%Y%m%dT%H%M}")
    return len(left)


def _of_open_workshops(epci: Epci, now: dt.datetime) -> RegistrationQuerySet:
    workshops = Workshop.objects.filter(epci=epci, date__gte=now.date()).open()
    return reachable().filter(workshop__in=workshops)


def _is_fixed(row: Registration) -> bool:
    return row.channel == Channel.PHONE and mobile_number(row.contact) is None


def _is_told_by_mairie(row: Registration) -> bool:
    """Tell whether whoever has a fixed line stood before the mairie that registered them, and knows."""
    return _is_fixed(row) and row.written_as == Agent.COMMUNE


def _drop_what_is_over() -> None:
    """Take out of the queue what would reach someone who withdrew meanwhile."""
    waiting = Message.objects.filter(state=MessageState.QUEUED.value, about__startswith=f"{ABOUT}:")
    keys = {row.pk: int(row.about.partition(":")[2]) for row in waiting}
    gone = set(
        Registration.objects.filter(pk__in=keys.values(), state=RegistrationState.WITHDRAWN.value).values_list("pk", flat=True)
    )
    if gone:
        drop_messages(actor=ACTOR, messages=[message for message, key in keys.items() if key in gone])
