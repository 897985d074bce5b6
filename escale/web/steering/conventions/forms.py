"""What the board and the calculator ask; the fields of the latter bear the names of the options of `manage.py convention`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from escale.apps.conventions.labels import RETURNS
from escale.core.convention.letters import CHANNEL_WORDS, Channel, Letter, Returned
from escale.core.convention.parties import Party
from escale.web.days import DayField

REGISTERED = (Channel.LRAR, Channel.LRE)
LATE = "souci"
"""What the board is asked for: the conventions with something to settle."""

OF_THE_LETTER = ("presented", "delivered", "returned", "term")


def _day(label: str, hint: str = "", required: str = "") -> DayField:
    """Return the field of a date; `required` is what is told when it is missing."""
    return DayField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": "Cette date n’existe pas ; écrire par exemple 30/04/2027."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the board; what is empty leaves nothing out."""

    words: str
    model: str
    owed_by: str
    what: str


class BoardForm(forms.Form):
    """What the board leaves out. It stands in the address: a page that is sent shows the same lines."""

    q = forms.CharField(label="Commune", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    modele = forms.ChoiceField(label="Modèle", required=False)
    attendu = forms.ChoiceField(
        label="Attendu de",
        required=False,
        choices=[("", "Tous"), (Party.EPCI.value, "L’EPCI"), (Party.COMMUNE.value, "La commune")],
    )
    voir = forms.ChoiceField(label="Voir", required=False, choices=[("", "Toutes"), (LATE, "Avec un point à régler")])

    def __init__(self, data: Any, *, models: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["modele"].choices = [("", "Tous"), *models]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Choisir dans la liste."

    @property
    def asked(self) -> Asked:
        """What was asked, once the form is cleaned; a choice that there is not leaves nothing out, and is told."""
        found = self.cleaned_data
        return Asked(
            words=found.get("q", ""), model=found.get("modele", ""), owed_by=found.get("attendu", ""), what=found.get("voir", "")
        )


class CalculatorForm(forms.Form):
    """A convention by the day of its notification, the day that one asks about, and perhaps a letter."""

    notified = _day("Convention notifiée le", "Elle prend effet ce jour-là (art. 5-1).", "Donner la date de notification.")
    on = _day("Jour dont on parle", "Aujourd’hui, si rien n’est donné.")
    channel = forms.ChoiceField(
        label="Dénoncée par",
        required=False,
        choices=[(channel.value, words.capitalize()) for channel, words in CHANNEL_WORDS.items()],
        error_messages={"invalid_choice": "Choisir dans la liste."},
    )
    sent = _day("Envoyée le", "Le cachet de la poste.")
    presented = _day("Présentée la première fois le", "L’avis de passage ou l’enveloppe le disent.")
    returned = forms.ChoiceField(
        label="Ce que la lettre est devenue",
        required=False,
        choices=[("", "Remise au destinataire"), *((why.value, words.capitalize()) for why, words in RETURNS.items())],
        error_messages={"invalid_choice": "Choisir dans la liste."},
    )
    delivered = _day("Remise le", "La date de l’avis de réception signé.")
    term = _day("Terme visé", "Celui de la période qui court à l’envoi, si rien n’est donné.")
    not_stated = forms.BooleanField(label="La lettre ne dit pas qu’à défaut elle vaut pour le terme suivant", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day on which a letter was sent, once something else is said of it."""
        values = self.cleaned_data
        if any(values.get(name) for name in OF_THE_LETTER) and not values.get("sent") and "sent" not in self.errors:
            self.add_error("sent", "Donner la date d’envoi, lue sur le cachet de la poste.")
        return values

    @property
    def letter(self) -> Letter | None:
        """The letter that was described, if one was. Raise RefusedError for one that cannot be."""
        typed = self.cleaned_data
        sent = typed["sent"]
        if sent is None:
            return None
        channel = Channel(typed["channel"] or Channel.LRAR)
        # What is not registered has no day but its own.
        delivered = typed["delivered"] or (None if channel in REGISTERED or typed["returned"] else sent)
        return Letter(
            sent=sent,
            presented=typed["presented"],
            delivered=delivered,
            returned=Returned(typed["returned"]) if typed["returned"] else None,
            channel=channel,
        )
