"""The Django application of this domain."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "escale.apps.territory"
    label = "territory"
