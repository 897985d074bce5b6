"""Keep the list of those who wait for a slot: they come on it, are met another way, or leave it (art. 3-1)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.actions.booking import USED, asked, end_offers, meet
from escale.apps.booking.actions.offering import offer_slots
from escale.apps.booking.actions.transmitting import transmit
from escale.apps.booking.agents import agent_in, require_demande
from escale.apps.booking.kinds import Agent, Channel, Outcome
from escale.apps.booking.labels import DEMANDE_STATES
from escale.apps.booking.locking import lock_demande, lock_visit
from escale.apps.booking.models import Demande, Offer
from escale.apps.booking.people import Person, read_person
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import epci_of
from escale.apps.territory.saving import refuse, save_row
from escale.core.booking.slots import MOST_IN_A_ROW
from escale.core.booking.states import DEMANDE_STEPS, DemandeState

WITHOUT_A_SLOT = frozenset({Outcome.CALL_BACK, Outcome.WALK_IN})
"""How a request is met without an appointment."""


@transaction.atomic
def leave_demande(
    *,
    actor: Actor,
    commune: Commune,
    person: Person,
    count: int = 1,
    accepts_neighbour: bool = False,
    asked_at: dt.datetime | None = None,
    key: uuid.UUID | None = None,
) -> Demande:
    """Put someone on the waiting list of a commune; `key` makes a second click the same request."""
    epci = epci_of(commune, clock.today())
    if epci is None:
        raise refuse("commune", f"{commune} n’est dans aucun EPCI aujourd’hui ; la demande n’aurait pas de réponse.")
    agent = agent_in(actor, epci, commune)
    if key is not None and (done := Demande.objects.filter(uid=key, commune=commune).first()) is not None:
        if done.name != " ".join(person.name.split()):
            raise refuse("key", USED)
        return done
    now = clock.moment(epci)
    values = read_person(person, today=now.date())
    _refuse_count(count)
    row = Demande(
        **values,
        uid=key or uuid.uuid4(),
        epci=epci,
        commune=commune,
        slot_count=count,
        accepts_neighbour=accepts_neighbour,
        asked_at=asked(asked_at, now),
        written_at=now,
        written_by=actor.actor_id,
        written_as=agent.value,
    )
    row.full_clean()
    row.save()
    on_behalf = agent is not Agent.COMMUNE
    events.record("booking.demande_left", actor=actor, epci=epci.siren, subject=row, agent=agent.value, on_behalf=on_behalf)
    transmit(actor=actor, row=row)
    return row


@transaction.atomic
def correct_demande(
    *, actor: Actor, demande: Demande, person: Person, count: int | None = None, accepts_neighbour: bool | None = None
) -> Demande:
    """Change what is written of someone who waits, and what they accept; what is not given stays as it is."""
    row = _waiting(actor, demande, DemandeState.WITHDRAWN)
    values = read_person(person, today=clock.today(row.epci))
    if count is not None:
        _refuse_count(count)
        values["slot_count"] = count
    if accepts_neighbour is not None:
        values["accepts_neighbour"] = accepts_neighbour
    # Whoever has no number left cannot be called back.
    values["call_back"] = row.call_back and values["channel"] == Channel.PHONE
    return save_row(row, values, event="booking.demande_corrected", actor=actor, epci=row.epci.siren)


@transaction.atomic
def meet_demande(*, actor: Actor, demande: Demande, outcome: Outcome) -> Demande:
    """Say that someone who waited was called back, or came without an appointment."""
    kept = _kept_for(demande)
    row = _waiting(actor, demande, DemandeState.MET)
    if outcome not in WITHOUT_A_SLOT:
        raise refuse("outcome", "Cette réponse est un rendez-vous : inscrire la personne dans un créneau.")
    if outcome is Outcome.CALL_BACK and row.channel != Channel.PHONE:
        raise refuse("outcome", "Cette personne n’a pas laissé de téléphone ; corriger la demande d’abord.")
    meet(row, outcome)
    events.record("booking.demande_met", actor=actor, epci=row.epci.siren, subject=row, outcome=outcome.value)
    _free(actor, kept)
    return row


@transaction.atomic
def withdraw_demande(*, actor: Actor, demande: Demande) -> Demande:
    """Take someone off the list because they no longer ask; what was kept for them is offered to the next."""
    return _leave_the_list(actor, demande, DemandeState.WITHDRAWN)


@transaction.atomic
def close_demande_unmet(*, actor: Actor, demande: Demande) -> Demande:
    """Take someone off the list without an answer: the service could not meet them, and counts it."""
    return _leave_the_list(actor, demande, DemandeState.UNMET)


def _refuse_count(count: int) -> None:
    if not 1 <= count <= MOST_IN_A_ROW:
        raise refuse("count", f"Un rendez-vous prend un créneau, ou {MOST_IN_A_ROW} qui se suivent.")


def _leave_the_list(actor: Actor, demande: Demande, state: DemandeState) -> Demande:
    kept = _kept_for(demande)
    row = _waiting(actor, demande, state)
    end_offers(row)
    row.state, row.closed_at = state.value, clock.moment(row.epci)
    row.save(update_fields=["state", "closed_at"])
    events.record("booking.demande_closed", actor=actor, epci=row.epci.siren, subject=row, state=state.value)
    _free(actor, kept)
    return row


def _kept_for(demande: Demande) -> Offer | None:
    """Return what is offered to a request, its visit held first as in every action."""
    offer = Offer.objects.filter(demande=demande).unanswered().select_related("visit").first()
    if offer is not None:
        lock_visit(offer.visit_id)
    return offer


def _free(actor: Actor, kept: Offer | None) -> None:
    if kept is not None:
        offer_slots(actor=actor, visit=lock_visit(kept.visit_id), numbers=kept.numbers)


def _waiting(actor: Actor, demande: Demande, target: DemandeState) -> Demande:
    """Return a request as it is now, while it may still come to a state."""
    row = lock_demande(demande)
    require_demande(actor, row)
    state = DemandeState(row.state)
    if (state, target) not in DEMANDE_STEPS:
        raise refuse("state", f"Cette demande est notée « {DEMANDE_STATES[state]} » ; recharger la page.")
    return row
