"""The parts of the page of a convention: its two parties today, the clauses of its text, its originals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import Convention, Signatory
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.queries import avenants_in_force
from escale.apps.conventions.succession import heir_of
from escale.apps.territory.models import Premises, Referent
from escale.core.calendar.french import date_words
from escale.core.convention.faults import ModelError
from escale.core.convention.model import Model, Note
from escale.core.convention.parties import Party
from escale.core.convention.terms import ARTICLES

if TYPE_CHECKING:
    from escale.web.journeys import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyToday:
    """A party of a convention on a day: who signs for it, and for a commune who is the référent and where people are received."""

    name: str
    signatory: Signatory | None
    referents: Sequence[Referent] = ()
    premises: Sequence[Premises] = ()
    is_commune: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOriginal:
    """One of the two originals."""

    number: int
    holder: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that the text fixes: its article, how it is read, and the avenant that changed it since."""

    article: str
    reading: str
    changed: str = ""


def parties_today(visitor: Visitor, convention: Convention, on: dt.date) -> tuple[PartyToday, PartyToday]:
    """Return both parties; names of people are shown to those who may see them."""
    today = heir_of(convention.commune, on)
    in_office = Signatory.objects.visible_to(visitor.user).filter(epci=convention.epci)
    signing = {one.commune_id: one for one in in_office if one.holds_on(on)}
    referents = Referent.objects.visible_to(visitor.user).filter(commune=today).in_charge_on(on)
    return (
        PartyToday(name=str(convention.epci), signatory=signing.get(None)),
        PartyToday(
            name=str(convention.commune),
            signatory=signing.get(today.pk),
            referents=list(referents),
            premises=list(Premises.objects.visible_to(visitor.user).filter(commune=convention.commune).open_on(on)),
            is_commune=True,
        ),
    )


def text_of(convention: Convention) -> Model | None:
    """Return the model that a convention was made from; None when its folder is gone."""
    try:
        return model_of(convention)
    except ModelError:
        return None


def clauses_of(convention: Convention, model: Model | None, on: dt.date) -> list[Clause]:
    """Return what the text fixes, article by article, with what the avenants in force have made of it."""
    if model is None:
        return []
    changed: dict[str, str] = {}
    for avenant in avenants_in_force(convention, on):
        for clause in avenant.clauses.all():
            what = f" : {_value_words(clause.new)} au lieu de {_value_words(clause.old)}" if clause.name in ARTICLES else ""
            changed[clause.name or clause.article] = f"changé par l’avenant n° {avenant.number}{what}"
    return [
        Clause(
            article=f"art. {ARTICLES[source.name]}",
            reading=source.reading,
            changed=changed.get(source.name, changed.get(ARTICLES[source.name], "")),
        )
        for source in sorted(model.sources.values(), key=lambda source: _rank(ARTICLES[source.name]))
    ]


def originals_of(convention: Convention) -> list[ShownOriginal]:
    """Return the originals whose place is known."""
    return [
        ShownOriginal(number=one.number, holder=PARTIES[Party(one.holder)], place=one.place) for one in convention.originals.all()
    ]


def notes_of(model: Model | None) -> tuple[Note, ...]:
    """Return the known faults of the text, which was voted as it is."""
    return model.notes if model else ()


def _rank(article: str) -> tuple[int, ...]:
    return tuple(int(part) for part in article.split("-"))


def _value_words(value: object) -> str:
    match value:
        case None:
            return "rien"
        case bool():
            return "oui" if value else "non"
        case list():
            return ", ".join(str(one) for one in value)
        case str():
            try:
                return date_words(dt.date.fromisoformat(value))
            except ValueError:
                return value
    return str(value)
