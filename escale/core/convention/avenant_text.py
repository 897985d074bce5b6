"""The text of an avenant that no model holds: its articles say, one after the other, what changes in the convention (art. 8)."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from escale.core.calendar.french import date_words
from escale.core.convention.placeholders import Kind, Placeholder
from escale.core.convention.terms import AvenantEffect
from escale.core.convention.text import Text, parse

FILE = "avenant"
SPECIAL = re.compile(r"([\\*#{}\[\]_<>`|-])")
HEADING = re.compile(r"#{1,6} +(?P<words>.*?)(?: *\{#[^}]*\})? *")

PLACEHOLDERS: Mapping[str, Placeholder] = {
    one.name: one
    for one in (
        Placeholder(name="commune", kind=Kind.COMMUNE, label="Nom de la commune"),
        Placeholder(name="commune_signatory", kind=Kind.SIGNATORY, label="Signataire de la commune"),
        Placeholder(name="epci_signatory", kind=Kind.SIGNATORY, label="Signataire de l’EPCI"),
        Placeholder(name="signed_on", kind=Kind.DATE, label="Date de signature", required=False),
        Placeholder(name="convention_notified_on", kind=Kind.DATE, label="Date de notification de la convention"),
        Placeholder(
            name="avenant_commune_deliberation_number",
            kind=Kind.NUMBER,
            label="Numéro de la délibération du conseil municipal sur l’avenant",
            after_vote=True,
        ),
        Placeholder(
            name="avenant_commune_deliberation_date",
            kind=Kind.DATE,
            label="Date de la délibération du conseil municipal sur l’avenant",
            after_vote=True,
        ),
        Placeholder(
            name="avenant_epci_organ",
            kind=Kind.TEXT,
            label="Organe de l’EPCI qui approuve l’avenant (Bureau communautaire, Conseil communautaire)",
            after_vote=True,
        ),
        Placeholder(
            name="avenant_epci_deliberation_number",
            kind=Kind.NUMBER,
            label="Numéro de la délibération de l’EPCI sur l’avenant",
            after_vote=True,
        ),
        Placeholder(
            name="avenant_epci_deliberation_date",
            kind=Kind.DATE,
            label="Date de la délibération de l’EPCI sur l’avenant",
            after_vote=True,
        ),
    )
}
"""The blanks of an avenant, for a model that declares none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """One thing that changes: an article reworded or added (`wording`, in Markdown), or what it fixes, from `before` to `after`.

    `label` names what changes in words; `is_new` says that the convention has no such article yet, `replaces_annex` that another
    planning is annexed.
    """

    article: str
    label: str = ""
    before: str = ""
    after: str = ""
    wording: str = ""
    is_new: bool = False
    replaces_annex: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it can be written."""
        return bool(self.wording.strip() or (self.label and self.after))


@dataclass(frozen=True, slots=True, kw_only=True)
class AvenantWords:
    """What an avenant says: its number and purpose, the convention that it changes, its changes, and from when it counts."""

    number: int
    purpose: str
    convention: str
    issuer: str
    changes: Sequence[ClauseChange]
    effect: AvenantEffect = AvenantEffect.NOTIFICATION
    stated_on: dt.date | None = None
    is_retroactive: bool = False


def avenant_text(words: AvenantWords) -> Text:
    """Return the text of an avenant, with its blanks."""
    return parse(FILE, "\n\n".join(_lines(words)))


def escaped(text: str) -> str:
    """Return a text that people typed so that none of its signs means anything, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def plain_wording(wording: str) -> str:
    """Return a wording whose titles are bold lines, and which closes nothing: paragraphs and lists only."""
    kept = []
    for line in wording.splitlines():
        found = HEADING.fullmatch(line)
        if found:
            kept += ["", f"**{found['words']}**", ""]
        elif line.strip() != "---" and not line.startswith(":::"):
            kept.append(line)
    return "\n".join(kept).strip()


def _place_of(change: ClauseChange) -> list[int]:
    """Return the place of an article among the others: 4, 5-1, 5-2, 10; the annex comes after them."""
    parts = change.article.split("-")
    return [int(part) for part in parts] if all(part.isdecimal() for part in parts) else [sys.maxsize]


def titled_wording(wording: str) -> tuple[str, str]:
    """Return the title that a wording begins with, if it does, and what follows."""
    first, _, rest = wording.strip().partition("\n")
    found = HEADING.fullmatch(first)
    return (found["words"], plain_wording(rest)) if found else ("", plain_wording(wording))


def change_words(change: ClauseChange) -> str:
    """Return « préavis de dénonciation : « 2 mois » devient « 3 mois » »."""
    if change.before:
        return f"{change.label} : « {change.before} » devient « {change.after} »"
    return f"{change.label} : « {change.after} »"


def _lines(words: AvenantWords) -> Iterator[str]:
    yield f"# AVENANT N° {words.number} À LA {escaped(words.convention)}"
    yield f"::: subtitle\nENTRE {escaped(words.issuer).upper()} ET LA COMMUNE {{{{ commune.DE }}}}\n:::"
    yield "Vu la convention notifiée le {{ convention_notified_on }}, et notamment son article 8,"
    yield (
        "Vu la délibération n° {{ avenant_epci_deliberation_number }} du {{ avenant_epci_organ }} de "
        f"{escaped(words.issuer)} en date du {{{{ avenant_epci_deliberation_date }}}},"
    )
    yield (
        "Vu la délibération n° {{ avenant_commune_deliberation_number }} du Conseil municipal de la commune "
        "{{ commune.de }} en date du {{ avenant_commune_deliberation_date }},"
    )
    yield f"Entre **{escaped(words.issuer)}**, représentée par {_signer('epci')},"
    yield f"et **la Commune {{{{ commune.de }}}}**, représentée par {_signer('commune')},"
    yield "il est convenu ce qui suit."
    yield "## Article 1er : Objet {#avenant-article-1}"
    yield f"Le présent avenant a pour objet : {escaped(words.purpose)}."
    number = 1
    for article, some in groupby(sorted(words.changes, key=_place_of), key=lambda change: change.article):
        number += 1
        yield from _article(number, article, list(some))
    yield f"## Article {number + 1} : Entrée en vigueur {{#avenant-article-{number + 1}}}"
    yield f"{_effect_words(words)} Les autres stipulations de la convention ne changent pas."
    yield "---"
    yield "Fait en deux exemplaires originaux, le {{ signed_on }}"
    yield _signature(f"Pour {escaped(words.issuer)}", "epci")
    yield _signature("Pour la Commune {{ commune.de }}", "commune")


def _article(number: int, article: str, changes: list[ClauseChange]) -> Iterator[str]:
    is_new = any(change.is_new for change in changes)
    title = f"Article {article} ajouté à la convention" if is_new else f"Modification de l’article {article}"
    yield f"## Article {number} : {title} {{#avenant-article-{number}}}"
    for change in changes:
        if not change.wording.strip():
            continue
        if is_new:
            yield f"Il est ajouté à la convention un article {article}, ainsi rédigé :"
        else:
            yield f"L’article {article} de la convention est remplacé par le texte suivant :"
        yield plain_wording(change.wording)
    if fixed := [change for change in changes if change.after]:
        yield f"Dans l’article {article} de la convention :"
        ends = [*[" ;" for _ in fixed[1:]], "."]
        yield "\n".join(f"- {_change_words(change)}{end}" for change, end in zip(fixed, ends, strict=True))
    if any(change.replaces_annex for change in changes):
        yield "Le planning annexé à la convention est remplacé par celui qui est annexé au présent avenant."


def _change_words(change: ClauseChange) -> str:
    return escaped(change_words(change))


def _effect_words(words: AvenantWords) -> str:
    if words.stated_on:
        back = ", y compris pour le temps écoulé avant sa signature" if words.is_retroactive else ""
        return f"Le présent avenant prend effet le {date_words(words.stated_on)}{back}."
    if words.effect is AvenantEffect.LAST_SIGNATURE:
        return "Le présent avenant prend effet à la dernière des deux signatures."
    return "Le présent avenant prend effet à compter de la date de sa notification."


def _signer(party: str) -> str:
    name = f"{party}_signatory"
    agreed = f"{{{{ {name}: autorisé / autorisée }}}}"
    return f"{{{{ {name}.name }}}}, {{{{ {name}.title }}}}, dûment {agreed} à cet effet"


def _signature(party: str, name: str) -> str:
    return f"::: signature\n**{party}**\n**{{{{ {name}_signatory.name }}}}**\n**{{{{ {name}_signatory.title }}}}**\n:::"
