"""The text of an avenant: the one that the model holds ready, else the one that its changes make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from escale.apps.conventions.following import annex_of as kept_day
from escale.apps.conventions.models import ANNEX, Avenant, AvenantClause, Convention, Party
from escale.apps.conventions.papers.planning import annexed_planning, place_of
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.papers.values import act_of, values_of, with_room
from escale.apps.conventions.queries import terms_on
from escale.apps.territory.queries import hours_at
from escale.core.convention.annex import AnnexedPlanning, annex_of, usual_day_words
from escale.core.convention.avenant_text import PLACEHOLDERS, AvenantWords, ClauseChange, avenant_text
from escale.core.convention.consolidated import changed_articles
from escale.core.convention.filling import MissingValuesError, fill, missing_from
from escale.core.convention.model import Model, ModelText
from escale.core.convention.nodes import Heading, said
from escale.core.convention.placeholders import Placeholder, Value
from escale.core.convention.terms import DEFAULTS, AvenantEffect
from escale.core.convention.text import Text
from escale.core.convention.wording import NAMES, value_words
from escale.core.documents.tree import Document, Section

DRAFT = "projet"
USUAL_DAY = "jour habituel de la commune"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The text of an avenant with its blanks, what fills them, and what is still missing, in French."""

    text: Text
    declared: Mapping[str, Placeholder]
    values: Mapping[str, Value]
    missing: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyAvenant:
    """An avenant that a model holds ready: its number, its purpose, the articles of the convention that it changes."""

    number: int
    purpose: str
    articles: tuple[str, ...]


def avenant_document(avenant: Avenant, *, on: dt.date, as_voted: bool = False) -> Document:
    """Return the text of an avenant. Raise MissingValuesError with all that is missing.

    A draft says that it is one, unless it is made `as_voted`. Until both assemblies have voted, the numbers and the dates of
    their acts are left open, to be written in.
    """
    found = avenant_filling(avenant, on=on)
    if found.missing:
        raise MissingValuesError(found.missing)
    own = "" if avenant.frozen_on or as_voted else DRAFT
    return fill(
        found.text,
        found.declared,
        found.values,
        issuer=model_of(avenant.convention).issuer,
        date=on,
        status=" – ".join(words for words in (found.status, own) if words),
        annexes=_annexes(avenant, on),
    )


def avenant_filling(avenant: Avenant, *, on: dt.date) -> Filling:
    """Return what an avenant says and what it lacks."""
    convention, model = avenant.convention, model_of(avenant.convention)
    ready = ready_text(avenant)
    changes = changes_of(avenant, on)
    text = ready.text if ready else avenant_text(_words(avenant, changes, model, on))
    declared = {**PLACEHOLDERS, **model.placeholders}
    values = values_of(convention, avenant=avenant, on=on)
    if not all(act_of(convention, party, avenant) for party in Party):
        values = with_room(declared, values)
    unknown = tuple(
        f"« {slot.written} » : champ inconnu, dans la rédaction d’un article" for slot in text.slots if slot.name not in declared
    )
    silent = tuple(
        f"Nouvelle rédaction de l’article {change.article}" for change in changes if not ready and not change.says_something
    )
    missing = (*silent, *(unknown or missing_from(text, declared, values)))
    return Filling(text=text, declared=declared, values=values, missing=missing, status=ready.status if ready else "")


def ready_text(avenant: Avenant) -> ModelText | None:
    """Return the text that the model holds ready for an avenant: that of its number, when the avenant has its purpose."""
    text = model_of(avenant.convention).texts.get(f"avenant-{avenant.number}")
    return text if text is not None and text.label == f"Avenant n° {avenant.number} : {avenant.purpose}" else None


def ready_purpose(model: Model, number: int) -> str:
    """Return the purpose by which an avenant takes the text that the model holds ready; empty when it holds none."""
    ready = ready_avenant(model, number)
    return ready.purpose if ready else ""


def ready_avenant(model: Model, number: int) -> ReadyAvenant | None:
    """Return the avenant that the model holds ready under a number."""
    text = model.texts.get(f"avenant-{number}")
    if text is None:
        return None
    purpose = text.label.removeprefix(f"Avenant n° {number} : ")
    return ReadyAvenant(number=number, purpose=purpose, articles=changed_articles(text.text))


def changes_of(avenant: Avenant, on: dt.date) -> list[ClauseChange]:
    """Return what an avenant changes, article by article, in words."""
    base = {heading.id.removeprefix("article-") for heading in model_of(avenant.convention).convention.text.headings}
    return [_change(avenant.convention, clause, base, on) for clause in avenant.clauses.all()]


def _change(convention: Convention, clause: AvenantClause, base: set[str], on: dt.date) -> ClauseChange:
    change = ClauseChange(
        article=clause.article, wording=clause.wording, is_new=clause.article not in base and clause.name != ANNEX
    )
    if clause.name == ANNEX:
        before, after = (_day_words(convention, kept, on) for kept in (clause.old, clause.new))
        return replace(change, label=USUAL_DAY, before=before, after=after, replaces_annex=True)
    if clause.name in DEFAULTS:
        before, after = (value_words(clause.name, value) for value in (clause.old, clause.new))
        return replace(change, label=NAMES[clause.name], before=before, after=after)
    return change


def _day_words(convention: Convention, kept: dict[str, object] | None, on: dt.date) -> str:
    if not kept:
        return ""
    day = kept_day(kept)
    words = usual_day_words(day.nth, day.window, hours_at(convention.epci, place_of(convention, (), on), day.window.half))
    return words[0].lower() + words[1:]


def _words(avenant: Avenant, changes: list[ClauseChange], model: Model, on: dt.date) -> AvenantWords:
    title = next(node for node in model.convention.text.nodes if isinstance(node, Heading) and node.level == 1)
    return AvenantWords(
        number=avenant.number,
        purpose=avenant.purpose.rstrip(" ."),
        convention=said(title.words),
        issuer=model.issuer,
        changes=changes,
        effect=AvenantEffect(terms_on(avenant.convention, on).avenant_effect),
        stated_on=avenant.stated_on,
        is_retroactive=avenant.is_retroactive,
    )


def _annexes(avenant: Avenant, on: dt.date) -> tuple[Section, ...]:
    """Return the planning that takes the place of the annexed one, when the avenant changes the usual day."""
    clause = next((clause for clause in avenant.clauses.all() if clause.name == ANNEX and clause.new), None)
    planning = annexed_planning(avenant.convention, on) if clause else None
    if clause is None or planning is None:
        return ()
    words = _day_words(avenant.convention, clause.new, on)
    changed = AnnexedPlanning(usual_day=words[0].upper() + words[1:], place=planning.place)
    return (annex_of(changed),)
