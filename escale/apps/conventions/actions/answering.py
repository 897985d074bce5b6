"""What a commune says of itself for its convention: who signs for it, who is its référent, that its premises are still right."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions import journal
from escale.apps.conventions.actions.electing import answer_round
from escale.apps.conventions.actions.opening import lock, refused
from escale.apps.conventions.elections import current_round
from escale.apps.conventions.models import Asked, Convention, Gender, JournalEntry, Signatory
from escale.apps.territory import actions as territory
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci, Referent
from escale.apps.territory.saving import save_row
from escale.core.convention.dates import ONE_DAY

PREMISES_CONFIRMED = "conventions.premises_confirmed"
"""The line of the journal by which a commune says that what is known of its premises is still right."""


@transaction.atomic
def name_own_signatory(
    *,
    actor: Actor,
    epci: Epci,
    commune: Commune,
    first_name: str,
    last_name: str,
    title: str,
    gender: Gender,
    starts: dt.date,
    replaces: Signatory | None = None,
) -> Signatory:
    """Say, as the commune, who signs for it from a day on; the office of whoever that person replaces ends the day before."""
    require(actor, "conventions.file", commune)
    if replaces is not None:
        if (replaces.commune_id, replaces.epci_id) != (commune.pk, epci.pk):
            raise refused("replaces", "E_NOT_A_PARTY", "Cette personne ne signe pas pour votre commune.")
        if replaces.starts and replaces.starts >= starts:
            words = "Le nouveau mandat commence avant l’ancien ; corriger la date."
            raise refused("starts", "E_OFFICE_BACKWARDS", words)
        ends = {"ends": starts - ONE_DAY}
        save_row(replaces, ends, event="conventions.signatory_ended", actor=actor, epci=epci.siren)
    values = {
        "epci": epci,
        "commune": commune,
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "title": title.strip(),
        "gender": gender.value,
        "starts": starts,
    }
    row = save_row(Signatory(), values, event="conventions.signatory_named", actor=actor, epci=epci.siren)
    _answer(actor, epci, commune, Asked.SIGNATORY)
    return row


@transaction.atomic
def name_own_referent(
    *, actor: Actor, epci: Epci, commune: Commune, starts: dt.date, replaces: Referent | None = None, **person: Any
) -> Referent:
    """Name a référent (art. 3-1); whoever that person replaces is in charge until the day before."""
    if replaces is not None:
        if replaces.commune_id != commune.pk:
            raise refused("replaces", "E_NOT_A_PARTY", "Cette personne n’est pas référente de votre commune.")
        if replaces.starts and replaces.starts >= starts:
            raise refused(
                "starts", "E_OFFICE_BACKWARDS", "La désignation précède celle de la personne remplacée ; corriger la date."
            )
        territory.end_referent(actor=actor, referent=replaces, ends=starts - ONE_DAY)
    row = territory.name_referent(actor=actor, commune=commune, starts=starts, **person)
    _answer(actor, epci, commune, Asked.REFERENT)
    return row


@transaction.atomic
def confirm_premises(*, actor: Actor, convention: Convention) -> JournalEntry:
    """Say that what is known of the premises and their rooms is still right (art. 3-1 and 7)."""
    locked = lock(actor, "conventions.file", convention)
    return journal.record(PREMISES_CONFIRMED, actor=actor, convention=locked, on=today(locked.epci), commune=locked.commune.code)


def _answer(actor: Actor, epci: Epci, commune: Commune, asked: Asked) -> None:
    asking = current_round(epci)
    if asking is not None:
        answer_round(actor=actor, round=asking, commune=commune, asked=asked)
