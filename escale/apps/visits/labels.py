"""French words for the values of visits; a test holds each table complete."""

from __future__ import annotations

from escale.apps.visits.models import VisitState

VISIT_STATES = {VisitState.PLANNED: "prévu", VisitState.CANCELLED: "annulé"}
