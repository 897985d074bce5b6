"""What a desk types of someone: little, in one screen; the actions judge it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from escale.apps.booking.agenda import moment_of
from escale.apps.booking.kinds import CancelledBy, Need
from escale.apps.booking.labels import CANCELLED_BY, NEEDS
from escale.apps.booking.models import Demande
from escale.apps.booking.models.residents import OfResident
from escale.apps.booking.people import Person
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.booking.motives import MOTIVES, Motive
from escale.core.booking.slots import MOST_IN_A_ROW
from escale.web.days import DayField
from escale.web.desk.identity import CHOOSE, REOPEN, IdentityForm, words_field


class PersonForm(IdentityForm):
    """Someone as the desk describes them."""

    motive = forms.TypedChoiceField(
        label="Pour quoi ?",
        choices=[(motive.value, card.label) for motive, card in MOTIVES.items()],
        coerce=Motive,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisir un motif ; « Autre démarche » convient toujours.",
            "invalid_choice": "Choisir un motif.",
        },
    )
    needs = forms.TypedMultipleChoiceField(
        label="La personne…",
        choices=[(need.value, NEEDS[need]) for need in Need],
        coerce=Need,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    residence = forms.ModelChoiceField(
        label="Commune où la personne habite",
        queryset=Commune.objects.none(),
        required=False,
        empty_label="non précisée",
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, epci: Epci, row: OfResident | None = None, **options: Any) -> None:
        known = {} if row is None else _typed(row)
        super().__init__(data, initial={**known, **options.pop("initial", {})}, **options)
        self.epci = epci
        today = clock.today(epci)
        residence = self.fields["residence"]
        if isinstance(residence, forms.ModelChoiceField):
            residence.queryset = Commune.objects.members_of(epci, today, today).defer("outline")

    @property
    def motives(self) -> Iterator[tuple[forms.boundfield.BoundWidget, tuple[str, ...]]]:
        """Each motive with what it brings."""
        return zip(self["motive"], (card.bring for card in MOTIVES.values()), strict=True)

    @property
    def person(self) -> Person:
        """What was typed of the person."""
        typed = self.cleaned_data
        return Person(
            first_name=typed["first_name"],
            name=typed["name"],
            channel=typed["channel"],
            contact=typed["contact"],
            motive=typed["motive"],
            needs=frozenset(typed["needs"]),
            residence=typed["residence"],
        )


class LongForm(forms.Form):
    """How long it takes."""

    two = forms.BooleanField(label="Il faudra du temps : deux créneaux de suite", required=False)

    @property
    def count(self) -> int:
        """How many slots in a row."""
        return MOST_IN_A_ROW if self.cleaned_data["two"] else 1


class FarForm(forms.Form):
    """Whether someone goes to a neighbouring commune."""

    accepts_neighbour = forms.BooleanField(label="Elle peut aller dans une commune voisine", required=False)


class NewForm(LongForm, PersonForm):
    """Someone new: `key` makes a second click the same row, and the day on which they asked may be another one."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": REOPEN, "invalid": REOPEN})
    asked_at = DayField(
        label="La personne a demandé le",
        help_text="Seulement si c’était un autre jour qu’aujourd’hui.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Cette date n’existe pas ; écrire par exemple 30/04/2027."},
    )

    def __init__(self, data: Any = None, *, epci: Epci, **options: Any) -> None:
        initial = {"key": uuid.uuid4(), **options.pop("initial", {})}
        super().__init__(data, epci=epci, initial=initial, **options)

    @property
    def asked(self) -> dt.datetime | None:
        """When they asked; None when it was today."""
        day: dt.date | None = self.cleaned_data["asked_at"]
        if day is None or day == clock.today(self.epci):
            return None
        return moment_of(self.epci, day, dt.time(12))


class SlotField(forms.TypedChoiceField):
    """A slot among those that are free; the action says what became of another one, in words of its own."""

    def valid_value(self, value: Any) -> bool:
        """Let any number through."""
        del value
        return True


class BookingForm(NewForm):
    """Someone new who comes to a slot of a visit; `seen` is the half-day that the desk has read."""

    slot = SlotField(
        label="Créneau",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir un créneau.", "invalid_choice": "Choisir un créneau."},
    )
    seen = forms.RegexField(
        r"^\d{4}-\d{2}-\d{2} [AP]M$", widget=forms.HiddenInput, error_messages={"required": REOPEN, "invalid": REOPEN}
    )

    def __init__(self, data: Any = None, *, epci: Epci, slots: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(data, epci=epci, **options)
        self.fields["slot"].choices = list(slots)  # type: ignore[attr-defined]


class DemandeForm(FarForm, NewForm):
    """Someone new who waits for a slot."""


class WaitingForm(FarForm, LongForm, PersonForm):
    """Someone who waits, corrected: who they are, and what they accept meanwhile."""

    def __init__(self, data: Any = None, *, epci: Epci, row: Demande) -> None:
        wished = {"two": row.slot_count == MOST_IN_A_ROW, "accepts_neighbour": row.accepts_neighbour}
        super().__init__(data, epci=epci, row=row, initial=wished)


class CancelForm(forms.Form):
    """Who gives an appointment up, and why."""

    by = forms.TypedChoiceField(
        label="Qui annule ?",
        choices=[(who.value, CANCELLED_BY[who].capitalize()) for who in (CancelledBy.PERSON, CancelledBy.COMMUNE)],
        coerce=CancelledBy,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    waits = forms.BooleanField(
        label="La personne souhaite une autre date : elle garde sa place dans les demandes", required=False
    )
    reason = words_field("Pourquoi, en quelques mots", "Sans rien de personnel.")


class DeclineForm(forms.Form):
    """What is answered to someone whose request is not followed up."""

    word = words_field(
        "Ce que vous répondez à la personne",
        "En quelques mots, par exemple : « France services vous reçoit dès mardi, sans rendez-vous ».",
        required="Écrire en quelques mots ce qui est répondu à la personne.",
    )


class RevealForm(forms.Form):
    """Why the coordination reads names."""

    reason = words_field("Pourquoi ?", "Par exemple : prévenir les personnes, le passage n’aura pas lieu. La lecture est notée.")


def _typed(row: OfResident) -> dict[str, Any]:
    return {
        "first_name": row.first_name,
        "name": row.name,
        "channel": row.channel,
        "contact": row.contact,
        "motive": row.motive,
        "needs": [need.value for need in row.needs],
        "residence": row.residence_id,
    }
