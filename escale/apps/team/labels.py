"""French words for the values of the team; a test holds each table complete."""

from __future__ import annotations

from escale.apps.team.models import LeaveKind

LEAVE_KINDS = {
    LeaveKind.LEAVE: "congé",
    LeaveKind.TRAINING: "formation",
    LeaveKind.ABSENCE: "absence",
}
