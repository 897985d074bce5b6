"""Register people for a workshop: a place while there is one, else the waiting list; whoever withdraws frees theirs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.kinds import Agent, Channel
from escale.apps.booking.people import read_identity
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse, save_row
from escale.apps.workshops.actions.seating import ACTOR, first_free, promote_waiting
from escale.apps.workshops.agents import agent_for, require_registration
from escale.apps.workshops.labels import REGISTRATION_STATES, WORKSHOP_STATES
from escale.apps.workshops.locking import lock_registration, lock_workshop
from escale.apps.workshops.models import Registration, Workshop
from escale.core.workshops.states import REGISTRATION_STEPS, News, RegistrationState, WorkshopState


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Someone as a desk describes them; `name` may be an alias, `contact` is empty when only the mairie reaches them."""

    name: str
    first_name: str = ""
    channel: Channel = Channel.MAIRIE
    contact: str = ""
    residence: Commune | None = None
    brings_device: bool = False


@transaction.atomic
def register_person(
    *, actor: Actor, workshop: Workshop, commune: Commune, person: Attendee, key: uuid.UUID | None = None
) -> Registration:
    """Give someone a place, or put them last on the waiting list; `key` makes a second click the same registration.

    Raise ValidationError beside what refuses: « workshop », « commune », or a field of the person.
    """
    locked = lock_workshop(workshop.pk)
    agent = agent_for(actor, locked, commune)
    if key is not None and (done := Registration.objects.filter(uid=key, workshop=locked, commune=commune).first()) is not None:
        return _same(done, person)
    _refuse_closed(locked)
    values = _read(locked, commune, person)
    _refuse_twice(locked, values)
    return _write(actor, agent, locked, Registration(uid=key or uuid.uuid4(), commune=commune, **values))


@transaction.atomic
def correct_registration(*, actor: Actor, registration: Registration, person: Attendee) -> Registration:
    """Change what is written of the person, at any time; the trace tells which fields, never what they were."""
    row = lock_registration(registration)
    require_registration(actor, row)
    if row.person_forgotten or row.contact_forgotten:
        raise refuse("name", "Cette inscription est ancienne : ce qui disait qui est venu est effacé, et ne s’écrit plus.")
    values = _read(row.workshop, row.commune, person)
    _refuse_twice(row.workshop, values, besides=row)
    return save_row(row, values, event="workshops.registration_corrected", actor=actor, epci=row.workshop.epci.siren)


@transaction.atomic
def withdraw_person(*, actor: Actor, registration: Registration) -> Registration:
    """Take someone off a workshop because they do not come; whoever waits first has the place."""
    row = lock_registration(registration)
    require_registration(actor, row)
    before = RegistrationState(row.state)
    if before is RegistrationState.WITHDRAWN:
        return row
    if (before, RegistrationState.WITHDRAWN) not in REGISTRATION_STEPS or row.workshop.state == WorkshopState.HELD:
        raise refuse(
            "state", f"Cette personne est notée « {REGISTRATION_STATES[before]} » d’un atelier tenu ; noter son absence."
        )
    row.place, row.state, row.news = None, RegistrationState.WITHDRAWN.value, News.NONE.value
    row.state_at = clock.moment(row.workshop.epci)
    row.save(update_fields=["place", "state", "state_at", "news"])
    events.record(
        "workshops.withdrawn",
        actor=actor,
        epci=row.workshop.epci.siren,
        subject=row,
        workshop=row.workshop_id,
        before=before.value,
    )
    promote_waiting(actor=ACTOR, workshop=row.workshop)
    return row


def _write(actor: Actor, agent: Agent, workshop: Workshop, row: Registration) -> Registration:
    now = clock.moment(workshop.epci)
    row.workshop, row.state_at, row.written_at = workshop, now, now
    row.written_by, row.written_as = actor.actor_id, agent.value
    row.place = first_free(workshop)
    row.state = (RegistrationState.WAITING if row.place is None else RegistrationState.REGISTERED).value
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The lock lets one registration through at a time; this is for whoever writes without it.
        raise refuse("workshop", "Cette place vient d’être prise ; recommencer.") from None
    events.record(
        "workshops.registered",
        actor=actor,
        epci=workshop.epci.siren,
        subject=row,
        workshop=workshop.pk,
        state=row.state,
        commune=row.commune.code,
        agent=agent.value,
        on_behalf=agent is not Agent.COMMUNE,
    )
    return row


def _read(workshop: Workshop, commune: Commune, person: Attendee) -> dict[str, Any]:
    today = clock.today(workshop.epci)
    return {
        **read_identity(person.first_name, person.name, person.channel, person.contact, today=today),
        "residence": person.residence or commune,
        "brings_device": person.brings_device,
    }


def _same(done: Registration, person: Attendee) -> Registration:
    """Refuse a page that was filled in again for someone else: it would look written, and nobody would be."""
    if done.name != " ".join(person.name.split()):
        raise refuse("key", "Cette page a déjà servi à inscrire quelqu’un ; la rouvrir pour inscrire la personne suivante.")
    return done


def _refuse_closed(workshop: Workshop) -> None:
    if not workshop.is_open:
        state = WORKSHOP_STATES[WorkshopState(workshop.state)]
        raise refuse("workshop", f"Cet atelier est noté « {state} » : personne ne peut s’y inscrire. En choisir un autre.")
    if clock.moment(workshop.epci) >= workshop.begins_at:
        raise refuse("workshop", "Cet atelier a commencé : la personne peut venir, elle sera comptée sur place.")


def _refuse_twice(workshop: Workshop, values: dict[str, Any], besides: Registration | None = None) -> None:
    who = {name: values[name] for name in ("first_name", "name", "residence")}
    same = Registration.objects.filter(workshop=workshop, **who).asking()
    if any(row != besides for row in same):
        raise refuse("name", "Cette personne est déjà inscrite à cet atelier ; si c’en est une autre, ajouter une initiale.")
