"""A small model of convention to break in one place, and the values that fill it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from escale.core.convention.faults import ModelError
from escale.core.convention.loading import read_model
from escale.core.convention.model import Model
from escale.core.convention.placeholders import Gender, Signatory, Value
from escale.core.convention.terms import DEFAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A commune whose name elides."""

    full: str = "Oisy"

    @property
    def de(self) -> str:
        return f"d’{self.full}"

    @property
    def at(self) -> str:
        return f"à {self.full}"


MAIRE = Signatory(name="Anne DURAND", title="Maire", gender=Gender.FEMININE)
VALUES: dict[str, Value] = {"commune": Named(), "voted_on": dt.date(2025, 3, 1), "maire": MAIRE, "number": "2025-12"}

CONVENTION = """{{ logo }}

# CONVENTION

::: subtitle
ENTRE NOUS ET LA COMMUNE {{ commune.DE }}
:::

Vu la délibération n° {{ number }} du {{ voted_on }} de la commune {{ commune.de }},

## Article 1er : But {#article-1}

La **Commune** s’engage :

- à ouvrir :
  - un bureau ;
  - une salle ;
- à nommer un référent.

## Article 2 : Durée {#article-2}

### Article 2-1 : Terme {#article-2-1}

Jusqu’au 30 juin 2026, par {{ maire.name }}, {{ maire.title }}, dûment {{ maire: autorisé / autorisée }}.

---

Fait le {{ signed_on }}

::: signature
**Pour la Commune {{ commune.de }}**
{{ maire.name }}
:::
"""

HEAD = """[model]
id = "essai"
label = "Essai"
issuer = "Un EPCI"
siren = "200000000"

[texts.convention]
file = "convention.md"
label = "Convention"

[placeholders.commune]
kind = "commune"
label = "Commune"

[placeholders.number]
kind = "number"
label = "Numéro"

[placeholders.voted_on]
kind = "date"
label = "Date du vote"

[placeholders.maire]
kind = "signatory"
label = "Maire"

[placeholders.signed_on]
kind = "date"
label = "Signature"
required = false

[placeholders.logo]
kind = "image"
label = "Logo"
required = false
"""


def _toml(value: object) -> str:
    if value is None:
        return "open = true"
    if isinstance(value, bool):
        return f"value = {str(value).lower()}"
    if isinstance(value, str):
        return f'value = "{value}"'
    return f"value = {list(value) if isinstance(value, tuple) else value}"


TERMS = "\n".join(
    f'[{name}]\n{_toml(value)}\narticle = "article-2-1"\nquote = "Jusqu’au 30 juin 2026"\nreading = "Ainsi."\n'
    for name, value in DEFAULTS.items()
)

NOTES = """[[notes]]
id = "salle"
article = "article-1"
quote = "une salle"
fault = "Trop vague."
proposal = "Dire laquelle."
"""

FILES = {"convention.md": CONVENTION, "model.toml": HEAD, "terms.toml": TERMS, "notes.toml": NOTES}


def model(**changed: str) -> Model:
    """Read the model, some of its files changed: `model(convention=…)`."""
    return read_model(FILES | {_file(name): text for name, text in changed.items()})


def faults(file: str, old: str, new: str) -> list[str]:
    """Return what is said when some words of a file are others."""
    assert old in FILES[file]
    with pytest.raises(ModelError) as refused:
        read_model(FILES | {file: FILES[file].replace(old, new, 1)})
    return [str(fault) for fault in refused.value.faults]


def line_of(file: str, words: str) -> int:
    """Return the line where some words stand first."""
    return FILES[file][: FILES[file].index(words)].count("\n") + 1


def _file(name: str) -> str:
    return "convention.md" if name == "convention" else f"{name}.toml"
