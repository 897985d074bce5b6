"""The Django application of this domain."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "escale.apps.activity"
    label = "activity"
