"""Conventions for the tests, made as people make them: by the actions."""

from __future__ import annotations

import datetime as dt
import hashlib

from escale.apps.conventions.models import Convention
from escale.apps.conventions.terms import write_terms
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.terms import Terms

TEXT = "Le texte que les deux assemblées votent."


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def written(epci: Epci, commune: Commune, **dates: str) -> Convention:
    """Return a convention as the database may hold it, not saved: frozen, with the dates that are given."""
    days = {name: day(text) for name, text in dates.items()}
    return Convention(
        epci=epci,
        commune=commune,
        model="porte-du-hainaut-2025",
        model_version="1",
        terms=write_terms(Terms()),
        text=TEXT,
        text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        frozen_on=day("2025-01-06"),
        ground="denunciation" if "ends_on" in days else "",
        created_by="tests",
        **days,
    )
