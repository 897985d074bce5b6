"""French words for the values of messages; a test holds each table complete."""

from __future__ import annotations

from escale.apps.messaging.models import Channel, MessageState

MESSAGE_STATES = {
    MessageState.QUEUED: "en attente",
    MessageState.SENT: "envoyé",
    MessageState.FAILED: "pas parti",
    MessageState.DROPPED: "sans objet",
}
CHANNELS = {Channel.EMAIL: "courriel", Channel.SMS: "SMS"}
