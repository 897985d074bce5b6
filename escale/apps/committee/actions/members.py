"""Name who sits on the committee, and end a term: a successor is another member."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.committee.models import Member
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    epci: Epci,
    commune: Commune | None,
    first_name: str,
    last_name: str,
    function: str,
    email: str,
    starts: dt.date,
) -> Member:
    """Name someone who represents a commune, or the EPCI when there is none, from a day on."""
    require(actor, "committee.manage", epci)
    if commune is not None and not Commune.objects.members_of(epci, starts, starts).filter(pk=commune.pk).exists():
        raise refuse("commune", f"{commune} n’est pas dans {epci.name} ce jour-là ; choisir une autre commune ou un autre jour.")
    if Member.objects.filter(epci=epci, email=email.lower(), ends=None).exists():
        raise refuse("email", "Cette adresse est déjà celle d’un membre en cours ; clore d’abord son mandat.")
    values = {
        "epci": epci,
        "commune": commune,
        "first_name": first_name,
        "last_name": last_name,
        "function": function,
        "email": email.lower(),
        "starts": starts,
    }
    return save_row(Member(), values, event="committee.member_added", actor=actor, epci=epci.siren)


@transaction.atomic
def end_member(*, actor: Actor, member: Member, ends: dt.date) -> Member:
    """End a term on a day, that day included."""
    require(actor, "committee.manage", member.epci)
    row = Member.objects.select_for_update(of=("self",)).select_related("epci").get(pk=member.pk)
    if row.starts is not None and ends < row.starts:
        raise refuse("ends", "Ce jour est avant le début du mandat ; corriger la date.")
    return save_row(row, {"ends": ends}, event="committee.member_ended", actor=actor, epci=row.epci.siren)
