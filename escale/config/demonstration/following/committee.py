"""The committee of the demonstration: ten members, a meeting that was held, one to come, three proposals and their fates."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.committee.actions import (
    add_member,
    convene,
    hold_meeting,
    plan_meeting,
    prepare_meeting,
    propose,
    settle_proposal,
)
from escale.apps.committee.models import Fate, Meeting, Member, Presence
from escale.apps.committee.queries import in_force, proposed_agenda
from escale.apps.conventions.actions.amending import Change
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.accounts import DENAIN, OISY
from escale.config.demonstration.actor import ACTOR, SURNAME
from escale.config.demonstration.circumstances import HASNON, WALLERS
from escale.config.demonstration.conventions.scene import working_day_from
from escale.config.demonstration.month.days import as_if_on

HELD_AGO, PLANNED_IN = dt.timedelta(days=150), dt.timedelta(days=16)
PLANNED_BEFORE, CONVENED_BEFORE = dt.timedelta(days=45), dt.timedelta(days=21)
NOTED = dt.timedelta(days=3)
PLACE, HOUR = "La Passerelle, Raismes (démonstration)", dt.time(14)
MEMBERS = (
    (None, "Claude", "Directrice de la stratégie"),
    (None, "Alix", "Vice-président, numérique"),
    (DENAIN, "Jean", "Adjointe au maire"),
    (OISY, "Rose", "Maire"),
    ("59526", "Lou", "Conseiller délégué"),
    ("59491", "Andrea", "Maire"),
    (WALLERS, "Charlie", "Adjoint au maire"),
    (HASNON, "Sasha", "Conseillère municipale"),
    ("59100", "Noa", "Maire"),
    ("59302", "Eden", "Maire"),
)
"""The commune (none: the EPCI), the first name and the function of each member; nobody of them exists."""
CAME = (Presence.PRESENT, Presence.PRESENT, Presence.EXCUSED, Presence.PRESENT, Presence.REPRESENTED, Presence.PRESENT)
AGENDA = """1. Les six derniers mois, commune par commune
2. Les rendez-vous : ce que demandent les mairies
3. Questions diverses"""
MINUTES = """Les demi-journées de la période ont été tenues ou rattrapées.
Denain demande une deuxième demi-journée par mois ; le comité propose de l’essayer sur le planning.
Les mairies souhaitent pouvoir afficher les dates de leurs voisines.
(Compte rendu de démonstration.)"""
DECISIONS = "Proposer, ou non, une deuxième demi-journée par mois à Denain (article 4)."
COSTS = "Aucune dépense nouvelle si les deux postes suffisent : l’essai sur la tournée le dira (démonstration)."


@transaction.atomic
def gather_the_committee(epci: Epci) -> None:
    """Name the members, hold a meeting, prepare the next one, once; where no convention is in force nobody meets."""
    now = today(epci)
    held = working_day_from(now - HELD_AGO)
    if Member.objects.filter(epci=epci).exists() or not in_force(epci, held - PLANNED_BEFORE):
        return
    _name_members(epci, held - PLANNED_BEFORE)
    past = _plan(epci, held, held - PLANNED_BEFORE)
    _prepare(past, held - CONVENED_BEFORE, AGENDA, "", "")
    with as_if_on(held):
        invitations = past.invitations.order_by("pk").values_list("pk", flat=True)
        presences = {key: CAME[rank % len(CAME)] for rank, key in enumerate(invitations)}
        hold_meeting(actor=ACTOR, meeting=past, presences=presences, minutes=MINUTES)
    _propose(epci, past, held)
    coming = _plan(epci, working_day_from(now + PLANNED_IN), now - NOTED)
    _prepare(coming, now, proposed_agenda(epci, now), DECISIONS, COSTS)


def _name_members(epci: Epci, since: dt.date) -> None:
    communes = Commune.objects.in_bulk([code for code, *_ in MEMBERS if code], field_name="code")
    for rank, (code, first_name, function) in enumerate(MEMBERS, start=1):
        add_member(
            actor=ACTOR,
            epci=epci,
            commune=communes[code] if code else None,
            first_name=first_name,
            last_name=SURNAME,
            function=function,
            email=f"comite-{rank}@example.org",
            starts=since,
        )


def _plan(epci: Epci, date: dt.date, on: dt.date) -> Meeting:
    with as_if_on(on):
        return plan_meeting(actor=ACTOR, epci=epci, date=date, hour=HOUR, place=PLACE)


def _prepare(meeting: Meeting, on: dt.date, agenda: str, decisions: str, costs: str) -> None:
    with as_if_on(on):
        prepare_meeting(actor=ACTOR, meeting=meeting, agenda=agenda, decisions=decisions, costs=costs)
        convene(actor=ACTOR, meeting=meeting)


def _propose(epci: Epci, meeting: Meeting, day: dt.date) -> None:
    """Write three proposals: one that is retained, one that is not, one of which nothing is decided yet."""
    communes = Commune.objects.in_bulk([DENAIN, OISY], field_name="code")
    more = [Change(article="4", name="sessions_per_month", new=2)]
    with as_if_on(day):
        retained = propose(
            actor=ACTOR,
            epci=epci,
            meeting=meeting,
            words="Passer Denain à deux demi-journées par mois (démonstration)",
            commune=communes[DENAIN],
            clauses=more,
            observation="La mairie demande plus de places de rendez-vous (démonstration).",
        )
        rejected = propose(
            actor=ACTOR,
            epci=epci,
            meeting=meeting,
            words="Venir aussi le lundi (démonstration)",
        )
        propose(
            actor=ACTOR,
            epci=epci,
            meeting=meeting,
            words="Recevoir à Oisy les habitants des communes voisines (démonstration)",
            commune=communes[OISY],
        )
    with as_if_on(day + NOTED):
        settle_proposal(actor=ACTOR, proposal=retained, fate=Fate.RETAINED)
        because = "Le lundi est réservé à la cohésion de l’équipe (article 4)."
        settle_proposal(actor=ACTOR, proposal=rejected, fate=Fate.REJECTED, reason=because)
