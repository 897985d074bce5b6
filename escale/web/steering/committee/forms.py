"""The forms of the committee: they parse what is typed; actions decide."""

from __future__ import annotations

from typing import Any

from django import forms

from escale.apps.committee.labels import FATES, PRESENCES
from escale.apps.committee.models import Fate, Invitation, Meeting, Presence
from escale.apps.conventions.models import Avenant
from escale.apps.territory.models import Commune, Epci
from escale.web.days import DayField

WRONG_DAY = "Cette date n’existe pas ; écrire par exemple 09/03/2027."
LIST = {"invalid_choice": "Choisir dans la liste."}


def _day(label: str, **more: Any) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, error_messages={"required": "Donner une date.", "invalid": WRONG_DAY}, **more)


def _text(label: str, required: str = "", *, most: int = 200, **more: Any) -> forms.CharField:
    messages = {"required": required, "max_length": f"{most} signes au plus ; raccourcir."}
    return forms.CharField(label=label, max_length=most, required=bool(required), error_messages=messages, **more)


def _long(label: str, required: str = "", *, hint: str = "", rows: int = 8) -> forms.CharField:
    return _text(label, required, most=20_000, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


class MemberForm(forms.Form):
    """Who sits, for whom, since when."""

    commune = forms.ModelChoiceField(
        Commune.objects.none(), label="Représente", required=False, empty_label="L’intercommunalité", error_messages=LIST
    )
    first_name = _text("Prénom", "Donner le prénom.", most=60)
    last_name = _text("Nom", "Donner le nom.", most=60)
    function = _text("Fonction", "Donner la fonction, par exemple « maire » ou « directrice générale ».", most=120)
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
    place = _text("Lieu", "Donner le lieu.")


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

    reason = _text("Motif", "Dire pourquoi la réunion est annulée.")


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


class ProposalForm(forms.Form):
    """What is proposed, and for whom."""

    words = _text("Proposition", "Écrire ce qui est proposé.", most=400, widget=forms.Textarea(attrs={"rows": 3}))
    commune = forms.ModelChoiceField(
        Commune.objects.none(), label="Pour", required=False, empty_label="Toutes les communes", error_messages=LIST
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Réunion", required=False, empty_label="Hors réunion", error_messages=LIST
    )

    def __init__(self, data: Any = None, *, epci: Epci, communes: Any) -> None:
        super().__init__(data)
        for name, rows in (("commune", communes), ("meeting", Meeting.objects.filter(epci=epci).counted())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
            field.queryset = rows


class FateForm(forms.Form):
    """What became of a proposal."""

    fate = forms.TypedChoiceField(
        label="Suite donnée", choices=list(FATES.items()), coerce=Fate, widget=forms.RadioSelect, error_messages=LIST
    )
    reason = _text("Motif", most=400, help_text="Demandé quand la proposition est écartée.")
    avenant = forms.ModelChoiceField(
        Avenant.objects.none(), label="Avenant", required=False, empty_label="Aucun", error_messages=LIST
    )

    def __init__(self, data: Any = None, *, epci: Epci, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["avenant"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
        rows = Avenant.objects.filter(convention__epci=epci, abandoned_on__isnull=True)
        field.queryset = rows.select_related("convention__commune", "convention__epci")
