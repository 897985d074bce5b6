"""The short form of an action of communication: by what, where, when, and its proof."""

from __future__ import annotations

from typing import Any

from django import forms

from escale.apps.communication.actions import MOST_MEDIUM_WORDS, MOST_WORDS, Told
from escale.apps.communication.labels import MEDIA, MEDIA_OF_EPCI
from escale.apps.communication.models import CommunicationAction, Medium
from escale.apps.documents.uploads import Upload, accepted_names, read_upload
from escale.apps.territory.models import Commune
from escale.web.days import DayField


class ActionForm(forms.Form):
    """What is noted of an action of a commune."""

    words = MEDIA

    medium = forms.TypedChoiceField(
        label="Par quel moyen",
        coerce=Medium,
        error_messages={"required": "Choisir dans la liste.", "invalid_choice": "Choisir dans la liste."},
    )
    medium_words = forms.CharField(
        label="Si c’est «\u00a0autre\u00a0», lequel",
        max_length=MOST_MEDIUM_WORDS,
        required=False,
        error_messages={"max_length": f"C’est trop long : {MOST_MEDIUM_WORDS} lettres au plus."},
    )
    place = forms.CharField(
        label="Où",
        max_length=MOST_WORDS,
        help_text="«\u00a0vitrine de la mairie\u00a0», «\u00a0n°\u00a042, page\u00a06\u00a0»…",
        error_messages={
            "required": "Dire où, en quelques mots.",
            "max_length": f"C’est trop long : {MOST_WORDS} lettres au plus.",
        },
    )
    day = DayField(
        label="Quand",
        help_text="Le jour où c’est paru.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le jour où c’est paru.", "invalid": "Donner une date, comme 23/11/2026."},
    )
    link = forms.CharField(
        label="Lien vers la page",
        max_length=300,
        required=False,
        help_text="L’adresse commence par https://.",
        widget=forms.URLInput,
    )
    proof = forms.FileField(
        label="Photo ou PDF",
        required=False,
        help_text="PDF, PNG ou JPEG, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": accepted_names()}),
        error_messages={"empty": "Ce fichier est vide ; choisir celui qui montre l’action."},
    )

    def __init__(self, *args: Any, action: CommunicationAction | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(medium.value, f"{label[:1].upper()}{label[1:]}") for medium, label in self.words.items()]
        self.fields["medium"].choices = choices if action else [("", "Choisir"), *choices]  # type: ignore[attr-defined]
        if action is not None:
            shown = ("medium", "medium_words", "place", "day", "link")
            self.initial = {name: getattr(action, name) for name in shown}

    @property
    def told(self) -> Told:
        """What the action takes."""
        given = self.cleaned_data
        communes = list(given.get("communes", ()))
        words = {name: given[name] for name in ("medium", "medium_words", "place", "day", "link")}
        return Told(**words, communes=communes)

    @property
    def upload(self) -> Upload | None:
        """The proof that was given. Raise ValidationError, under its field, for a file that is not taken."""
        given = self.cleaned_data["proof"]
        return read_upload(given, field="proof") if given else None


class EpciActionForm(ActionForm):
    """What is noted of an action of the EPCI: it may concern some communes alone."""

    words = MEDIA_OF_EPCI

    communes = forms.ModelMultipleChoiceField(
        label="Communes concernées",
        queryset=Commune.objects.none(),
        required=False,
        help_text="Sans rien cocher : tout le territoire.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Cocher dans la liste.", "invalid_pk_value": "Cocher dans la liste."},
    )

    def __init__(self, *args: Any, served: Any, action: CommunicationAction | None = None, **kwargs: Any) -> None:
        super().__init__(*args, action=action, **kwargs)
        self.fields["communes"].queryset = served  # type: ignore[attr-defined]
        if action is not None:
            self.initial["communes"] = [commune.pk for commune in action.communes.all()]

    @property
    def names_some(self) -> bool:
        """Whether some communes are ticked, or wrong: the list is then open."""
        return bool(self["communes"].value() or self["communes"].errors)
