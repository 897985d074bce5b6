"""What a guided step is: the question that it asks, when it is offered, and the one action that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from escale.apps.conventions.models import Convention
from escale.apps.territory import clock
from escale.core.convention.life import Situation, State
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps.fields import RowField

Cleaned = dict[str, Any]
Folded = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that stand together; those with a title fold up."""

    title: str
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        """Whether something in it was filled in or is wrong."""
        return any(bound.errors or bound.value() for bound in self.fields)


class StepForm(forms.Form):
    """The fields of a step. It knows the convention and who asks, so that `prepare` may fill its lists.

    Files are asked last, beside the button that confirms: until then `cleaned_data` holds None for them. `folded` names what few
    need, below a title that opens. `others` are the same question about something else: its words, and its address.
    """

    folded: ClassVar[Folded] = ()

    def __init__(
        self, data: Any = None, files: Any = None, *, convention: Convention, visitor: Visitor, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, files, initial=dict(initial))
        self.convention, self.visitor = convention, visitor
        self.today = clock.today(convention.epci)
        self.fixed: Cleaned = {}
        self.known: list[str] = []
        self.others: list[tuple[str, str]] = []
        self._needed_files: list[forms.Field] = []
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the convention: lists to choose from, fields that it does not need."""

    def offer(self, name: str, rows: Sequence[Model], *, none: str = "") -> None:
        """Let one of some rows be chosen, or with `none` none of them; what leaves no choice is not asked."""
        field = self.fields[name]
        if not isinstance(field, RowField):
            raise TypeError(name)
        if len(rows) + bool(none) == 1:
            self.fix(name, rows[0] if rows else None, told=field.told(rows[0]) if rows else "")
        else:
            field.offer(rows, none=none)

    def fix(self, name: str, value: object, *, told: str = "") -> None:
        """Answer a question for whoever is not asked it; `told` says what was answered."""
        self.fields.pop(name, None)
        self.fixed[name] = value
        if told:
            self.known.append(f"{told[:1].upper()}{told[1:]}")

    def clean(self) -> Cleaned:
        """Add what was not asked."""
        return {**(super().clean() or self.cleaned_data), **self.fixed}

    def folds(self) -> Folded:
        """Return the fields that fold up, below their titles."""
        return self.folded

    @property
    def groups(self) -> list[Group]:
        """The fields that are not files: what everyone is asked, then what folds up."""
        folds = self.folds()
        named = {name for _, names in folds for name in names}
        asked = [bound for bound in self.questions if bound.name not in named]
        groups = [Group(title=title, fields=[self[name] for name in names if name in self.fields]) for title, names in folds]
        return [Group(title="", fields=asked), *(group for group in groups if group.fields)]

    @property
    def files_asked(self) -> list[forms.BoundField]:
        """The files, asked once the rest is known."""
        return [self[name] for name, field in self.fields.items() if isinstance(field, forms.FileField)]

    @property
    def questions(self) -> list[forms.BoundField]:
        """All that is not a file."""
        return [self[name] for name, field in self.fields.items() if not isinstance(field, forms.FileField)]

    def put_off_files(self) -> None:
        """Ask for no file yet."""
        self._needed_files = [bound.field for bound in self.files_asked if bound.field.required]
        for field in self._needed_files:
            field.required = False

    def ask_files(self) -> None:
        """Ask for the files that were put off, saying which ones are needed."""
        for field in self._needed_files:
            field.required = True

    def add_error(self, field: str | None, error: Any) -> None:
        """Tell an error beside its field, as French writes it."""
        found = error if isinstance(error, ValidationError) else ValidationError(error)
        if not hasattr(found, "error_dict"):
            told = [(one.messages[0], one.code) for one in found.error_list]
            found = ValidationError([ValidationError(f"{words[:1].upper()}{words[1:]}", code=code) for words, code in told])
        super().add_error(field, found)


Perform = Callable[[Visitor, Convention, Cleaned], str]
"""Take the step; return what was done, in a French sentence. Raise ValidationError with what is refused, by field."""


def _nothing(*_: object) -> dict[str, Any]:
    return {}


def _silent(*_: object) -> Sequence[str]:
    return ()


def _always(*_: object) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One guided step. `name` is its address; `title` the words of the link to it and of its button, a verb first.

    `states` are those in which it is offered (none: in all), and `when` what else has to hold. `hints` say what it is for, with
    the article. `forecast` adds sentences on what nobody knows yet, and `lacks` names what has to be filled in before.
    """

    name: str
    title: str
    question: str
    form: type[StepForm]
    perform: Perform
    states: tuple[State, ...] = ()
    permission: str = "conventions.manage"
    when: Callable[[Convention, Situation, Visitor], bool] = _always
    initial: Callable[[Convention], Mapping[str, Any]] = _nothing
    forecast: Callable[[Convention, Cleaned], Sequence[str]] = _silent
    lacks: Callable[[Convention], Sequence[str]] = _silent
    hints: tuple[str, ...] = ()

    def offered(self, convention: Convention, situation: Situation, visitor: Visitor) -> bool:
        """Tell whether the step may be taken now, by whoever looks."""
        return visitor.user.may(self.permission, convention) and self.suits(convention, situation, visitor)

    def suits(self, convention: Convention, situation: Situation, visitor: Visitor) -> bool:
        """Tell whether the step may be taken now, by someone who holds its permission."""
        return (
            (not self.states or situation.state in self.states)
            and convention.archived_on is None
            and self.when(convention, situation, visitor)
        )
