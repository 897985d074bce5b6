"""Build the typeface and the style sheets that come from packages; quick when nothing changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from escale.web.assets import build_assets


class Command(BaseCommand):
    help = "Prépare la police et les feuilles de style qui viennent des paquets."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        built = build_assets(settings.ASSETS_DIR)
        self.stdout.write("Fichiers de l’interface préparés." if built else "Fichiers de l’interface déjà prêts.")
