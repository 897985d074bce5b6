"""What the routes of the committee are about: a member, a meeting to come, a proposal."""

from __future__ import annotations

import datetime as dt

from escale.apps.committee.models import Invitation, Meeting, Member, Proposal, ProposalClause, Trial
from escale.apps.schedule.models import Plan, PlanOrigin, Question
from escale.apps.schedule.trials import TrialKind, trial_asked
from escale.apps.territory.models import Commune, Epci


def committee_world(epci: Epci, commune: Commune) -> dict[str, object]:
    """Return the arguments of the routes of the committee."""
    named = {"first_name": "Paul", "last_name": "Dubois", "function": "maire", "email": "paul@exemple.fr"}
    member = Member.objects.create(epci=epci, commune=commune, starts=dt.date(2024, 1, 1), **named)
    meeting = Meeting.objects.create(epci=epci, date=dt.date(2099, 3, 3), hour=dt.time(14), place="Wallers")
    proposal = Proposal.objects.create(epci=epci, number=1, words="Deux passages", proposed_on=dt.date(2026, 1, 1))
    ProposalClause.objects.create(proposal=proposal, article="4", name="sessions_per_month", new=2)
    of_proposal = ("proposal", "edit_proposal", "settle_proposal", "open_proposed", "try_proposal")
    plan = Plan.objects.create(
        epci=epci, number=99, first_month="2099-01", last_month="2099-01", origin=PlanOrigin.FIRST.value, created_by="test"
    )
    asked = trial_asked(TrialKind.MEDIATOR)
    question = Question.objects.create(epci=epci, plan=plan, plan_version=1, kind="trial", asked=asked, requested_by="test")
    trial = Trial.objects.create(proposal=proposal, question=question)
    invitation = Invitation.objects.create(meeting=meeting, member=member)
    of_meeting = ("committee_meeting", "prepare_committee_meeting", "convene_committee", "cancel_committee_meeting")
    return {
        **{f"steering:{name} pk": meeting.pk for name in (*of_meeting, "tell_committee_meeting", "committee_minutes")},
        "steering:end_committee_member pk": member.pk,
        **{f"steering:{name} number": proposal.number for name in of_proposal},
        **{f"steering:{name} number": proposal.number for name in ("trial", "adopt_trial")},
        **{f"steering:{name} pk": trial.pk for name in ("trial", "adopt_trial")},
        "steering:carry_recommendation pk": 0,
        "steering:revoke_committee_link pk": invitation.pk,
        "steering:renew_committee_link pk": invitation.pk,
        "links:folder_page page": "ma-commune",
        "steering:propose_insight kind": "capacite",
    }
