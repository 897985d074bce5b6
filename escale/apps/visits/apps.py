"""The Django application of this domain."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "escale.apps.visits"
    label = "visits"
