"""The Django application of this domain."""

from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "escale.apps.committee"
    label = "committee"
