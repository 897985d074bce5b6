"""The clauses that an avenant changes, as fields: each parameter with its present value, the usual day, the wording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.committee.models import ProposalClause
from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.following import annex_of
from escale.apps.conventions.models import ANNEX, AvenantClause, Convention
from escale.apps.conventions.queries import annex_on, terms_on
from escale.apps.conventions.terms import write_terms
from escale.apps.territory import clock
from escale.core.convention.model import Model
from escale.core.convention.nodes import Heading, said
from escale.core.convention.terms import ARTICLES, DEFAULTS, Terms
from escale.core.convention.wording import NAMES, VALUES, value_words
from escale.core.planning.agreed import usual_words
from escale.web.steering.conventions.steps import fields, usual
from escale.web.steering.conventions.steps.step import Cleaned, Folded

Kept = AvenantClause | ProposalClause
"""A clause that was written down, of an avenant or of a proposal of the committee."""

TERM = "term_"
UNCHANGED = "Ne change pas"
WORDINGS = 3
"""How many articles may be worded anew at once, beside those that were; another avenant takes the others."""
MOST = 1000


class CountsField(forms.CharField):
    """Some whole numbers: « 6, 12, 24 »."""

    def clean(self, value: Any) -> list[int] | None:
        """Return the numbers."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return [int(one) for one in words.replace(";", ",").split(",")]
        except ValueError:
            raise ValidationError("Écrire des nombres séparés par des virgules, comme « 6, 12, 24 ».") from None


def term_fields(convention: Convention, on: dt.date) -> dict[str, forms.Field]:
    """Return a field for each parameter of the text, empty, with what it is today beside it."""
    return fields_of(terms_on(convention, on))


def fields_of(terms: Terms) -> dict[str, forms.Field]:
    """Return the same for some terms."""
    return {f"{TERM}{name}": _field(name, value_words(name, getattr(terms, name))) for name in DEFAULTS}


def folded_terms(model: Model) -> Folded:
    """Return the parameters below the titles of their articles."""
    titles = dict(articles_of(model))
    articles = dict.fromkeys(ARTICLES.values())
    return tuple(
        (titles.get(one, f"Article {one}"), tuple(f"{TERM}{name}" for name in ARTICLES if ARTICLES[name] == one))
        for one in articles
    )


def wording_fields(model: Model, kept: Sequence[Kept] = ()) -> dict[str, forms.Field]:
    """Return the fields by which articles are worded anew: some free ones, after those that are `kept`."""
    known = articles_of(model)
    added = [one.article for one in kept if one.article not in dict(known)]
    listed = [("", "Aucun"), *known, *((article, f"Article {article} (ajouté)") for article in added)]
    found: dict[str, forms.Field] = {}
    for rank in range(1, max(WORDINGS, len(kept)) + 1):
        found[f"article_{rank}"] = forms.ChoiceField(label="Article", required=False, choices=listed, error_messages=fields.LIST)
        found[f"wording_{rank}"] = fields.words("Nouvelle rédaction", "Elle remplace l’article entier.")
    return found


def typed_of(clauses: Iterable[Kept]) -> dict[str, Any]:
    """Return what one would type to get clauses as they are kept."""
    found: dict[str, Any] = {}
    for rank, clause in enumerate(worded(clauses), start=1):
        found |= {f"article_{rank}": clause.article, f"wording_{rank}": clause.wording}
    for clause in clauses:
        if clause.name == ANNEX:
            found |= usual.usual_initial(clause.new)
        elif clause.name:
            found[f"{TERM}{clause.name}"] = _typed(clause.new)
    return found


def worded(clauses: Iterable[Kept]) -> list[Kept]:
    """Return the clauses that word an article anew."""
    return [clause for clause in clauses if clause.wording]


def articles_of(model: Model) -> Sequence[tuple[str, str]]:
    """Return the articles of the convention: « 5-1 », and how they are titled."""
    titled = [node for node in model.convention.text.nodes if isinstance(node, Heading) and node.id.startswith("article-")]
    return [(node.id.removeprefix("article-"), said(node.words)) for node in titled]


def changes_in(cleaned: Cleaned) -> Iterator[Change]:
    """Yield what was asked to change. Raise ValidationError for a new wording without its article."""
    if cleaned["usual"] is not None:
        yield Change(article="4", name=ANNEX, new=cleaned["usual"])
    for name in DEFAULTS:
        value = cleaned[f"{TERM}{name}"]
        if value not in (None, ""):
            yield Change(article=ARTICLES[name], name=name, new=_kept(value))
    for rank in range(1, sum(key.startswith("wording_") for key in cleaned) + 1):
        article, wording = cleaned[f"article_{rank}"], cleaned[f"wording_{rank}"]
        if wording and not article:
            raise ValidationError({f"article_{rank}": "Dire de quel article c’est la nouvelle rédaction."})
        if article and not wording:
            raise ValidationError({f"wording_{rank}": "Écrire la nouvelle rédaction de cet article."})
        if article:
            yield Change(article=article, wording=wording)


def articles_told(changes: Sequence[Change]) -> str:
    """Return « l’article 4 », « les articles 4, 9 »."""
    articles = list(dict.fromkeys(change.article for change in changes))
    return f"les articles {', '.join(articles)}" if len(articles) > 1 else f"l’article {articles[0]}"


def changes_told(convention: Convention, changes: Sequence[Change]) -> Iterator[str]:
    """Yield what each change makes of the present text: « Préavis de dénonciation : « 2 mois » devient « 3 mois ». »."""
    today = clock.today(convention.epci)
    terms = write_terms(terms_on(convention, today))
    for change in changes:
        if change.name == ANNEX:
            label, before, after = "Jour habituel", _day_words(annex_on(convention, today)), _day_words(change.new)
        elif change.name:
            label, now = NAMES[change.name], terms[change.name]
            before, after = value_words(change.name, now), value_words(change.name, change.new)
        else:
            yield f"Article {change.article} : {'nouvelle rédaction' if change.wording else 'selon le texte déjà rédigé'}."
            continue
        yield f"{label[:1].upper()}{label[1:]} : « {before} » devient « {after} »."


def _day_words(kept: Mapping[str, Any] | None) -> str:
    day = annex_of(dict(kept)) if kept else None
    return usual_words(day.nth, day.window) if day else "aucun"


def _field(name: str, now: str) -> forms.Field:
    label, hint = f"{NAMES[name][:1].upper()}{NAMES[name][1:]}", f"Aujourd’hui : {now}."
    match DEFAULTS[name]:
        case StrEnum() as value:
            listed = [(str(one), words) for one, words in VALUES[type(value)].items()]
            return _choice(label, hint, listed)
        case bool():
            return _choice(label, hint, [("true", "oui"), ("false", "non")])
        case dt.date():
            return fields.day(label, hint)
        case tuple():
            return CountsField(label=label, help_text=hint, required=False)
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=MOST,
        error_messages={"invalid": "Écrire un nombre entier.", "min_value": "Écrire un nombre positif."},
    )


def _choice(label: str, hint: str, listed: list[tuple[str, str]]) -> forms.ChoiceField:
    offered = [("", UNCHANGED), *((key, words[:1].upper() + words[1:]) for key, words in listed)]
    return forms.ChoiceField(label=label, help_text=hint, required=False, choices=offered, error_messages=fields.LIST)


def _typed(value: object) -> object:
    """Return a kept value as its field shows it."""
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(str(one) for one in value)
    return value


def _kept(value: object) -> object:
    """Return a value as JSON keeps it."""
    match value:
        case "true" | "false":
            return value == "true"
        case dt.date():
            return value.isoformat()
    return value
