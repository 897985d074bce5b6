"""What is said when a half-day goes wrong: as few answers as it takes, given with one thumb."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from escale.apps.territory.models import Premises
from escale.apps.visits.labels import CAUSES
from escale.apps.visits.repairing import Colleague
from escale.core.visits.life import Cause, Side
from escale.web.answering import WORDS_HINT

SIDE_CHOICES = [(Side.SERVICE.value, "Le service"), (Side.COMMUNE.value, "La commune")]
OF_A_MAIRIE = (Cause.ROOM, Cause.CLOSED, Cause.HEATING, Cause.POWER, Cause.EVENT, Cause.WEATHER, Cause.OTHER)
"""What a mairie gives as its reason: who does not come is no fault of its own, and is a point that it notes."""


class ColleagueForm(forms.Form):
    """Who goes instead."""

    post = forms.TypedChoiceField(
        label="Qui y va",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisir qui y va.",
            "invalid_choice": "Cette personne n’est plus libre ; recharger la page.",
        },
    )

    def __init__(self, *args: Any, colleagues: Iterable[Colleague], **choices: Any) -> None:
        super().__init__(*args, **choices)
        self.fields["post"].choices = [(one.post.pk, f"{one.mediator.first_name}") for one in colleagues]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """Where it is held instead."""

    premises = forms.TypedChoiceField(
        label="Où l’on reçoit ce jour-là",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir le lieu.", "invalid_choice": "Ce lieu n’est plus ouvert ; recharger la page."},
    )

    def __init__(self, *args: Any, places: Iterable[Premises], **choices: Any) -> None:
        super().__init__(*args, **choices)
        self.fields["premises"].choices = [(place.pk, _place_words(place)) for place in places]  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why it is not held, and on whose side; a mairie speaks for itself."""

    side = forms.ChoiceField(
        label="De quel côté",
        choices=SIDE_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Dire de quel côté vient l’empêchement."},
    )
    cause = forms.ChoiceField(
        label="Pourquoi",
        choices=[(cause.value, CAUSES[cause].capitalize()) for cause in Cause],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir la raison la plus proche.", "invalid_choice": "Choisir une raison de la liste."},
    )
    force_majeure = forms.BooleanField(label="C’est un cas de force majeure", required=False)
    reason = forms.CharField(
        label="En quelques mots", required=False, max_length=200, help_text=f"La mairie et le service les lisent. {WORDS_HINT}"
    )

    def __init__(self, *args: Any, is_mairie: bool, **choices: Any) -> None:
        super().__init__(*args, **choices)
        if is_mairie:
            self.fields["side"].required = False
            self.fields["side"].widget = forms.HiddenInput()
            causes = [(cause.value, CAUSES[cause].capitalize()) for cause in OF_A_MAIRIE]
            self.fields["cause"].choices = causes  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "side": Side(given["side"] or Side.COMMUNE),
            "cause": Cause(given["cause"]),
            "force_majeure": given["force_majeure"],
            "reason": given["reason"],
        }


class RevealForm(forms.Form):
    """Why the names of a day are read."""

    reason = forms.CharField(
        label="Pourquoi lire ces noms",
        max_length=200,
        help_text="La lecture est notée, avec votre nom.",
        error_messages={"required": "Dire pourquoi ; la lecture est notée."},
    )


def _place_words(place: Premises) -> str:
    rooms = ", ".join(room.name for room in place.rooms.all())
    private = any(room.is_private for room in place.rooms.all())
    words = ", ".join(part for part in (place.name, place.address, rooms) if part)
    return words if private else f"{words} – pas de bureau à l’abri des regards connu"
