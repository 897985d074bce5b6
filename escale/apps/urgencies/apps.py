"""The Django application of this domain."""

from django.apps import AppConfig


class UrgenciesConfig(AppConfig):
    name = "escale.apps.urgencies"
    label = "urgencies"
