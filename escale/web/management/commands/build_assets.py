"""Build the assets that come from packages and collect the static files; quick when nothing changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from escale.web.assets import build_assets, collected_stamp

UNUSED = ["*-4.js", "*-4.min.js", "htmx-2.js", "ext"]
"""What django-htmx carries and no page of ours loads."""


class Command(BaseCommand):
    help = "Prépare la police et les feuilles de style qui viennent des paquets."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        build_assets(settings.ASSETS_DIR)
        stamp, kept = collected_stamp(), settings.VAR_DIR / "static.stamp"
        if kept.exists() and kept.read_text(encoding="ascii") == stamp:
            return
        call_command("collectstatic", interactive=False, clear=True, ignore_patterns=UNUSED, verbosity=0)
        kept.write_text(stamp, encoding="ascii")
        self.stdout.write("Fichiers de l’interface préparés.")
