"""The Django application of this domain."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "escale.apps.messaging"
    label = "messaging"
