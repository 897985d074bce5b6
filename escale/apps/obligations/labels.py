"""French words for the values of obligations; a test holds each table complete."""

from __future__ import annotations

from escale.apps.obligations.kept import Status

STATUSES = {
    Status.MET: "tenue",
    Status.DUE: "à faire",
    Status.LATE: "en retard",
    Status.AT_RISK: "à risque",
    Status.NOT_MEASURED: "pas encore mesurée",
    Status.NOT_YET: "pas encore due",
}
