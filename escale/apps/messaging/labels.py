"""French words for the values of messages; a test holds each table complete."""

from __future__ import annotations

from escale.apps.messaging.models import MessageState

MESSAGE_STATES = {
    MessageState.QUEUED: "en attente",
    MessageState.SENT: "envoyé",
    MessageState.FAILED: "pas parti",
}
