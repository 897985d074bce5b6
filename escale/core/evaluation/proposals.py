"""Sentences proposed for the synthesis of each criterion (art. 6), drawn from its figures alone: someone reads them through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from escale.core.evaluation.definitions import DEFINITIONS, Definition, Family
from escale.core.evaluation.measures import Measure, State
from escale.core.evaluation.wording import joined

NOTHING = "Aucun chiffre de ce critère n’est connu sur la période."


def proposed(
    family: Family, measures: Mapping[str, Measure], *, standing: str = "", evolutions: Mapping[str, str] | None = None
) -> str:
    """Return a synthesis of one criterion, a line for each sentence; `standing` is how a commune stands among the others (N)."""
    return "\n".join(_sentences(family, measures, standing, evolutions or {})) or NOTHING


def _sentences(family: Family, measures: Mapping[str, Measure], standing: str, evolutions: Mapping[str, str]) -> Iterator[str]:
    of_family = [(one, measures[one.code]) for one in DEFINITIONS if one.family is family and one.code in measures]
    for definition, measure in of_family:
        if measure.state is State.KNOWN:
            yield sentence(definition, measure.words)
    if family is Family.NUMBER and standing:
        yield f"À côté des autres communes, selon son nombre d’habitants : {standing}."
    yield from (f"{evolutions[one.code]}." for one, _ in of_family if one.code in evolutions)
    for state, words in (
        (State.NOT_DUE, "Rien n’était dû"),
        (State.MASKED, "Trop peu de personnes pour le publier"),
        (State.MISSING, "Donnée absente"),
    ):
        if labels := [_inside(one) for one, measure in of_family if measure.state is state]:
            yield f"{words} : {joined(labels)}."


def sentence(definition: Definition, words: str) -> str:
    """Return what is told of an indicator as a sentence, with its article."""
    begun, article = f"{words[:1].upper()}{words[1:]}", f"art. {definition.article})"
    if "art. " in words:
        return f"{begun}."
    return f"{begun[:-1]} ; {article}." if begun.endswith(")") else f"{begun} ({article}."


def _inside(definition: Definition) -> str:
    """Return a label inside a sentence; an acronym keeps its capitals."""
    label = definition.label
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
