"""Say whether a model of convention may be used, and else what to correct, file by file and line by line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from escale.apps.conventions.folders import read_folder
from escale.core.convention.faults import ModelError
from escale.core.convention.model import Model

BAD_INPUT = 2


class Command(BaseCommand):
    """`manage.py check_model data/conventions/porte-du-hainaut-2025`; it needs no database."""

    help = "Vérifie un modèle de convention : ce qui manque, ce qui n’est pas connu, ce qui est hors bornes, à quelle ligne."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the folder."""
        parser.add_argument("path", type=Path, metavar="PATH", help="dossier qui contient convention.md, model.toml, terms.toml")

    def handle(self, *, path: Path, **_options: Any) -> None:
        """Exit 0 when the model may be used, 2 when something has to be corrected; the last line is JSON."""
        try:
            model = read_folder(path)
        except ModelError as error:
            for fault in error.faults:
                self.stdout.write(str(fault))
            faults = [{"file": fault.file, "line": fault.line, "message": fault.message} for fault in error.faults]
            self.stdout.write(json.dumps({"ok": False, "faults": faults}, ensure_ascii=False))
            sys.exit(BAD_INPUT)
        for line in _said_of(model):
            self.stdout.write(line)
        self.stdout.write(json.dumps({"ok": True, "faults": [], **_counts_of(model)}, ensure_ascii=False))


def _said_of(model: Model) -> list[str]:
    counts = _counts_of(model)
    parts = f"{counts['articles']} parties, {counts['placeholders']} champs à remplir, {counts['terms']} paramètres"
    return [
        f"{model.label} ({model.id}) : rien à corriger.",
        f"  {parts}, {counts['notes']} fautes connues du texte.",
        *(f"  {text.label}" + (f" ({text.status})" if text.status else "") for text in model.texts.values()),
    ]


def _counts_of(model: Model) -> dict[str, Any]:
    return {
        "model": model.id,
        "voted": model.is_voted,
        "texts": list(model.texts),
        "articles": len(model.convention.text.ids),
        "placeholders": len(model.placeholders),
        "terms": len(model.sources),
        "notes": len(model.notes),
    }
