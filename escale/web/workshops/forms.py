"""What is typed of the people of a workshop: who comes, whether they bring a device, who was there."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from escale.apps.activity.labels import AGES
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.workshops.actions import Attended, Attendee
from escale.apps.workshops.labels import ATTENDANCES
from escale.apps.workshops.models import Registration
from escale.apps.workshops.queries import WorkshopLine
from escale.core.activity.vocabulary import AgeBand
from escale.core.workshops.states import Attendance
from escale.web.desk.identity import CHOOSE, REOPEN, IdentityForm, words_field
from escale.web.workshops.reading import ShownWorkshop

MOST_COUNTED = 100
OWN = "own"


def count_field(label: str, hint: str = "") -> forms.IntegerField:
    """Return a field of a small count, which a thumb types on digits."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class AttendeeForm(IdentityForm):
    """Someone as the desk describes them."""

    brings_device = forms.ChoiceField(
        label="Avec quel appareil ?",
        choices=[("", "un ordinateur du service"), (OWN, "son propre appareil, chargé, avec le chargeur")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
        error_messages=CHOOSE,
    )
    residence = forms.ModelChoiceField(
        label="Commune où la personne habite",
        queryset=Commune.objects.none(),
        required=False,
        empty_label="celle de la mairie qui inscrit",
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, line: WorkshopLine, row: Registration | None = None, **options: Any) -> None:
        known = {} if row is None else _typed(row)
        super().__init__(data, initial={**known, **options.pop("initial", {})}, **options)
        self.line = line
        today = clock.today(line.workshop.epci)
        residence = self.fields["residence"]
        if isinstance(residence, forms.ModelChoiceField):
            residence.queryset = Commune.objects.members_of(line.workshop.epci, today, today).defer("outline")
        if line.workshop.is_for_agents:
            del self.fields["residence"]

    @property
    def person(self) -> Attendee:
        """What was typed of the person."""
        typed = self.cleaned_data
        return Attendee(
            first_name=typed["first_name"],
            name=typed["name"],
            channel=typed["channel"],
            contact=typed["contact"],
            brings_device=typed["brings_device"] == OWN,
            residence=typed.get("residence"),
        )


class NewAttendeeForm(AttendeeForm):
    """Someone new: `key` makes a second click the same row; the service says which mairie looks after them."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": REOPEN, "invalid": REOPEN})
    of = forms.ModelChoiceField(
        label="Pour la mairie de",
        queryset=Commune.objects.none(),
        empty_label="Choisir une commune",
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, line: WorkshopLine, commune: Commune | None, **options: Any) -> None:
        super().__init__(data, line=line, initial={"key": uuid.uuid4()}, **options)
        of = self.fields["of"]
        self.own = commune or (line.communes[0] if len(line.communes) == 1 else None)
        if self.own is not None:
            del self.fields["of"]
        elif isinstance(of, forms.ModelChoiceField):
            of.queryset = line.workshop.communes.defer("outline")

    @property
    def commune(self) -> Commune:
        """The commune whose mairie looks after the person."""
        found: Commune = self.own or self.cleaned_data["of"]
        return found


class CancelForm(forms.Form):
    """Why a workshop is given up."""

    reason = words_field("Pourquoi, en quelques mots", "Les mairies le liront. Sans rien de personnel.")


class AttendanceForm(forms.Form):
    """Who was there, then the counts that the evaluation needs now or never."""

    walk_ins = count_field("Personnes venues sans être inscrites")
    known = count_field("Parmi les présents, combien étaient déjà venus au service ?", "À laisser vide si vous ne savez pas.")

    def __init__(self, data: Any = None, *, found: ShownWorkshop) -> None:
        workshop = found.workshop
        super().__init__(data, initial={"walk_ins": workshop.walk_ins or None, "known": workshop.known})
        self.people = found.registered
        for person in self.people:
            self.fields[f"person_{person.row.pk}"] = forms.ChoiceField(
                label=person.name or f"Place {person.number}",
                choices=[(one.value, ATTENDANCES[one].capitalize()) for one in (Attendance.PRESENT, Attendance.ABSENT)],
                required=False,
                initial=person.row.attendance,
                widget=forms.RadioSelect,
                error_messages=CHOOSE,
            )
        for band, words in AGES.items():
            field = count_field(words)
            field.initial = workshop.ages.get(band.value)
            self.fields[f"age_{band.value}"] = field

    @property
    def seats(self) -> list[forms.BoundField]:
        """The fields of those who have a place, in their order."""
        return [self[f"person_{person.row.pk}"] for person in self.people]

    @property
    def ages(self) -> list[forms.BoundField]:
        """The fields of the ages."""
        return [self[f"age_{band.value}"] for band in AGES]

    @property
    def attended(self) -> Attended:
        """What was said. A field that an action refuses as « ages » is told above the form."""
        typed = self.cleaned_data
        said = {person.row.pk: typed[f"person_{person.row.pk}"] for person in self.people}
        return Attended(
            present=frozenset(key for key, value in said.items() if value == Attendance.PRESENT),
            absent=frozenset(key for key, value in said.items() if value == Attendance.ABSENT),
            walk_ins=typed["walk_ins"] or 0,
            known=typed["known"],
            ages={band: typed[f"age_{band.value}"] for band in AgeBand if typed[f"age_{band.value}"]},
        )


def _typed(row: Registration) -> dict[str, Any]:
    return {
        "first_name": row.first_name,
        "name": row.name,
        "channel": row.channel,
        "contact": row.contact,
        "brings_device": OWN if row.brings_device else "",
        "residence": row.residence_id,
    }
