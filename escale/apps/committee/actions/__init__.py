"""The only writers of the committee: members, meetings, invitations, proposals."""

from escale.apps.committee.actions.carrying import carry_recommendation
from escale.apps.committee.actions.convening import convene, open_folder, renew_invitation, revoke_invitation
from escale.apps.committee.actions.meetings import cancel_meeting, hold_meeting, plan_meeting, prepare_meeting
from escale.apps.committee.actions.members import add_member, end_member
from escale.apps.committee.actions.opening import open_proposed
from escale.apps.committee.actions.proposing import correct_proposal, propose, settle_proposal
from escale.apps.committee.actions.trying import adopt_trial, try_proposal

__all__ = [
    "add_member",
    "adopt_trial",
    "cancel_meeting",
    "carry_recommendation",
    "convene",
    "correct_proposal",
    "end_member",
    "hold_meeting",
    "open_folder",
    "open_proposed",
    "plan_meeting",
    "prepare_meeting",
    "propose",
    "renew_invitation",
    "revoke_invitation",
    "settle_proposal",
    "try_proposal",
]
