"""What is typed of an urgency: by a mairie what does not work, by the team how it ends."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.text import capfirst

from escale.apps.urgencies.labels import MATTERS, OUT_OF_SCOPE
from escale.apps.urgencies.models.requests import MOST_LETTERS
from escale.core.urgencies.life import Matter, OutOfScope

TOO_LONG = {"max_length": f"C’est trop long : {MOST_LETTERS} signes au plus."}


class UrgencyForm(forms.Form):
    """What does not work, and whom to call back."""

    matter = forms.TypedChoiceField(
        label="Qu’est-ce qui ne marche pas ?",
        choices=[(matter.value, capfirst(MATTERS[matter])) for matter in Matter],
        coerce=Matter,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir ce qui ne marche pas ; « Autre chose » convient toujours."},
    )
    words = forms.CharField(
        label="En quelques mots",
        required=False,
        max_length=MOST_LETTERS,
        help_text="Ce que vous voyez à l’écran. Ni mot de passe, ni nom d’habitant.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=TOO_LONG,
    )
    call_back = forms.CharField(
        label="Numéro à rappeler",
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Donner le numéro du poste où l’on peut vous rappeler."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, phone: str) -> None:
        super().__init__(data, initial={"call_back": phone, "key": uuid.uuid4()})


class ClosingForm(forms.Form):
    """The word to the mairie that closes what is solved."""

    word = forms.CharField(
        label="Un mot à la mairie",
        max_length=MOST_LETTERS,
        help_text="Ce qui a été fait, et quoi faire si cela revient.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrire un mot à la mairie : ce qui a été fait.", **TOO_LONG},
    )


class TurningForm(forms.Form):
    """Why it is no first-level matter, and who else can."""

    reason = forms.TypedChoiceField(
        label="Pourquoi",
        choices=[(reason.value, capfirst(OUT_OF_SCOPE[reason])) for reason in OutOfScope],
        coerce=OutOfScope,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir pourquoi."},
    )
    word = forms.CharField(
        label="Un mot à la mairie",
        max_length=MOST_LETTERS,
        help_text="Qui appeler, et quoi faire en attendant.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrire un mot à la mairie : qui appeler.", **TOO_LONG},
    )
