"""The Django application of this domain."""

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "escale.apps.schedule"
    label = "schedule"
