"""What is typed of a person wherever one is written down: a name or an alias, and one way to reach them."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.booking.kinds import Channel
from escale.apps.booking.labels import CHANNELS
from escale.apps.booking.people import read_identity
from escale.apps.territory import clock

REOPEN = "Cette page est trop ancienne ; la rouvrir, puis inscrire la personne."
CHOOSE = {"required": "Choisir dans la liste.", "invalid_choice": "Choisir dans la liste."}


def words_field(label: str, hint: str = "", *, required: str = "") -> forms.CharField:
    """Return a field of a few words that a shared computer does not remember.

    The action says what is too long; nothing is cut.
    """
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": required},
    )


class IdentityForm(forms.Form):
    """Who someone is, and how the mairie or a message reaches them."""

    first_name = words_field("Prénom")
    name = words_field("Nom, ou alias", required="Écrire le nom, ou un alias que la personne choisit.")
    channel = forms.TypedChoiceField(
        label="Pour la joindre",
        choices=[(channel.value, CHANNELS[channel]) for channel in Channel],
        coerce=Channel,
        widget=forms.RadioSelect,
        initial=Channel.PHONE.value,
        error_messages=CHOOSE,
    )
    contact = words_field("Téléphone ou adresse électronique", "À laisser vide si c’est via la mairie.")

    def clean(self) -> None:
        """Judge who it is with all the rest: whoever fills the page in reads at once everything that is to be put right."""
        typed = {name: self.cleaned_data.get(name, "") for name in ("first_name", "name", "contact")}
        channel = self.cleaned_data.get("channel")
        if channel is None:
            return
        try:
            read_identity(**typed, channel=channel, today=clock.today())
        except ValidationError as refusal:
            for name, found in refusal.error_dict.items():
                if name not in self.errors:
                    self.add_error(name, found)
