"""The usual day as fields: which week of the month, which half-day (art. 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.conventions.actions.drafting import annex_written
from escale.apps.conventions.following import annex_of
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import service_windows
from escale.core.calendar.halfdays import Window
from escale.core.convention.annex import ORDINALS
from escale.core.planning.problem import Annex
from escale.web.steering.conventions.steps import fields
from escale.web.steering.conventions.steps.step import Cleaned

NTH, WINDOW = "usual_nth", "usual_window"
NAMES = (NTH, WINDOW)


def usual_fields(epci: Epci, kept: Mapping[str, Any] | None = None, *, empty: str) -> dict[str, forms.Field]:
    """Return the two fields, with the half-days of the service and the one that is kept; `empty` tells that none is chosen."""
    windows = set(service_windows(epci)) | ({annex_of(dict(kept)).window} if kept else set())
    weeks = [(str(nth), ORDINALS[nth].capitalize()) for nth in range(1, len(ORDINALS))]
    return {
        NTH: _choice("Jour habituel : la semaine du mois", weeks, empty),
        WINDOW: _choice("Jour habituel : la demi-journée", _listed(windows), empty),
    }


def usual_initial(kept: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what the two fields propose."""
    day = annex_of(dict(kept)) if kept else None
    return {NTH: str(day.nth), WINDOW: str(day.window)} if day else {}


def usual_in(cleaned: Cleaned) -> Annex | None:
    """Return the day that was chosen, or none. Raise ValidationError for half of one."""
    nth, window = cleaned.get(NTH), cleaned.get(WINDOW)
    if bool(nth) != bool(window):
        raise ValidationError({WINDOW if nth else NTH: "Un jour habituel est une semaine du mois et une demi-journée."})
    return Annex(nth=int(nth), window=Window.parse(window)) if nth and window else None


def usual_kept(cleaned: Cleaned) -> dict[str, Any] | None:
    """Return the day that was chosen, as it is kept."""
    return annex_written(usual_in(cleaned))


def _listed(windows: Iterable[Window]) -> list[tuple[str, str]]:
    return [(str(window), window.words.capitalize()) for window in sorted(windows)]


def _choice(label: str, listed: list[tuple[str, str]], empty: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", empty), *listed], error_messages=fields.LIST)
