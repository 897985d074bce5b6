"""Two versions of one thing, side by side: only what differs, in French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from escale.apps.activity import labels
from escale.core.calendar.hours import time_words

NAMES = {
    "kind": "Type",
    "mode": "Comment",
    "place": "Lieu",
    "public": "Public",
    "minutes": "Durée en minutes",
    "themes": "Thèmes",
    "procedures": "Démarches",
    "devices": "Matériel",
    "missions": "Missions",
    "autonomy": "Autonomie",
    "orientation": "Orientation",
    "level": "Niveau",
    "age": "Âge",
    "gender": "Genre",
    "status": "Situation",
    "posture": "Posture",
    "mandate": "Mandat",
    "is_first_time": "Première fois",
    "is_solved": "Résolu",
    "took_pix": "ABC Pix passé",
    "is_present": "Présent·e",
    "started_at": "Début",
    "ended_at": "Fin",
    "was_opened": "Ouvert",
    "was_heated": "Chauffé",
    "had_private_office": "Bureau à l’abri des regards",
    "had_room": "Salle",
    "had_power": "Prises de courant",
    "had_network": "Réseau",
    "is_kit_complete": "Malle complète",
    "is_shortened": "Écourté",
    "to_finish": "À finir la prochaine fois",
    "words": "En quelques mots",
}
"""What two versions may differ in, and people can judge; the rest is of the machine."""
VALUES: Mapping[str, Mapping[Any, str]] = {
    "kind": labels.KINDS,
    "mode": labels.MODES,
    "place": labels.PLACES,
    "public": labels.PUBLICS,
    "themes": labels.THEMES,
    "procedures": labels.PROCEDURES,
    "devices": labels.DEVICES,
    "missions": labels.MISSIONS,
    "autonomy": labels.AUTONOMIES,
    "orientation": labels.ORIENTATIONS,
    "level": labels.LEVELS,
    "age": labels.AGES,
    "gender": labels.GENDERS,
    "status": labels.STATUSES,
    "posture": labels.POSTURES,
    "mandate": labels.MANDATES,
}
HOURS = ("started_at", "ended_at")


def told_apart(kept: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return both versions by the French names of what differs between them."""
    differing = [name for name in NAMES if name in given and _words(name, kept.get(name)) != _words(name, given[name])]
    return (
        {NAMES[name]: _words(name, kept.get(name)) for name in differing},
        {NAMES[name]: _words(name, given[name]) for name in differing},
    )


def _words(name: str, value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(_words(name, part) for part in value)
    if name in HOURS:
        return time_words(timezone.localtime(dt.datetime.fromisoformat(value)).time())
    return VALUES.get(name, {}).get(value, str(value))
