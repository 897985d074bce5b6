"""French words for the values of the committee; a test holds each table complete."""

from __future__ import annotations

from escale.apps.committee.models import Fate, MeetingState, Presence

STATES = {MeetingState.PLANNED: "prévue", MeetingState.HELD: "tenue", MeetingState.CANCELLED: "annulée"}
PRESENCES = {
    Presence.UNTOLD: "non renseigné",
    Presence.PRESENT: "présent",
    Presence.REPRESENTED: "représenté",
    Presence.EXCUSED: "excusé",
    Presence.ABSENT: "absent",
}
FATES = {
    Fate.PROPOSED: "à décider",
    Fate.RETAINED: "retenue",
    Fate.REJECTED: "écartée",
    Fate.AVENANT: "devenue avenant",
}
