"""Reads the fields of what a form or a telephone sent, and gathers what cannot be read, with a French word for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from escale.core.activity.entries import UNREADABLE
from escale.core.activity.records import People, Refused
from escale.core.activity.vocabulary import AgeBand, Gender, Status

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
MOST_SIGNS = 80
UNKNOWN = "Ce choix n’est pas dans la liste ; en choisir un autre."


class Reader:
    """Reads the fields of one dict, and gathers what cannot be read; what it returns counts only when nothing was refused."""

    def __init__(self, given: object) -> None:
        self.fields: Mapping[str, Any] = given if isinstance(given, dict) else {}
        self.reasons: dict[str, str] = {}

    def refuse(self) -> None:
        """Raise Refused when something could not be read."""
        if self.reasons:
            raise Refused(self.reasons)

    def raw(self, name: str) -> Any:
        """Return a field as it was given."""
        return self.fields.get(name)

    def maybe(self, name: str, read: Callable[..., Any], *sort: Any) -> Any:
        """Read a field that may be left out."""
        return None if self.raw(name) in (None, "") else read(name, *sort)

    def uuid(self, name: str) -> UUID:
        """Read an identifier."""
        try:
            return UUID(self.raw(name))
        except (AttributeError, TypeError, ValueError):
            return self._wrong(name, UNREADABLE, UUID(int=0))

    def moment(self, name: str) -> dt.datetime:
        """Read a moment with its zone."""
        try:
            found = dt.datetime.fromisoformat(self.raw(name))
            # Near the ends of time no offset can be added.
            aware = found.tzinfo is not None and 2000 <= found.year <= 2999
        except (TypeError, ValueError):
            aware = False
        return found if aware else self._wrong(name, UNREADABLE, dt.datetime(2000, 1, 1, tzinfo=dt.UTC))

    def number(self, name: str, default: int | None = None) -> int:
        """Read a whole number."""
        given = self.raw(name)
        if given in (None, ""):
            return default if default is not None else self._wrong(name, "Donner un nombre.", 1)
        if isinstance(given, bool) or not isinstance(given, int | str) or not str(given).strip().lstrip("-").isdecimal():
            return self._wrong(name, "Donner un nombre, en chiffres.", 1)
        found = int(str(given).strip()[:10])
        return found if abs(found) < 2**31 else self._wrong(name, "Ce nombre est trop grand.", 1)

    def truth(self, name: str) -> bool:
        """Read yes or no, as JSON or as a form writes it."""
        found = {"true": True, "oui": True, "false": False, "non": False}.get(str(self.raw(name)).lower())
        return self._wrong(name, "Répondre par oui ou par non.", False) if found is None else found  # noqa: FBT003 -- no answer

    def time(self, name: str) -> dt.time:
        """Read an hour of the day as a form writes it."""
        try:
            found = dt.time.fromisoformat(self.raw(name))
        except (TypeError, ValueError):
            return self._wrong(name, "Donner une heure, comme 9:00.", dt.time())
        return found if found.tzinfo is None else self._wrong(name, UNREADABLE, dt.time())

    def text(self, name: str, most: int = MOST_SIGNS) -> str:
        """Read a few letters, such as the name of something that is kept elsewhere."""
        given = self.raw(name)
        if given is None:
            return ""
        if not isinstance(given, str) or len(given) > most or not given.isprintable():
            return self._wrong(name, UNREADABLE, "")
        return given.strip()

    def choice(self, name: str, sort: type[E], default: E | None = None) -> E:
        """Read one of a closed list."""
        given = self.raw(name)
        if given in (None, "") and default is not None:
            return default
        try:
            return sort(given)
        except ValueError:
            return self._wrong(name, UNKNOWN, next(iter(sort)))

    def choices(self, name: str, sort: type[E]) -> frozenset[E]:
        """Read some of a closed list."""
        given = self.raw(name) or []
        if not isinstance(given, Sequence) or isinstance(given, str):
            return self._wrong(name, UNKNOWN, frozenset[E]())
        try:
            return frozenset(sort(value) for value in given)
        except ValueError:
            return self._wrong(name, UNKNOWN, frozenset[E]())

    def people(self) -> People:
        """Read how many people of each sort came."""
        given = self.raw("people")
        if given is None:
            return People()
        if isinstance(given, int | str):
            return Reader(_nested(self.fields)).people_into(self.reasons)
        if not isinstance(given, dict):
            return self._wrong("people", UNREADABLE, People())
        return self.people_into(self.reasons)

    def people_into(self, reasons: dict[str, str]) -> People:
        """Read the same where it stands in a dict of its own; what cannot be read goes into `reasons`."""
        inner = Reader(self.raw("people"))
        people = People(
            total=inner.number("total"),
            known=inner.maybe("known", inner.number),
            ages=inner.counts("ages", AgeBand),
            genders=inner.counts("genders", Gender),
            statuses=inner.counts("statuses", Status),
        )
        reasons.update({"people" if name == "total" else name: why for name, why in inner.reasons.items()})
        return people

    def counts(self, name: str, sort: type[E]) -> dict[E, int]:
        """Read a number of people for each of a closed list; those without anyone are left out."""
        given = self.raw(name) or {}
        if not isinstance(given, dict):
            return self._wrong(name, UNREADABLE, {})
        inner = Reader(given)
        found = {value: inner.number(value, default=0) for value in sort}
        if inner.reasons or set(given) - set(sort):
            return self._wrong(name, "Donner un nombre de personnes pour chaque ligne.", {})
        return {value: count for value, count in found.items() if count}

    def _wrong(self, name: str, why: str, instead: T) -> T:
        self.reasons[name] = why
        return instead


def _nested(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the people of a form as JSON nests them: it writes « ages:soixante_dix_plus » where JSON has a dict."""
    found: dict[str, Any] = {"total": fields.get("people"), "known": fields.get("known")}
    for name in ("ages", "genders", "statuses"):
        found[name] = {key.removeprefix(f"{name}:"): given for key, given in fields.items() if key.startswith(f"{name}:")}
    return {"people": found}
