"""What is said when a half-day goes wrong: as few answers as it takes, given with one thumb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from escale.apps.territory.models import Premises, Room
from escale.apps.visits.labels import CAUSES
from escale.apps.visits.repairing import Colleague, other_places
from escale.core.visits.life import Cause, Side
from escale.web.answering import WORDS_HINT
from escale.web.stops import Stop

SIDE_CHOICES = [(Side.SERVICE.value, "Le service"), (Side.COMMUNE.value, "La commune")]
OF_A_MAIRIE = (Cause.ROOM, Cause.CLOSED, Cause.HEATING, Cause.POWER, Cause.EVENT, Cause.WEATHER, Cause.OTHER)
"""What a mairie gives as its reason: who does not come is no fault of its own, and is a point that it notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another place to receive people: another building of the commune, or another room of the same one."""

    premises: Premises
    room: Room | None = None

    @property
    def key(self) -> str:
        """What the form sends."""
        return f"{self.premises.pk}" if self.room is None else f"{self.premises.pk}-{self.room.pk}"

    @property
    def words(self) -> str:
        """The place as people know it, and whether appointments can be held there."""
        rooms = list(self.premises.rooms.all()) if self.room is None else [self.room]
        address = self.premises.address if self.room is None else ""
        words = ", ".join(part for part in (self.premises.name, address, *(room.name for room in rooms)) if part)
        is_private = any(room.is_private for room in self.premises.rooms.all())
        return words if is_private else f"{words} – pas de bureau à l’abri des regards connu"


def elsewhere_than(stop: Stop) -> list[Elsewhere]:
    """Return where a half-day could be held instead: the nearest first, another room of the same place."""
    rooms = stop.place.rooms.exclude(pk=stop.room.pk) if stop.place and stop.room else Room.objects.none()
    same = [Elsewhere(premises=room.premises, room=room) for room in rooms.select_related("premises")]
    return [*same, *(Elsewhere(premises=place) for place in other_places(stop.visit, stop.place))]


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

    place = forms.ChoiceField(
        label="Où l’on reçoit ce jour-là",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir le lieu.", "invalid_choice": "Ce lieu n’est plus ouvert ; recharger la page."},
    )

    def __init__(self, *args: Any, places: Sequence[Elsewhere], **choices: Any) -> None:
        super().__init__(*args, **choices)
        self.places = {place.key: place for place in places}
        self.fields["place"].choices = [(place.key, place.words) for place in places]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Elsewhere:
        """The place that was chosen."""
        return self.places[self.cleaned_data["place"]]


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
