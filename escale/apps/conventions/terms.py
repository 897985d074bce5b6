"""The parameters of a text as they are kept: JSON that reads back as it was written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from escale.core.convention.terms import ARTICLES, DEFAULTS, Terms


def write_terms(terms: Terms) -> dict[str, Any]:
    """Return the parameters as JSON values."""
    return {name: _written(getattr(terms, name)) for name in DEFAULTS}


def read_terms(written: Mapping[str, Any]) -> Terms:
    """Return the parameters that were written; raise TermsError for one that cannot be."""
    return terms_of(json.dumps(written))


@lru_cache(maxsize=512)
def terms_of(text: str) -> Terms:
    """Return the same from their JSON; thousands of conventions share a few texts."""
    return Terms(**{name: read_value(name, value) for name, value in json.loads(text).items()})


def differing(some: Terms, others: Terms) -> list[str]:
    """Return the names of the parameters that are not the same, in the order of the articles."""
    return [name for name in ARTICLES if getattr(some, name) != getattr(others, name)]


def read_value(name: str, value: object) -> Any:
    """Return one value as its parameter takes it: a date is a text in JSON."""
    return dt.date.fromisoformat(value) if isinstance(DEFAULTS[name], dt.date) and isinstance(value, str) else value


def _written(value: object) -> object:
    match value:
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case str():
            return str(value)
    return value
