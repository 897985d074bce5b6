"""Names of communes in French: with their article, after « de » and « à », sorted without the article, and searched.

Nothing here guesses at display. What a commune is called is data; `propose` only fills it in the first time.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.territory.areas import department_of


class Article(StrEnum):
    """The article that belongs to the name of a commune."""

    NONE = ""
    LE = "Le"
    LA = "La"
    LES = "Les"
    ELIDED = "L’"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """The name of a commune: « La Sentinelle » is the article LA and the bare name « Sentinelle ».

    `elides` says « d’Oisy » rather than « de Oisy »; it is read for a name without an article.
    `contracts` says that the article melts into the preposition, « du Quesnoy », « des Lilas », « de la Sentinelle »;
    otherwise the name stands as it is: « de La Sentinelle ».
    """

    bare: str
    article: Article = Article.NONE
    elides: bool = False
    contracts: bool = False

    def __post_init__(self) -> None:
        if not self.bare.strip():
            raise ValueError("Le nom de la commune est vide ; l’écrire sans son article.")
        if self.article and self.elides:
            raise ValueError(f"« {self.full} » : un nom qui a un article ne s’élide pas après « de ».")
        if self.contracts and not self.article:
            raise ValueError(f"« {self.full} » : sans article, rien ne se contracte.")

    @property
    def full(self) -> str:
        """The name as it is read alone: « La Sentinelle », « Oisy »."""
        return _joined(self.article, self.bare)

    @property
    def de(self) -> str:
        """The name after « de »: « d’Oisy », « de La Sentinelle », « du Quesnoy »."""
        if self.contracts:
            return _joined({"Le": "du", "Les": "des", "La": "de la", "L’": "de l’"}[self.article], self.bare)
        return _joined("d’" if self.elides else "de", self.full)

    @property
    def at(self) -> str:
        """The name after « à »: « à Oisy », « à La Sentinelle », « au Quesnoy »."""
        if self.contracts:
            return _joined({"Le": "au", "Les": "aux", "La": "à la", "L’": "à l’"}[self.article], self.bare)
        return _joined("à", self.full)

    @property
    def sort_key(self) -> str:
        """The key that sorts names without their article and without accents."""
        return normalised(self.bare)

    @property
    def search(self) -> str:
        """The name as it is searched: « la sentinelle », whatever the accents and the case of the question."""
        return normalised(self.full)


def normalised(text: str) -> str:
    """Return a text without accents, case, ligatures or punctuation, for sorting and searching.

    A column holds it, since LIKE and lower() of SQLite know nothing but ASCII.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(letter if letter.isalnum() else " " for letter in folded if not unicodedata.combining(letter))
    return " ".join(letters.split())


def strange_signs(name: str) -> str:
    """Return the signs of a name that no commune has: what writes marks in a text has no place in one."""
    kept = (sign for sign in name if not (sign.isalnum() or unicodedata.combining(sign) or sign in " -‑’'().,/·"))
    return "".join(dict.fromkeys(kept))


def address_of(name: str) -> str:
    """Return a name as an address writes it: « La Sentinelle » is « la-sentinelle »."""
    return normalised(name).replace(" ", "-")


def addresses_of(names: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each commune, by its INSEE code.

    A name that stands twice takes its département, and its code where the département has it twice. `names` holds every
    commune of each name, by code: what one of them is called depends on the others.
    """
    bare = {code: address_of(name) for code, name in names.items()}
    twice = {address for address, count in Counter(bare.values()).items() if count > 1}
    told = {code: f"{address}-{department_of(code).lower()}" if address in twice else address for code, address in bare.items()}
    again = {address for address, count in Counter(told.values()).items() if count > 1}
    return {code: f"{bare[code]}-{code.lower()}" if address in again else address for code, address in told.items()}


def propose(name: str) -> PlaceName:
    """Split a name as INSEE writes it, and propose its forms.

    « Le » and « Les » contract, as grammar asks; « La » and « L’ » stay as they are written. Nobody can tell from the
    letters whether an H is aspirate: « de » is proposed for it, and `is_doubtful` says that someone has to look.
    """
    article, bare = _split(" ".join(name.replace("'", "’").split()))
    return PlaceName(
        bare=bare,
        article=article,
        elides=not article and _starts_with_vowel(bare),
        contracts=article in {Article.LE, Article.LES},
    )


def is_doubtful(name: PlaceName) -> bool:
    """Tell whether the proposed form has to be looked at: a name without an article that begins with an H."""
    return not name.article and name.sort_key.startswith("h")


def _split(name: str) -> tuple[Article, str]:
    for article in (Article.LES, Article.LE, Article.LA):
        if name.startswith(f"{article} "):
            return article, name.removeprefix(f"{article} ")
    if name.startswith(Article.ELIDED):
        return Article.ELIDED, name.removeprefix(Article.ELIDED)
    return Article.NONE, name


def _starts_with_vowel(bare: str) -> bool:
    key = normalised(bare).replace(" ", "")
    # « d’Yvetot » and « d’Y », but « de Yutz »: before a vowel, Y is a consonant.
    return key[:1] in set("aeiou") or (key[:1] == "y" and key[1:2] not in set("aeiou"))


def _joined(first: str, rest: str) -> str:
    return f"{first}{rest}" if not first or first.endswith("’") else f"{first} {rest}"
