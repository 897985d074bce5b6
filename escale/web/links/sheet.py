"""The whole sheet of a mairie as one form: half-days, dates, places with their rooms; each error beside its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from escale.apps.schedule.models import Market
from escale.apps.schedule.sheets import PlaceSheet, RoomSheet, Sheet, days_between, periods_of
from escale.core.calendar.halfdays import Window
from escale.web.links.forms import PeriodForm, WishForm
from escale.web.links.places import PlaceForm, RoomForm, place_initial, room_initial

SPARE_PERIODS = 2
MOST = 12
"""Parts of one kind that a sheet may have; a form that was not ours may ask for more."""

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePart:
    """A place of the sheet with its rooms; a spare one is folded until something is written there."""

    number: int
    form: PlaceForm
    rooms: list[RoomForm]

    @property
    def is_new(self) -> bool:
        """Whether the place is not known yet."""
        return self.form.empty_permitted

    @property
    def is_said(self) -> bool:
        """Whether something is said of the place."""
        return not self.is_new or self.form.has_changed() or any(room.has_changed() for room in self.rooms)

    @property
    def spare_rooms(self) -> list[RoomForm]:
        """The rooms after the first one that nothing is said of."""
        return [room for room in self.rooms[1:] if room.empty_permitted and not room.has_changed()]

    @property
    def shown_rooms(self) -> list[RoomForm]:
        """The rooms that are not folded."""
        return [room for room in self.rooms if room not in self.spare_rooms]


class SheetForm:
    """Many small forms that are filled, judged and shown as one."""

    def __init__(
        self, known: Sheet, *, service: Iterable[Window], first: dt.date, last: dt.date, typed: Typed | None = None
    ) -> None:
        self.typed = typed
        self.wish = WishForm(typed, service=service, initial=_wish_initial(known))
        periods = periods_of(known.closed_days)
        self.periods = [
            self._period(number, periods[number] if number < len(periods) else None, first, last)
            for number in range(self._count("dates-{}-starts", len(periods) + SPARE_PERIODS))
        ]
        rows: list[PlaceSheet | None] = [*known.places, None]
        self.places = [
            self._place(number, rows[number] if number < len(rows) else None)
            for number in range(self._count("lieu-{}-name", len(rows)))
        ]

    def is_valid(self) -> bool:
        """Judge every part, and say what is wrong beside each field."""
        valid = [form.is_valid() for form in self._forms()]
        for place in self.places:
            if place.is_said and not place.form.cleaned_data and not place.form.errors:
                place.form.add_error("name", "Donner le nom du lieu où se trouve cette salle.")
        _refuse_two_firsts([place.form for place in self.places], "Un seul lieu peut être le premier choix.")
        for place in self.places:
            _refuse_two_firsts(place.rooms, "Une seule salle peut être le premier choix.")
        return all(valid) and not self.faults

    @property
    def sheet(self) -> Sheet:
        """What was typed, once it is valid."""
        typed = self.wish.cleaned_data
        places = [
            (place.form, place.form.place(_ordered((room, room.room) for room in place.rooms if room.cleaned_data)))
            for place in self.places
            if place.form.cleaned_data
        ]
        return Sheet(
            impossible=frozenset(map(Window.parse, typed["impossible"])),
            wished=frozenset(map(Window.parse, typed["wished"])),
            market=Window.parse(typed["market"]) if typed["market"] else None,
            market_effect=Market(typed["market_effect"]),
            closed_days=days_between(period for form in self.periods if (period := form.period)),
            comment=typed["comment"],
            places=_ordered(iter(places)),
        )

    def show(self, refusal: ValidationError) -> None:
        """Put what the action refused beside the fields of the part that it is about."""
        errors = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.error_list}
        for name, found in errors.items():
            form, field = self._place_of(name)
            form.add_error(field, ValidationError(found))

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """The identifier of each field that is wrong, its label and its first error, in the order of the page."""
        return [
            (_anchor(form[name]), str(form[name].label).rstrip(" :"), str(errors[0]))
            for form in self._forms()
            for name, errors in form.errors.items()
            if name in form.fields
        ]

    @property
    def general_errors(self) -> list[str]:
        """What concerns no field."""
        return [str(error) for error in self.wish.non_field_errors()]

    def _forms(self) -> Iterator[forms.Form]:
        yield self.wish
        yield from self.periods
        for place in self.places:
            yield place.form
            yield from place.rooms

    def _place_of(self, name: str) -> tuple[forms.Form, str | None]:
        if name == "closed_days":
            return self.periods[0], "starts"
        prefix, _, field = name.rpartition("-")
        for form in self._forms():
            if (form.prefix or "") == prefix and field in form.fields:
                return form, field
        return self.wish, name if name in self.wish.fields else None

    def _count(self, name: str, shown: int) -> int:
        """Return how many parts there are: as many as were sent, whatever is known by now."""
        if self.typed is None:
            return shown
        return next((number for number in range(MOST) if name.format(number) not in self.typed), MOST) or shown

    def _period(self, number: int, known: tuple[dt.date, dt.date] | None, first: dt.date, last: dt.date) -> PeriodForm:
        initial = {"starts": known[0], "ends": known[1] if known[1] != known[0] else None} if known else {}
        return PeriodForm(self.typed, prefix=f"dates-{number}", first=first, last=last, initial=initial)

    def _place(self, number: int, known: PlaceSheet | None) -> PlacePart:
        prefix = f"lieu-{number}"
        is_new = not self.typed.get(f"{prefix}-known") if self.typed is not None else known is None
        form = PlaceForm(
            self.typed,
            prefix=prefix,
            initial={} if is_new or known is None else place_initial(known),
            empty_permitted=is_new,
            use_required_attribute=False,
        )
        _only_after_the_first(form, number)
        rows: list[RoomSheet | None] = [*(known.rooms if known else ()), None]
        count = self._count(prefix + "-salle-{}-name", len(rows))
        rooms = [self._room(prefix, n, rows[n] if n < len(rows) else None) for n in range(count)]
        return PlacePart(number=number, form=form, rooms=rooms)

    def _room(self, place: str, number: int, known: RoomSheet | None) -> RoomForm:
        prefix = f"{place}-salle-{number}"
        is_new = not self.typed.get(f"{prefix}-known") if self.typed is not None else known is None
        form = RoomForm(
            self.typed,
            prefix=prefix,
            initial={} if is_new or known is None else room_initial(known),
            empty_permitted=is_new,
            use_required_attribute=False,
        )
        _only_after_the_first(form, number)
        return form


def _wish_initial(known: Sheet) -> dict[str, Any]:
    return {
        "impossible": [str(window) for window in known.impossible],
        "wished": [str(window) for window in known.wished],
        "market": str(known.market or ""),
        "market_effect": known.market_effect.value,
        "comment": known.comment,
    }


def _only_after_the_first(form: forms.Form, number: int) -> None:
    """Leave out « this is the one that we prefer » of what stands first already."""
    if number == 0:
        del form.fields["first"]


def _ordered(parts: Iterator[tuple[forms.Form, Any]]) -> tuple[Any, ...]:
    """Return parts with the one that is preferred at the front, the others as they stand."""
    return tuple(part for _, part in sorted(parts, key=lambda pair: not pair[0].cleaned_data.get("first")))


def _refuse_two_firsts(several: Iterable[forms.Form], message: str) -> None:
    chosen = [form for form in several if form.cleaned_data.get("first")]
    for form in chosen[1:]:
        form.add_error("first", message)


def _anchor(field: forms.BoundField) -> str:
    """Return where a link leads to a field: to the first box of a group."""
    several = field.widget_type in {"radioselect", "checkboxselectmultiple"}
    return f"{field.auto_id}_0" if several else str(field.auto_id)
