"""The forms of the committee: they parse what is typed; actions decide."""

from __future__ import annotations

from typing import Any

from django import forms

from escale.apps.committee.labels import PRESENCES
from escale.apps.committee.models import Invitation, Meeting, Presence
from escale.apps.territory.models import Commune
from escale.web.days import DayField

WRONG_DAY = "Cette date n’existe pas ; écrire par exemple 09/03/2027."
LIST = {"invalid_choice": "Choisir dans la liste."}


def _day(label: str, **more: Any) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, error_messages={"required": "Donner une date.", "invalid": WRONG_DAY}, **more)


def text_field(label: str, required: str = "", *, most: int = 200, **more: Any) -> forms.CharField:
    """Return the field of some words; `required` is what is said when they are missing, if they may not be."""
    messages = {"required": required, "max_length": f"{most} signes au plus ; raccourcir."}
    return forms.CharField(label=label, max_length=most, required=bool(required), error_messages=messages, **more)


def _long(label: str, required: str = "", *, hint: str = "", rows: int = 8) -> forms.CharField:
    return text_field(label, required, most=20_000, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


class MemberForm(forms.Form):
    """Who sits, for whom, since when."""

    commune = forms.ModelChoiceField(
        Commune.objects.none(), label="Représente", required=False, empty_label="L’intercommunalité", error_messages=LIST
    )
    first_name = text_field("Prénom", "Donner le prénom.", most=60)
    last_name = text_field("Nom", "Donner le nom.", most=60)
    function = text_field("Fonction", "Donner la fonction, par exemple « maire » ou « directrice générale ».", most=120)
    email = forms.EmailField(
        label="Adresse électronique",
        help_text="La convocation et le lien vers le dossier y sont envoyés.",
        error_messages={
            "required": "Donner l’adresse électronique.",
            "invalid": "Écrire une adresse, par exemple nom@commune.fr.",
        },
    )
    starts = _day("Membre depuis le")

    def __init__(self, data: Any = None, *, communes: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["commune"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
        field.queryset = communes


class EndForm(forms.Form):
    """The last day of a term."""

    ends = _day("Dernier jour du mandat")


class MeetingForm(forms.Form):
    """When and where."""

    date = _day("Date")
    hour = forms.TimeField(
        label="Heure",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Donner l’heure.", "invalid": "Écrire l’heure, par exemple 14:30."},
    )
    place = text_field("Lieu", "Donner le lieu.")


class PapersForm(forms.Form):
    """What the members read before they come."""

    agenda = _long(
        "Ordre du jour", "Écrire l’ordre du jour.", hint="Proposé d’après les données ; à corriger librement.", rows=12
    )
    decisions = _long("Ce que nous décidons", hint="Une phrase par décision à prendre.", rows=6)
    costs = _long(
        "Ce que cela coûte en argent", hint="Les kilomètres et les demi-journées s’ajoutent d’eux-mêmes au dossier.", rows=4
    )


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    reason = text_field("Motif", "Dire pourquoi la réunion est annulée.")


class HeldForm(forms.Form):
    """Who came, and what was said."""

    minutes = _long("Compte rendu", "Écrire le compte rendu.", hint="Un paragraphe par ligne.", rows=12)

    def __init__(self, data: Any = None, *, meeting: Meeting, invitations: list[Invitation]) -> None:
        super().__init__(data, initial={"minutes": meeting.minutes})
        self.invitations = invitations
        choices = [(presence.value, words) for presence, words in PRESENCES.items()]
        for one in invitations:
            label = f"{one.member} ({one.member.commune or one.member.epci})"
            self.fields[f"presence-{one.pk}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=one.presence, error_messages=LIST
            )
        self.order_fields([f"presence-{one.pk}" for one in invitations])

    @property
    def presences(self) -> dict[int, Presence]:
        """Whether each came, by the key of the invitation."""
        return {one.pk: Presence(self.cleaned_data[f"presence-{one.pk}"]) for one in self.invitations}
