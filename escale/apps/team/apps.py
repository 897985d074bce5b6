"""The Django application of this domain."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "escale.apps.team"
    label = "team"
