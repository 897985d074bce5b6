"""The Django application of this domain."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "escale.apps.workshops"
    label = "workshops"
