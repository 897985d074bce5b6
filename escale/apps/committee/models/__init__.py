"""Rows of the committee: who sits on it, when it meets, what it proposes and what became of it (art. 6)."""

from escale.apps.committee.models.meetings import COUNTED, Invitation, Meeting, MeetingState, Presence, new_key
from escale.apps.committee.models.members import Member
from escale.apps.committee.models.proposals import Fate, Proposal, ProposalClause, ProposedAvenant
from escale.apps.committee.models.trials import Trial

__all__ = [
    "COUNTED",
    "Fate",
    "Invitation",
    "Meeting",
    "MeetingState",
    "Member",
    "Presence",
    "Proposal",
    "ProposalClause",
    "ProposedAvenant",
    "Trial",
    "new_key",
]
