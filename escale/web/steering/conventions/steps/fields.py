"""The fields that the steps of a convention share: days, files, choices; each says what to do when it is not well filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from escale.apps.documents.contents import FileKind
from escale.apps.documents.uploads import MOST_MEGABYTES, PAPERS, Upload, accepted_names, kinds_words, read_upload
from escale.web.days import DayField

E = TypeVar("E", bound=StrEnum)

LIST = {"invalid_choice": "Choisir dans la liste.", "required": "Choisir dans la liste."}


def day(label: str, hint: str = "", *, required: str = "") -> DayField:
    """Return the field of a date; `required` is what is told when it is missing."""
    return DayField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": "Cette date n’existe pas ; écrire par exemple 30/04/2027."},
    )


def text(label: str, hint: str = "", *, required: str = "", most: int = 200) -> forms.CharField:
    """Return the field of some words on one line."""
    told = {"required": required, "max_length": f"C’est trop long : {most} signes au plus."}
    return forms.CharField(label=label, help_text=hint, required=bool(required), max_length=most, error_messages=told)


def words(label: str, hint: str = "", *, required: str = "") -> forms.CharField:
    """Return the field of some sentences."""
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, help_text=hint, required=bool(required), widget=area, error_messages={"required": required}
    )


def choice(
    label: str, labels: Mapping[E, str], hint: str = "", *, empty: str = "", radio: bool = False
) -> forms.TypedChoiceField:
    """Return the field of one value of an enumeration; with `empty`, none may be chosen and that is how it is told."""
    kinds = {type(value) for value in labels}
    [kind] = kinds
    offered: list[tuple[str, str]] = [(value.value, _begin(said)) for value, said in labels.items()]
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        required=not empty,
        choices=[("", empty), *offered] if empty else offered,
        coerce=kind,
        empty_value=None,
        widget=forms.RadioSelect if radio else forms.Select,
        error_messages=LIST,
    )


def narrow(field: forms.Field, labels: Mapping[E, str]) -> None:
    """Offer some values of a choice alone."""
    if isinstance(field, forms.ChoiceField):
        field.choices = [(value.value, _begin(said)) for value, said in labels.items()]


OLD_DATE = ("Une date remonte à plus de trente jours", ("proof",))
"""What folds up, with the title that it has."""


def proof() -> forms.CharField:
    """Return the field of the proof that an old date asks for."""
    return text("Pièce qui la prouve", "Par exemple : « extrait du registre des délibérations ».")


class PaperField(forms.FileField):
    """A file, judged by its content; it comes out as an Upload."""

    def __init__(self, label: str, hint: str = "", *, required: str = "", kinds: tuple[FileKind, ...] = PAPERS) -> None:
        self.kinds = kinds
        super().__init__(
            label=label,
            help_text=f"{hint} {_begin(kinds_words(kinds))}, {MOST_MEGABYTES} Mo au plus.".strip(),
            required=bool(required),
            allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": accepted_names(kinds)}),
            error_messages={"required": required},
        )

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        """Return the file that was given, read and judged. Raise ValidationError for one that is not taken."""
        given = super().clean(data, initial)
        if not given:
            return None
        try:
            return read_upload(given, kinds=self.kinds)
        except ValidationError as refusal:
            raise ValidationError(refusal.error_dict["file"]) from refusal


class RowField(forms.ChoiceField):
    """One of some rows, which the form offers once it knows them; `told` says each in words."""

    def __init__(self, label: str, told: Callable[[Any], str], hint: str = "", *, radio: bool = False) -> None:
        widget = forms.RadioSelect if radio else forms.Select
        super().__init__(label=label, help_text=hint, error_messages=LIST, widget=widget)
        self.told = told
        self.rows: dict[str, Model] = {}

    def offer(self, rows: Sequence[Model], *, none: str = "") -> None:
        """Let one of these rows be chosen, or none of them when that has words."""
        self.rows = {str(row.pk): row for row in rows}
        listed = [(key, _begin(self.told(row))) for key, row in self.rows.items()]
        self.choices = [("", none), *listed] if none else listed
        self.required = not none

    def clean(self, value: Any) -> Model | None:
        """Return the row that was chosen."""
        return self.rows.get(super().clean(value))


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]
