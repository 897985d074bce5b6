"""The Django application of this domain."""

from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "escale.apps.communication"
    label = "communication"
