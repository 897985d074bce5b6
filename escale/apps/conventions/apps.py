"""The Django application of this domain."""

from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    name = "escale.apps.conventions"
    label = "conventions"
