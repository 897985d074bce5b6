"""The typeface of the documents, and what becomes of the signs that it lacks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

FACES = ("Regular", "Bold")
LACKING = "?"
"""What stands for a sign that the typeface lacks: with PDF/UA, Typst refuses a document in which a sign cannot be seen."""
NEAR = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2043": "-", "→": ">", "←": "<", "✓": "x", "\t": " ", "\n": " ", "\r": " "})


def folder() -> Path:
    """Return the folder of the TTF files, in the package that brings them."""
    return Path(str(files("fontpkg_atkinson_hyperlegible").joinpath("files")))


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    # Imported here: a process that makes no document has no use for it.
    from fontTools.ttLib import TTFont

    shown: set[int] | None = None
    for face in FACES:
        with TTFont(folder() / f"AtkinsonHyperlegible-{face}.ttf") as font:
            signs = set(font.getBestCmap())
        shown = signs if shown is None else shown & signs
    # The narrow no-break space is a space: Typst makes it from the ordinary one.
    return frozenset(shown or ()) | {0x202F}


def showable(text: str) -> str:
    """Return a text of which every sign can be seen: an accent goes rather than its letter, an emoji becomes « ? ».

    What steers the direction of a text or hides inside it goes as well.
    """
    signs = _signs()
    kept = []
    for sign in unicodedata.normalize("NFC", text).translate(NEAR):
        if ord(sign) in signs:
            kept.append(sign)
        elif unicodedata.category(sign) not in {"Cc", "Cf", "Mn", "Me"}:
            bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if ord(part) in signs)
            kept.append(bare or LACKING)
    return "".join(kept)
