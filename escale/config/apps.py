"""The Django application of this package."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "escale.config"
    label = "installation"
