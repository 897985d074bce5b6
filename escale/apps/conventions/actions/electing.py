"""After elections: end the offices, ask every commune again who signs and who is the référent, note what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.conventions.actions.opening import keep, refused
from escale.apps.conventions.actions.signing import end_offices
from escale.apps.conventions.elections import about, addresses_of, asked_communes, offices_that_end, round_lines, signed_after
from escale.apps.conventions.letters import round_letter
from escale.apps.conventions.models import Asked, ElectionRound, RoundAnswer
from escale.apps.messaging.actions import send_message
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import date_words

ACTOR = SystemActor(actor_id="elections")
"""The letters that follow go in this name: whoever may end the offices need not send other messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """To which communes a letter is on its way, and which have no address."""

    reached: tuple[Commune, ...] = ()
    unreached: tuple[Commune, ...] = ()


@transaction.atomic
def open_election_round(*, actor: Actor, epci: Epci, ends: dt.date) -> tuple[ElectionRound, Written]:
    """End the offices that elections end, and ask the communes again: who signs, who is the référent.

    Raise ValidationError, under « ends », for a day to come, one after which someone signed, and a round that is open already.
    """
    require(actor, "conventions.manage", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    now = today(epci)
    if ends > now:
        raise refused("ends", "E_FUTURE", f"Le {date_words(ends)} n’est pas encore venu ; revenir ce jour-là.")
    if ElectionRound.objects.filter(epci=epci, offices_end_on=ends).exists():
        raise refused("ends", "E_ROUND_OPEN", "Ces mandats ont déjà été clos ; voir la campagne ouverte.")
    if later := signed_after(offices_that_end(epci, ends), ends):
        names = ", ".join(str(signatory) for signatory in later)
        raise refused("ends", "E_SIGNED_LATER", f"Signature après le {date_words(ends)} : {names}. Choisir un jour plus tard.")
    end_offices(actor=actor, epci=epci, ends=ends)
    asked = keep(ElectionRound(), epci=epci, offices_end_on=ends, opened_on=now, opened_by=actor.actor_id)
    events.record("conventions.round_opened", actor=actor, epci=epci.siren, subject=asked, ends=ends.isoformat())
    return asked, _write(asked, asked_communes(epci, now), is_reminder=False)


@transaction.atomic
def remind_round(*, actor: Actor, asked: ElectionRound) -> Written:
    """Write again to the communes that have not answered everything, except those written to today."""
    require(actor, "conventions.manage", asked)
    now = today(asked.epci)
    waiting = [line for line in round_lines(asked, now) if not line.is_complete and line.written != now]
    return _write(asked, [line.commune for line in waiting], is_reminder=True)


@transaction.atomic
def answer_round(*, actor: Actor, round: ElectionRound, commune: Commune, asked: Asked) -> RoundAnswer:  # noqa: A002
    """Note that a commune has answered one thing; a commune that answers again changes its answer."""
    require(actor, "conventions.file", commune)
    known = RoundAnswer.objects.select_for_update().filter(round=round, commune=commune, asked=asked.value).first()
    values = {"round": round, "commune": commune, "asked": asked.value}
    row = keep(known or RoundAnswer(), **values, answered_on=today(round.epci), answered_by=actor.actor_id)
    told = {"commune": commune.code, "asked": asked.value}
    events.record("conventions.round_answered", actor=actor, epci=round.epci.siren, subject=round, **told)
    return row


def _write(asked: ElectionRound, communes: Iterable[Commune], *, is_reminder: bool) -> Written:
    some = list(communes)
    addresses = addresses_of(some, today(asked.epci))
    reached = [commune for commune in some if _write_to(asked, commune, addresses.get(commune.pk, ()), is_reminder=is_reminder)]
    known = {commune.pk for commune in reached}
    return Written(reached=tuple(reached), unreached=tuple(commune for commune in some if commune.pk not in known))


def _write_to(asked: ElectionRound, commune: Commune, addresses: Iterable[str], *, is_reminder: bool) -> bool:
    letter = round_letter(asked, commune, is_reminder=is_reminder)
    reached = False
    for address in addresses:
        try:
            with transaction.atomic():
                send_message(
                    actor=ACTOR,
                    epci=asked.epci,
                    to=address,
                    subject=letter.subject,
                    body=letter.body,
                    about=about(asked, commune),
                )
        except ValidationError:
            # An address that is none is as good as no address: the page shows the commune among those to reach otherwise.
            continue
        reached = True
    return reached
