"""What someone types to ask the mairie for help: as little as it takes to answer them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.booking.kinds import Channel
from escale.apps.booking.people import Person, read_identity
from escale.apps.territory import clock
from escale.core.booking.motives import MOTIVES, Motive
from escale.web.public.stamps import Stamp

LONGEST_ADDRESS = 120
TOO_FAST = "C’est allé très vite pour nous. Vérifiez ce qui est écrit, puis envoyez de nouveau."
TOO_OLD = "Cette page était ouverte depuis longtemps. Vérifiez ce qui est écrit, puis envoyez de nouveau."
TRAPPED = "Une case cachée était remplie, sans doute par votre navigateur : elle est vidée. Envoyez de nouveau."


def _words(label: str, *, purpose: str, hint: str = "", kind: str = "text", required: str = "") -> forms.CharField:
    """Return a field of a few words; `purpose` lets the telephone fill it in by itself (WCAG 1.3.5)."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.TextInput(attrs={"type": kind, "autocomplete": purpose, "spellcheck": "false"}),
        error_messages={"required": required},
    )


class RequestForm(forms.Form):
    """Who asks, how to answer them, what for. `website` is for machines alone: people do not see it."""

    first_name = _words("Prénom", purpose="given-name", required="Écrivez un prénom.")
    name = _words("Nom, ou un autre nom que vous choisissez", purpose="family-name", hint="Si vous voulez.")
    phone = _words("Numéro de téléphone", purpose="tel", kind="tel", hint="Par exemple : 06 39 98 00 10.")
    call_back = forms.BooleanField(label="Je préfère qu’on me rappelle", required=False)
    email = _words(
        "Adresse électronique",
        purpose="email",
        kind="email",
        hint="Seulement si vous n’avez pas de téléphone.",
    )
    motive = forms.TypedChoiceField(
        label="De l’aide pour quoi ?",
        choices=[(motive.value, card.label) for motive, card in MOTIVES.items()],
        coerce=Motive,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez dans la liste. « Autre démarche » convient toujours.",
            "invalid_choice": "Choisissez dans la liste. « Autre démarche » convient toujours.",
        },
    )
    with_consent = forms.BooleanField(
        label="Je demande pour quelqu’un que j’aide, avec son accord",
        required=False,
        help_text="Écrivez alors son prénom, et le numéro où la mairie peut répondre.",
    )
    website = forms.CharField(
        label="Ne rien écrire ici",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"stamp": Stamp.new()})

    def clean(self) -> None:
        """Judge who it is with all the rest, then the form itself: nothing that was typed is lost."""
        self._judge_person()
        self._judge_page()

    @property
    def motives(self) -> Iterator[tuple[forms.boundfield.BoundWidget, tuple[str, ...]]]:
        """Each motive with what it brings."""
        return zip(self["motive"], (card.bring for card in MOTIVES.values()), strict=True)

    @property
    def opened(self) -> Stamp:
        """The opening of this form; only for one that is well written."""
        stamp = Stamp.read(self.cleaned_data["stamp"])
        if stamp is None:
            raise ValueError("a form without a stamp is not accepted")
        return stamp

    @property
    def person(self) -> Person:
        """What was typed of the person; one name is enough, and a telephone comes before an address."""
        typed = self.cleaned_data
        first_name, name = (typed["first_name"], typed["name"]) if typed["name"] else ("", typed["first_name"])
        channel, contact = self._reached
        return Person(first_name=first_name, name=name, channel=channel, contact=contact, motive=typed["motive"])

    @property
    def _reached(self) -> tuple[Channel, str]:
        typed = self.cleaned_data
        if phone := typed.get("phone", ""):
            return Channel.PHONE, phone
        return Channel.EMAIL, typed.get("email", "")

    def _judge_person(self) -> None:
        typed = self.cleaned_data
        channel, contact = self._reached
        if not contact:
            self.add_error("phone", "Écrivez un numéro de téléphone. Si vous n’en avez pas, une adresse électronique.")
        elif typed.get("call_back") and channel is not Channel.PHONE:
            self.add_error("phone", "Pour vous rappeler, il faut un numéro de téléphone.")
        if len(typed.get("email", "")) > LONGEST_ADDRESS:
            self.add_error("email", f"C’est trop long : {LONGEST_ADDRESS} signes au plus.")
        try:
            first_name, name = typed.get("first_name", ""), typed.get("name", "")
            read_identity(first_name, name or first_name, channel, contact, today=clock.today())
        except ValidationError as refusal:
            self._show(refusal, contact="phone" if channel is Channel.PHONE else "email")

    def _show(self, refusal: ValidationError, *, contact: str) -> None:
        """Put a refusal beside what was typed; a field that is refused already says enough."""
        only_first_name = not self.cleaned_data.get("name")
        beside = {"contact": contact, "name": "first_name" if only_first_name else "name"}
        for name, found in refusal.error_dict.items():
            field = beside.get(name, name)
            if field not in self.errors and not (name == "contact" and "phone" in self.errors):
                self.add_error(field, found)

    def _judge_page(self) -> None:
        """Refuse what a machine sent; whoever is no machine only has to send it again."""
        stamp = Stamp.read(self.cleaned_data.get("stamp", ""))
        if self.cleaned_data.get("website"):
            self._send_again(TRAPPED, website="")
        elif stamp is None or stamp.is_too_old:
            self._send_again(TOO_OLD, stamp=str(Stamp.new()))
        elif stamp.is_too_young:
            self._send_again(TOO_FAST)

    def _send_again(self, why: str, **renewed: str) -> None:
        self.data = {**{name: self.data.get(name, "") for name in self.data}, **renewed}
        self.add_error(None, why)
