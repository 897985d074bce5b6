"""What the routes of the committee are about: a member, a meeting to come, a proposal."""

from __future__ import annotations

import datetime as dt

from escale.apps.committee.models import Invitation, Meeting, Member, Proposal, ProposalClause
from escale.apps.territory.models import Commune, Epci


def committee_world(epci: Epci, commune: Commune) -> dict[str, object]:
    """Return the arguments of the routes of the committee."""
    named = {"first_name": "Paul", "last_name": "Dubois", "function": "maire", "email": "paul@exemple.fr"}
    member = Member.objects.create(epci=epci, commune=commune, starts=dt.date(2024, 1, 1), **named)
    meeting = Meeting.objects.create(epci=epci, date=dt.date(2099, 3, 3), hour=dt.time(14), place="Wallers")
    proposal = Proposal.objects.create(epci=epci, number=1, words="Deux passages", proposed_on=dt.date(2026, 1, 1))
    ProposalClause.objects.create(proposal=proposal, article="4", name="sessions_per_month", new=2)
    of_proposal = ("proposal", "edit_proposal", "settle_proposal", "open_proposed")
    invitation = Invitation.objects.create(meeting=meeting, member=member)
    of_meeting = ("committee_meeting", "prepare_committee_meeting", "convene_committee", "cancel_committee_meeting")
    return {
        **{f"steering:{name} pk": meeting.pk for name in (*of_meeting, "tell_committee_meeting", "committee_minutes")},
        "steering:end_committee_member pk": member.pk,
        **{f"steering:{name} number": proposal.number for name in of_proposal},
        "steering:revoke_committee_link pk": invitation.pk,
        "steering:renew_committee_link pk": invitation.pk,
        "links:folder_page page": "ma-commune",
    }
