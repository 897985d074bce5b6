"""The Django application of this package: when all others are ready, it says what follows from their events."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "escale.config"
    label = "installation"

    def ready(self) -> None:
        from escale.apps.audit import effects
        from escale.config.effects import EFFECTS

        effects.install(EFFECTS)
