"""The committee of the demonstration: ten members, a meeting that was held, one to come, what it proposed."""

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
    try_proposal,
)
from escale.apps.committee.models import Fate, Meeting, Member, Presence, Proposal
from escale.apps.committee.queries import in_force, proposed_agenda
from escale.apps.conventions.actions.amending import Change
from escale.apps.schedule.question_tasks import answer
from escale.apps.schedule.standing import published_months
from escale.apps.schedule.trials import TrialKind
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.accounts import DENAIN, OISY
from escale.config.demonstration.actor import ACTOR, SURNAME
from escale.config.demonstration.circumstances import HASNON, RAISMES, SAINT_AMAND, WALLERS
from escale.config.demonstration.conventions.scene import working_day_from
from escale.config.demonstration.month.days import as_if_on
from escale.core.calendar.months import Month

HELD_AGO, PLANNED_IN = dt.timedelta(days=150), dt.timedelta(days=16)
PLANNED_BEFORE, CONVENED_BEFORE = dt.timedelta(days=45), dt.timedelta(days=21)
NOTED = dt.timedelta(days=3)
MORE = 2
"""The half-days a month that the larger towns ask for."""
PLACE, HOUR = "La Passerelle, Raismes (démonstration)", dt.time(14)
MEMBERS = (
    (None, "Claude", "Directrice de la stratégie"),
    (None, "Alix", "Vice-président, numérique"),
    (DENAIN, "Jean", "Adjointe au maire"),
    (OISY, "Rose", "Maire"),
    (SAINT_AMAND, "Lou", "Conseiller délégué"),
    (RAISMES, "Andrea", "Maire"),
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
Saint-Amand-les-Eaux et Denain demandent une deuxième demi-journée par mois ; Saint-Amand-les-Eaux serait la première.
Les mairies souhaitent pouvoir afficher les dates de leurs voisines.
(Compte rendu de démonstration.)"""
DECISIONS = "Proposer, ou non, une deuxième demi-journée par mois à Denain (article 4)."
ASKED = "La mairie demande plus de places de rendez-vous (démonstration)."
COSTS = "Aucune dépense nouvelle si les deux postes suffisent : l’essai sur la tournée le dira (démonstration)."


def gather_the_committee(epci: Epci) -> None:
    """Name the members, hold a meeting, prepare the next one, once; where no convention is in force nobody meets."""
    held = working_day_from(today(epci) - HELD_AGO)
    if Member.objects.filter(epci=epci).exists() or not in_force(epci, held - PLANNED_BEFORE):
        return
    _try(_meet(epci, held))


@transaction.atomic
def _meet(epci: Epci, held: dt.date) -> Proposal:
    """Live the meeting that was held and what precedes the next one; return the proposal that was retained."""
    now = today(epci)
    _name_members(epci, held - PLANNED_BEFORE)
    past = _plan(epci, held, held - PLANNED_BEFORE)
    _prepare(past, held - CONVENED_BEFORE, AGENDA, "", "")
    with as_if_on(held):
        invitations = past.invitations.order_by("pk").values_list("pk", flat=True)
        presences = {key: CAME[rank % len(CAME)] for rank, key in enumerate(invitations)}
        hold_meeting(actor=ACTOR, meeting=past, presences=presences, minutes=MINUTES)
    retained = _propose(epci, past, held)
    coming = _plan(epci, working_day_from(now + PLANNED_IN), now - NOTED)
    _prepare(coming, now, proposed_agenda(epci, now), DECISIONS, COSTS)
    return retained


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


def _propose(epci: Epci, meeting: Meeting, day: dt.date) -> Proposal:
    """Write four proposals: one that is retained, returned, one that is not, two of which nothing is decided yet."""
    communes = Commune.objects.in_bulk([DENAIN, OISY, SAINT_AMAND], field_name="code")
    more = [Change(article="4", name="sessions_per_month", new=MORE)]
    with as_if_on(day):
        # Not Denain: an avenant of its convention is under way, and touches article 4 already.
        retained = propose(
            actor=ACTOR,
            epci=epci,
            meeting=meeting,
            words="Passer Saint-Amand-les-Eaux à deux demi-journées par mois (démonstration)",
            commune=communes[SAINT_AMAND],
            clauses=more,
            observation=ASKED,
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
        propose(
            actor=ACTOR,
            epci=epci,
            meeting=meeting,
            words="Passer Denain à deux demi-journées par mois (démonstration)",
            commune=communes[DENAIN],
            clauses=more,
            observation=ASKED,
        )
    with as_if_on(day + NOTED):
        settle_proposal(actor=ACTOR, proposal=retained, fate=Fate.RETAINED)
        because = "Le lundi est réservé à la cohésion de l’équipe (article 4)."
        settle_proposal(actor=ACTOR, proposal=rejected, fate=Fate.REJECTED, reason=because)
    return retained


def _try(proposal: Proposal) -> None:
    """Try the proposal on the published tour, when it goes on after this month."""
    if Month.of(today(proposal.epci)).next not in published_months(proposal.epci):
        return
    commune = proposal.communes.get()
    trial = try_proposal(actor=ACTOR, proposal=proposal, kind=TrialKind.VISITS, commune=commune, visits=MORE)
    answer(trial.question_id)
