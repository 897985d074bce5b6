"""What the public asks on the page of a commune, and what the mairie answers: nothing is booked by itself."""

from __future__ import annotations

import uuid

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.booking.actions.transmitting import transmit
from escale.apps.booking.agents import agent_in, require_demande
from escale.apps.booking.asked import tell_the_mairie
from escale.apps.booking.kinds import Agent, Channel, Origin
from escale.apps.booking.labels import DEMANDE_STATES
from escale.apps.booking.locking import lock_demande
from escale.apps.booking.models import CallOnly, Demande
from escale.apps.booking.people import Person, read_person, text_refusal
from escale.apps.booking.quotas import take_quota
from escale.apps.schedule.queries import endings
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import epci_of, siren_of
from escale.apps.territory.saving import refuse
from escale.core.booking.sensitive import MOST_LETTERS
from escale.core.booking.states import DEMANDE_STEPS, DemandeState

PUBLIC = SystemActor(actor_id="public")
"""Whoever sends the form: nobody asks who it is."""
TOO_MANY = "Beaucoup de demandes viennent d’arriver. Attendez un quart d’heure puis envoyez de nouveau, ou appelez la mairie."
CLOSED = "Cette mairie préfère être appelée : elle ne prend pas de demande ici."


@transaction.atomic
def ask_demande(
    *,
    actor: Actor,
    commune: Commune,
    person: Person,
    address: str,
    key: uuid.UUID,
    call_back: bool = False,
    with_consent: bool = False,
) -> Demande:
    """Write what someone asks from the site, for a desk to confirm; `key` makes a second click the same request.

    `address` is where it comes from on the network: it is counted, never kept. `with_consent` is for whoever asks for someone
    else, who agrees. Raise ValidationError, under « limit » when too many were sent.
    """
    epci = epci_of(commune, clock.today())
    if epci is None or takes_calls_only(commune):
        raise refuse("commune", CLOSED)
    # One at a time for a commune: a second click reads what the first one wrote.
    Commune.objects.select_for_update(no_key=True).get(pk=commune.pk)
    if (done := Demande.objects.filter(uid=key, commune=commune).first()) is not None:
        return done
    now = clock.moment(epci)
    values = read_person(person, today=now.date())
    if call_back and person.channel is not Channel.PHONE:
        raise refuse("call_back", "Pour vous rappeler, il faut un numéro de téléphone.")
    if not take_quota(address=address, commune=commune, now=now):
        raise refuse("limit", TOO_MANY)
    row = Demande(
        **values,
        uid=key,
        epci=epci,
        commune=commune,
        origin=Origin.PUBLIC.value,
        state=DemandeState.TO_CONFIRM.value,
        call_back=call_back,
        agreed_at=now if with_consent else None,
        asked_at=now,
        written_at=now,
        written_by=actor.actor_id,
        written_as=Agent.COMMUNE.value,
    )
    row.full_clean()
    row.save()
    events.record("booking.demande_asked", actor=actor, epci=epci.siren, subject=row, with_consent=with_consent)
    tell_the_mairie(row)
    return row


@transaction.atomic
def confirm_demande(*, actor: Actor, demande: Demande) -> Demande:
    """Give someone who asked from the site their place in the list, at the moment when they asked; the mediators read it."""
    row = _to_confirm(actor, demande)
    agent = agent_in(actor, row.epci, row.commune)
    row.state, row.written_at = DemandeState.WAITING.value, clock.moment(row.epci)
    row.written_by, row.written_as = actor.actor_id, agent.value
    row.save(update_fields=["state", "written_at", "written_by", "written_as"])
    on_behalf = agent is not Agent.COMMUNE
    events.record(
        "booking.demande_confirmed", actor=actor, epci=row.epci.siren, subject=row, agent=agent.value, on_behalf=on_behalf
    )
    transmit(actor=actor, row=row)
    return row


@transaction.atomic
def decline_demande(*, actor: Actor, demande: Demande, word: str) -> Demande:
    """Close what was asked from the site without following it up; the word is what the mairie tells the person."""
    row = _to_confirm(actor, demande)
    words, now = " ".join(word.split()), clock.moment(row.epci)
    if not words:
        raise refuse("word", "Écrire en quelques mots ce qui est répondu à la personne.")
    if refusal := text_refusal(words, today=now.date(), most=MOST_LETTERS):
        raise refuse("word", refusal)
    row.state, row.word, row.closed_at = DemandeState.DECLINED.value, words, now
    row.save(update_fields=["state", "word", "closed_at"])
    events.record("booking.demande_declined", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def take_requests(*, actor: Actor, commune: Commune, taken: bool) -> None:
    """Say whether the page of a commune takes requests, or tells people to call; what was sent already stays."""
    require(actor, "mairies.manage", commune)
    row = CallOnly.objects.filter(commune=commune).first()
    if taken == (row is None):
        return
    if row is None:
        CallOnly.objects.create(commune=commune, since=clock.today())
    else:
        row.delete()
    events.record("booking.requests_taken", actor=actor, epci=siren_of(commune), subject=commune, taken=taken)


def takes_calls_only(commune: Commune) -> bool:
    """Tell whether a commune takes no request from its page: it prefers so, or nobody comes there any more."""
    return CallOnly.objects.filter(commune=commune).exists() or bool(endings([commune], clock.today()))


def _to_confirm(actor: Actor, demande: Demande) -> Demande:
    row = lock_demande(demande)
    require_demande(actor, row)
    state = DemandeState(row.state)
    if (state, DemandeState.DECLINED) not in DEMANDE_STEPS:
        raise refuse("state", f"Cette demande est notée « {DEMANDE_STATES[state]} » ; recharger la page.")
    return row
