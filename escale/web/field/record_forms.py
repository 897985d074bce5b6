"""The form of a record: the same names as a device sends, read by the same function."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from escale.apps.activity import labels
from escale.core.activity.parsing import fields_of, parse_record
from escale.core.activity.records import RecordEntry, Refused
from escale.core.activity.vocabulary import USUAL_MINUTES, ActivityKind, Theme
from escale.web.field.words import minutes_words

OFTEN = (
    Theme.PROCEDURES,
    Theme.EMAIL,
    Theme.DEVICE,
    Theme.BROWSING,
    Theme.HEALTH,
    Theme.BANKING,
    Theme.SECURITY,
    Theme.CONTENTS,
)
"""What people come for most, under the thumb; the others of the list are one tap further."""
OF_ONE = ("age", "gender", "status", "is_first_time", "is_solved", "autonomy")
"""What is asked of one person alone."""
SEVERAL = ("themes", "procedures", "devices", "missions")
NO_ANSWER = ("", "Sans réponse")
YES_OR_NO = [("oui", "Oui"), ("non", "Non"), NO_ANSWER]


def one_of(label: str, table: Mapping[Any, str], **given: Any) -> forms.ChoiceField:
    """Return the field of one value of a closed list, that may be left out."""
    choices = [*((str(value), words) for value, words in table.items() if str(value)), NO_ANSWER]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **given)


def some_of(label: str, table: Mapping[Any, str], order: Iterable[StrEnum] = (), **given: Any) -> forms.MultipleChoiceField:
    """Return the field of some values of a closed list, those of `order` first."""
    first = list(order)
    choices = [(str(value), table[value]) for value in [*first, *(value for value in table if value not in first)]]
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget, **given)


def yes_or_no(label: str) -> forms.ChoiceField:
    """Return the field of a question that may be left without answer."""
    return forms.ChoiceField(label=label, choices=YES_OR_NO, required=False, widget=forms.RadioSelect)


def hidden() -> forms.CharField:
    """Return a field that nobody types into."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


class RecordForm(forms.Form):
    """One person. Nothing is required here: `parse_record` says what is, for forms and devices alike."""

    key, version, visit, commune, appointment, asked_at = (hidden() for _ in range(6))
    themes = some_of("Sur quoi ?", labels.THEMES, OFTEN)
    minutes = forms.ChoiceField(
        label="Combien de temps ?",
        required=False,
        choices=[(str(minutes), minutes_words(minutes)) for minutes in USUAL_MINUTES],
        widget=forms.RadioSelect,
    )
    age = forms.ChoiceField(
        label="Quel âge, à peu près ?",
        required=False,
        choices=[(str(value), words) for value, words in labels.AGES.items()],
        widget=forms.RadioSelect,
    )
    procedures = some_of("Quelle démarche ?", labels.PROCEDURES)
    own_minutes = forms.IntegerField(
        label="Autre durée, en minutes", required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    is_first_time = yes_or_no("C’est la première fois ?")
    is_solved = yes_or_no("C’est réglé ?")
    autonomy = one_of("Autonomie", labels.AUTONOMIES)
    posture = one_of("Ce que j’ai fait", labels.POSTURES)
    mandate = one_of("Sous quel mandat", {key: words for key, words in labels.MANDATES.items() if key})
    orientation = one_of("Orientée vers", labels.ORIENTATIONS)
    devices = some_of("Matériel", labels.DEVICES)
    gender = one_of("Genre", labels.GENDERS)
    status = one_of("Situation", labels.STATUSES)
    mode = forms.ChoiceField(label="Comment", choices=list(labels.MODES.items()), required=False, widget=forms.RadioSelect)
    place = one_of("Lieu", labels.PLACES)
    public = forms.ChoiceField(label="Public", choices=list(labels.PUBLICS.items()), required=False, widget=forms.RadioSelect)
    took_pix = yes_or_no("ABC Pix passé ?")
    missions = some_of(
        "Missions de la convention", labels.MISSIONS, help_text="Sans choix, elles sont proposées d’après l’activité."
    )

    first: ClassVar[tuple[str, ...]] = ("themes", "minutes", "age")
    details: ClassVar[tuple[str, ...]] = (
        "procedures",
        "own_minutes",
        "is_first_time",
        "is_solved",
        "autonomy",
        "posture",
        "mandate",
        "orientation",
        "devices",
        "gender",
        "status",
        "mode",
        "place",
        "public",
        "took_pix",
        "missions",
    )
    kind = ActivityKind.INDIVIDUAL

    def __init__(self, data: Any = None, *, now: dt.datetime, initial: Mapping[str, Any]) -> None:
        plain = {"key": str(uuid.uuid4()), "version": "1", "mode": "sur_place", "public": "habitants"}
        super().__init__(data, initial={**plain, **initial})
        self.now = now
        self.entry: RecordEntry | None = None

    def clean(self) -> dict[str, Any]:
        """Read the record; what cannot be stands beside its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            self.entry = parse_record(self._given())
        except Refused as refused:
            for name, why in refused.reasons.items():
                shown = name in self.fields and not self.fields[name].widget.is_hidden
                self.add_error(name if shown else None, why)
        return cleaned

    def _given(self) -> dict[str, Any]:
        data = cast(QueryDict, self.data)
        given: dict[str, Any] = {name: data.get(name) for name in self.fields if name not in SEVERAL}
        given.update({name: data.getlist(name) for name in SEVERAL if name in self.fields})
        return {"kind": self.kind.value, **given, "entered_at": self.now.isoformat()}

    @property
    def opens_details(self) -> bool:
        """Whether the rest of the form is shown at once: something in it was said, or is to be mended."""
        if self.errors:
            return bool(set(self.errors) - set(self.first))
        plain = {"mode": "sur_place", "public": "habitants", "place": "lieu_activite"}
        return any(self.initial.get(name) not in (None, "", [], plain.get(name)) for name in self.details if name != "missions")

    @property
    def opens_themes(self) -> bool:
        """Whether a theme of the second list is chosen."""
        return bool(set(self["themes"].value() or ()) - set(map(str, OFTEN)))

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        """The fields of « plus de détails »."""
        return [self[name] for name in self.details]


class GroupForm(RecordForm):
    """Several people at once: counts, never persons made up to fill them."""

    people = forms.IntegerField(label="Combien de personnes ?", required=False, widget=forms.NumberInput(attrs={"min": 1}))
    known = forms.IntegerField(label="Dont déjà venues", required=False, widget=forms.NumberInput(attrs={"min": 0}))
    level = one_of("Niveau", labels.LEVELS)
    workshop = hidden()
    first = ("people", "themes", "minutes")
    details = ("known", "level", *(name for name in RecordForm.details if name not in OF_ONE))
    kind = ActivityKind.COLLECTIVE

    def __init__(self, data: Any = None, *, now: dt.datetime, initial: Mapping[str, Any]) -> None:
        super().__init__(data, now=now, initial={"people": "2", **initial})
        for name in OF_ONE:
            del self.fields[name]
        for group, table in (("ages", labels.AGES), ("genders", labels.GENDERS), ("statuses", labels.STATUSES)):
            for value, words in table.items():
                widget = forms.NumberInput(attrs={"min": 0})
                self.fields[f"{group}:{value}"] = forms.IntegerField(label=words, required=False, widget=widget)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The counts by age, gender and situation."""
        names = {"ages": "Par tranche d’âge", "genders": "Par genre", "statuses": "Par situation"}
        return [(words, [self[name] for name in self.fields if name.startswith(f"{group}:")]) for group, words in names.items()]


class SupportForm(GroupForm):
    """Support of a commune: its agents, its practices, its collaborative work (art. 3-2)."""

    kind = ActivityKind.SUPPORT

    def __init__(self, data: Any = None, *, now: dt.datetime, initial: Mapping[str, Any]) -> None:
        super().__init__(data, now=now, initial={"people": "1", "public": "agents_communaux", **initial})


FORMS: Mapping[ActivityKind, type[RecordForm]] = {
    ActivityKind.INDIVIDUAL: RecordForm,
    ActivityKind.COLLECTIVE: GroupForm,
    ActivityKind.SUPPORT: SupportForm,
}


def initial_of(entry: RecordEntry) -> dict[str, Any]:
    """Return what the form of a record holds, to write its next version."""
    found: dict[str, Any] = dict(fields_of(entry))
    for name in ("is_first_time", "is_solved", "took_pix"):
        found[name] = {True: "oui", False: "non", None: ""}[found[name]]
    people: dict[str, Any] = found.pop("people")
    found |= {"people": people["total"], "known": people["known"], "version": entry.version + 1}
    for group in ("ages", "genders", "statuses"):
        found |= {f"{group}:{value}": count for value, count in people[group].items()}
    if entry.minutes not in USUAL_MINUTES:
        found |= {"own_minutes": found["minutes"], "minutes": ""}
    return found
