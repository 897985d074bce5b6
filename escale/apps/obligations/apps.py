"""The Django application of this domain."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "escale.apps.obligations"
    label = "obligations"
