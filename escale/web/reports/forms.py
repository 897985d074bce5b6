"""What is typed about a report: why it waits, what a rectification puts right."""

from __future__ import annotations

from django import forms

from escale.apps.evaluation.actions.reports import MOST_LETTERS


def _reason(label: str, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": missing, "max_length": f"C’est trop long : {MOST_LETTERS} signes au plus."},
    )


class HoldForm(forms.Form):
    """Why a report does not leave by itself."""

    because = _reason(
        "Pourquoi il attend", "La commune ne le lit pas. Par exemple : « une demi-journée reste à clore ».", "Dire pourquoi."
    )


class RectifyForm(forms.Form):
    """What a rectification puts right."""

    because = _reason(
        "Ce que la rectification corrige",
        "La commune le lit, en tête du nouveau rapport. Par exemple : « deux accompagnements notés en retard ».",
        "Dire ce que la rectification corrige : la commune le lit.",
    )
