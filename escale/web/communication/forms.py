"""The short forms of the log: an action of communication of either party, an action of coordination of the EPCI."""

from __future__ import annotations

from typing import Any

from django import forms

from escale.apps.activity.labels import MISSIONS
from escale.apps.communication.actions import MOST_MEDIUM_WORDS, MOST_WHAT, MOST_WORDS, Coordinated, Told
from escale.apps.communication.labels import MEDIA, MEDIA_OF_EPCI
from escale.apps.communication.models import CommunicationAction, CoordinationAction, Medium
from escale.apps.documents.uploads import Upload, accepted_names, read_upload
from escale.apps.territory.models import Commune
from escale.core.activity.vocabulary import Mission
from escale.web.days import DayField


class LogForm(forms.Form):
    """What every line of the log has: its day, and the file that shows it."""

    day = DayField(
        label="Quand",
        help_text="Le jour où c’est paru.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le jour où c’est paru.", "invalid": "Donner une date, comme 23/11/2026."},
    )
    proof = forms.FileField(
        label="Photo ou PDF",
        required=False,
        help_text="PDF, PNG ou JPEG, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": accepted_names()}),
        error_messages={"empty": "Ce fichier est vide ; choisir celui qui montre l’action."},
    )

    @property
    def upload(self) -> Upload | None:
        """The proof that was given. Raise ValidationError, under its field, for a file that is not taken."""
        given = self.cleaned_data["proof"]
        return read_upload(given, field="proof") if given else None


class ActionForm(LogForm):
    """What is noted of an action of a commune."""

    words = MEDIA

    medium = forms.TypedChoiceField(
        label="Par quel moyen",
        coerce=Medium,
        error_messages={"required": "Choisir dans la liste.", "invalid_choice": "Choisir dans la liste."},
    )
    medium_words = forms.CharField(
        label="Si c’est « autre », lequel",
        max_length=MOST_MEDIUM_WORDS,
        required=False,
        error_messages={"max_length": f"C’est trop long : {MOST_MEDIUM_WORDS} lettres au plus."},
    )
    place = forms.CharField(
        label="Où",
        max_length=MOST_WORDS,
        help_text="« vitrine de la mairie », « n° 42, page\u00a06 »…",
        error_messages={
            "required": "Dire où, en quelques mots.",
            "max_length": f"C’est trop long : {MOST_WORDS} lettres au plus.",
        },
    )
    link = forms.CharField(
        label="Lien vers la page",
        max_length=300,
        required=False,
        help_text="L’adresse commence par https://.",
        widget=forms.URLInput,
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


class OfEpciForm(LogForm):
    """What the EPCI notes may concern some communes alone."""

    communes = forms.ModelMultipleChoiceField(
        label="Communes concernées",
        queryset=Commune.objects.none(),
        required=False,
        help_text="Sans rien cocher : tout le territoire.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Cocher dans la liste.", "invalid_pk_value": "Cocher dans la liste."},
    )

    @property
    def names_some(self) -> bool:
        """Whether some communes are ticked, or wrong: the list is then open."""
        return bool(self["communes"].value() or self["communes"].errors)

    def let_choose(self, served: Any, named: Any = None) -> None:
        """Say among which communes one chooses, and which are named already."""
        self.fields["communes"].queryset = served  # type: ignore[attr-defined]
        if named is not None:
            self.initial["communes"] = [commune.pk for commune in named.communes.all()]


class EpciActionForm(ActionForm, OfEpciForm):
    """What is noted of an action of the EPCI."""

    words = MEDIA_OF_EPCI

    def __init__(self, *args: Any, served: Any, action: CommunicationAction | None = None, **kwargs: Any) -> None:
        super().__init__(*args, action=action, **kwargs)
        self.let_choose(served, action)


class CoordinationForm(OfEpciForm):
    """What is noted of an action of coordination (art. 3-2)."""

    what = forms.CharField(
        label="Quoi",
        max_length=MOST_WHAT,
        help_text="« réunion des référents », « atelier d’essai de l’outil de rendez-vous »…",
        error_messages={
            "required": "Dire ce qui a été fait, en quelques mots.",
            "max_length": f"C’est trop long : {MOST_WHAT} lettres au plus.",
        },
    )
    partners = forms.CharField(
        label="Avec qui, hors des communes",
        max_length=MOST_WORDS,
        required=False,
        help_text="Des organismes, jamais le nom d’un habitant.",
        error_messages={"max_length": f"C’est trop long : {MOST_WORDS} lettres au plus."},
    )
    missions = forms.TypedMultipleChoiceField(
        label="Missions de l’article 3-2",
        coerce=Mission,
        choices=[(one.value, words) for one, words in MISSIONS.items()],
        required=False,
        help_text="Une ou plusieurs. Sans rien cocher, l’action compte comme non rattachée.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Cocher dans la liste."},
    )

    def __init__(self, *args: Any, served: Any, action: CoordinationAction | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].help_text = "Le jour où elle a eu lieu."
        if action is not None:
            self.initial = {name: getattr(action, name) for name in ("what", "partners", "day", "missions")}
        self.let_choose(served, action)

    @property
    def told(self) -> Coordinated:
        """What the action takes."""
        given = {name: self.cleaned_data[name] for name in ("what", "partners", "day", "missions")}
        return Coordinated(**given, communes=list(self.cleaned_data["communes"]))


class WithdrawForm(forms.Form):
    """Why an action is withdrawn."""

    why = forms.CharField(
        label="Pourquoi",
        max_length=MOST_WORDS,
        help_text="« notée deux fois », « reportée »…",
        error_messages={
            "required": "Dire pourquoi l’action est retirée, en quelques mots.",
            "max_length": f"C’est trop long : {MOST_WORDS} lettres au plus.",
        },
    )
