"""Offer freed slots to whoever has waited longest, for a day; the desk confirms, and nothing is booked by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.booking.actions.booking import book_demande
from escale.apps.booking.actions.telling import must_hear_of
from escale.apps.booking.agenda import Agenda, agenda_of
from escale.apps.booking.agents import agent_in, require_demande
from escale.apps.booking.kinds import Answer
from escale.apps.booking.labels import ANSWERS, OBSTACLES
from escale.apps.booking.locking import lock_visit
from escale.apps.booking.models import Appointment, Demande, Offer
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit

KEPT_FOR = dt.timedelta(hours=24)
REFUSALS = (Answer.DECLINED.value, Answer.EXPIRED.value)


@transaction.atomic
def offer_slot(*, actor: Actor, visit: Visit, slot: int) -> Offer | None:
    """Offer a free slot to the oldest request that fits it; None when nobody waits for it."""
    locked = lock_visit(visit.pk)
    agent_in(actor, locked.epci, locked.commune, post=locked.post_id, day=locked.date)
    agenda = agenda_of(locked)
    if agenda.obstacle is not None:
        raise refuse("visit", OBSTACLES[agenda.obstacle])
    if slot not in agenda.starts_for(1):
        raise refuse("slot", "Ce créneau n’est pas libre ; en choisir un autre.")
    return next(iter(offer_slots(actor=actor, visit=locked, numbers=[slot])), None)


def offer_slots(*, actor: Actor, visit: Visit, numbers: Iterable[int]) -> list[Offer]:
    """Offer what is free among some slots of a visit that is held by the transaction, the oldest requests first.

    Someone who needs two slots in a row is offered two, or waits for them; who refused a slot is not asked again for it.
    """
    now = clock.moment(visit.epci)
    _close_expired(visit, now)
    agenda = agenda_of(visit)
    free = sorted(set(numbers) & {line.slot.number for line in agenda.free})
    made: list[Offer] = []
    for demande in _waiting(visit) if free else ():
        first = _first_fitting(demande, visit, free)
        if first is None:
            continue
        made.append(_offer(actor, agenda, demande, first, now))
        free = [number for number in free if number not in made[-1].numbers]
    return made


@transaction.atomic
def accept_offer(*, actor: Actor, offer: Offer) -> Appointment:
    """Book the person to whom a slot is offered: the mairie has asked them. Raise ValidationError once its day is over."""
    lock_visit(offer.visit_id)
    row = _open(offer)
    if row.expires_at <= clock.moment(row.demande.epci):
        raise refuse(
            "offer", "Ce créneau n’est plus gardé : les 24 heures sont passées. S’il est encore libre, inscrire la demande."
        )
    return book_demande(actor=actor, demande=row.demande, visit=row.visit, slot=row.first_slot, count=row.slot_count)


@transaction.atomic
def decline_offer(*, actor: Actor, offer: Offer) -> Offer:
    """Say that the person does not want this slot: they keep waiting, and the next one is asked at once."""
    visit = lock_visit(offer.visit_id)
    row = _open(offer)
    require_demande(actor, row.demande)
    _close(row, Answer.DECLINED, clock.moment(visit.epci))
    events.record("booking.offer_declined", actor=actor, epci=visit.epci.siren, subject=row, visit=visit.pk)
    offer_slots(actor=actor, visit=visit, numbers=row.numbers)
    return row


@transaction.atomic
def pass_on_offers(*, actor: Actor, now: dt.datetime) -> int:
    """Offer to the next request what nobody answered in time; return how many offers were over.

    Whoever never runs it loses nothing: an offer that is over keeps no slot.
    """
    require(actor, "booking.transmit", "installation")
    over = Offer.objects.unanswered().filter(expires_at__lte=now)
    rows = list(over)
    # All visits are held before the first request is.
    visits = {key: lock_visit(key) for key in sorted({row.visit_id for row in rows})}
    for row in rows:
        offer_slots(actor=actor, visit=visits[row.visit_id], numbers=row.numbers)
    return len(rows)


def void_offers(visit: Visit) -> Sequence[Offer]:
    """Close the offers of a visit that changes: the person was asked for another day; return them."""
    rows = list(Offer.objects.filter(visit=visit).unanswered())
    for row in rows:
        _close(row, Answer.VOID, clock.moment(visit.epci))
    return rows


def _waiting(visit: Visit) -> Iterable[Demande]:
    """Return who waits in the commune of a visit and is asked nothing else just now, the oldest request first."""
    asked = Offer.objects.unanswered().values("demande")
    return Demande.objects.filter(commune=visit.commune).waiting().exclude(pk__in=asked).select_for_update(of=("self",))


def _first_fitting(demande: Demande, visit: Visit, free: Sequence[int]) -> int | None:
    refused = set(demande.offers.filter(visit=visit, answer__in=REFUSALS).values_list("first_slot", flat=True))
    for number in free:
        wanted = range(number, number + demande.slot_count)
        if number not in refused and set(wanted) <= set(free):
            return number
    return None


def _offer(actor: Actor, agenda: Agenda, demande: Demande, first: int, now: dt.datetime) -> Offer:
    visit, closes_at = agenda.visit, agenda.slots[first - 1].closes_at
    offer = Offer.objects.create(
        demande=demande,
        visit=visit,
        first_slot=first,
        slot_count=demande.slot_count,
        offered_at=now,
        expires_at=max(min(now + KEPT_FOR, closes_at), now + dt.timedelta(seconds=1)),
    )
    must_hear_of(offer)
    events.record(
        "booking.slot_offered", actor=actor, epci=visit.epci.siren, subject=offer, visit=visit.pk, slots=list(offer.numbers)
    )
    return offer


def _open(offer: Offer) -> Offer:
    row = Offer.objects.select_related("demande__epci", "visit__epci").get(pk=offer.pk)
    if row.answer:
        raise refuse("offer", f"Cette proposition est close : {ANSWERS[Answer(row.answer)]}.")
    return row


def _close_expired(visit: Visit, now: dt.datetime) -> None:
    """Close what is over, on this visit and for the requests of its commune, so that new offers can be written."""
    over = Offer.objects.unanswered().filter(expires_at__lte=now, demande__commune=visit.commune)
    for row in over | Offer.objects.unanswered().filter(expires_at__lte=now, visit=visit):
        _close(row, Answer.EXPIRED, row.expires_at)


def _close(row: Offer, answer: Answer, at: dt.datetime) -> None:
    row.answer, row.answered_at = answer.value, at
    row.save(update_fields=["answer", "answered_at"])
    row.tellings.filter(told_at__isnull=True).delete()
