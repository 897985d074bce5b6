"""Move conventions from one model of text to another: what differs, what may be moved, what each assembly must vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.folders import shipped_folder
from escale.apps.conventions.models import Authorisation, Convention, Outcome, Party
from escale.apps.conventions.papers.texts import model_named
from escale.apps.conventions.queries import course_of, recorded, state_of, terms_on
from escale.apps.conventions.terms import differing, write_terms
from escale.apps.territory.models import Epci
from escale.core.calendar.french import date_words
from escale.core.convention.avenants import next_number
from escale.core.convention.dates import ONE_DAY
from escale.core.convention.life import RUNNING
from escale.core.convention.model import CONVENTION
from escale.core.convention.nodes import Heading
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import ARTICLES
from escale.core.convention.wording import NAMES, value_words

ARTICLE = "article-"


class Way(StrEnum):
    """How a convention goes from one model to another."""

    AVENANT = "avenant"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that two models say otherwise: a parameter with both values, or the words of an article."""

    article: str
    words: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    """One convention that may be moved, or the reason why not, with what to do; `votes` is what each party has to vote."""

    convention: Convention
    refusal: str
    votes: Mapping[Party, str]


def differences_between(source: str, target: str) -> list[Difference]:
    """Return what two models say otherwise, in the order of their articles."""
    before, after = model_named(source).terms, model_named(target).terms
    found = [
        Difference(
            article=ARTICLES[name],
            words=NAMES[name],
            old=value_words(name, getattr(before, name)),
            new=value_words(name, getattr(after, name)),
        )
        for name in differing(before, after)
    ]
    told = {difference.article for difference in found}
    found += [
        Difference(article=article, words="rédaction de l’article")
        for article in _reworded(source, target)
        if article not in told
    ]
    return sorted(found, key=lambda difference: _rank(difference.article))


def changes_to(convention: Convention, target: str, on: dt.date) -> list[Change]:
    """Return what an avenant changes for a convention to say on a day what a model says."""
    after = model_named(target).terms
    written = write_terms(after)
    reworded = _reworded(convention.model, target)
    changes: list[Change] = []
    for name in differing(terms_on(convention, on), after):
        article = ARTICLES[name]
        changes.append(Change(article=article, name=name, new=written[name], wording=reworded.pop(article, "")))
    changes += [Change(article=article, wording=wording) for article, wording in reworded.items()]
    return sorted(changes, key=lambda change: _rank(change.article))


def move_lines(epci: Epci, source: str, target: str, way: Way, on: dt.date) -> list[MoveLine]:
    """Return the conventions of a model that run on a day, and for each one whether it may be moved."""
    rows = recorded(Convention.objects.filter(epci=epci, model=source, notified_on__isnull=False)).prefetch_related("followed_by")
    running = [convention for convention in rows if state_of(convention, on).state in RUNNING]
    covered = _covered(running)
    return [
        MoveLine(
            convention=convention,
            refusal=refusal_of(convention, target, way, on),
            votes=_votes(convention, target, way, covered),
        )
        for convention in running
    ]


def refusal_of(convention: Convention, target: str, way: Way, on: dt.date) -> str:
    """Return why a convention cannot be moved on a day, with what to do; nothing when it can."""
    if way is Way.AVENANT:
        if not changes_to(convention, target, on):
            return "cette convention dit déjà ce que dit ce modèle"
        return ""
    if any(other.abandoned_on is None for other in convention.followed_by.all()):
        return "une autre convention lui fait déjà suite ; ouvrir celle-ci"
    if convention.ends_on is None:
        return _goes_on(convention, on)
    starts, term = convention.ends_on + ONE_DAY, model_named(target).terms.initial_term_end
    if term < starts:
        return f"le terme de ce modèle, le {date_words(term)}, précède le {date_words(starts)} ; choisir un autre modèle"
    return ""


def _goes_on(convention: Convention, on: dt.date) -> str:
    """Say how to give an end to a convention that is renewed by itself (art. 5-1 and 5-2)."""
    agreed = "ou s’accorder par écrit sur un dernier jour (art.\u00a05-2)"
    try:
        course = course_of(convention, on)
        period = course.period_on(on) if course else None
    except RefusedError:
        period = None
    if period is None:
        return f"elle n’a pas de dernier jour ; la dénoncer, {agreed}"
    if on > period.last_day_to_denounce:
        return (
            f"elle se reconduit d’elle-même après le {date_words(period.end)}, et le dernier jour pour la dénoncer est passé ; "
            f"attendre la période suivante, {agreed}"
        )
    return (
        f"elle se reconduit d’elle-même après le {date_words(period.end)} ; notifier une dénonciation au plus tard le "
        f"{date_words(period.last_day_to_denounce)}, {agreed}"
    )


def _votes(convention: Convention, target: str, way: Way, covered: dict[tuple[int, str], str]) -> dict[Party, str]:
    number = next_number([avenant.number for avenant in convention.avenants.all()])
    label = model_named(target).label
    what = f"l’avenant n°\u00a0{number}" if way is Way.AVENANT else f"la nouvelle convention (« {label} »)"
    acts = {party: covered.get((convention.pk, party.value)) if way is Way.AVENANT else None for party in Party}
    return {
        party: f"rien de nouveau, la délibération n°\u00a0{act} vaut pour les avenants"
        if act
        else f"approuver {what} et autoriser sa signature"
        for party, act in acts.items()
    }


def _covered(conventions: Sequence[Convention]) -> dict[tuple[int, str], str]:
    """Return the number of the act that covers the avenants of each convention, by its key and party."""
    rows = Authorisation.objects.filter(
        convention__in=[convention.pk for convention in conventions], covers_avenants=True, act__outcome=Outcome.ADOPTED.value
    )
    return {(convention, party): number for convention, party, number in rows.values_list("convention", "party", "act__number")}


def _reworded(source: str, target: str) -> dict[str, str]:
    """Return the articles whose words differ, with their words in the target: Markdown, as in its file."""
    before, after = _wordings(source), _wordings(target)
    return {article: words for article, words in after.items() if before.get(article) != words}


def _wordings(name: str) -> dict[str, str]:
    """Return the words of each article of a model, those of the articles inside it left out."""
    text = model_named(name).texts[CONVENTION].text
    source = (shipped_folder() / name / text.file).read_text(encoding="utf-8").splitlines()
    headings = [node for node in text.nodes if isinstance(node, Heading)]
    ends = [heading.line - 1 for heading in headings[1:]] + [len(source)]
    return {
        heading.id.removeprefix(ARTICLE): words
        for heading, end in zip(headings, ends, strict=True)
        if heading.id.startswith(ARTICLE) and (words := "\n".join(source[heading.line : end]).strip())
    }


def _rank(article: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in article.split("-"))
