"""The letters of a text message: the basic alphabet of GSM 03.38, in which one message holds 160 of them."""

from __future__ import annotations

import re
import unicodedata

MOST = 160
"""Units of one message; a longer text would be cut into parts, each paid for."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
"""These take two units: a sign that announces them, and themselves."""

WRITTEN = {
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": "", "»": "", "–": "-", "—": "-", "‑": "-", "−": "-",
    "…": "...", "œ": "oe", "Œ": "OE", "·": ".", "•": "-", "°": "o", "×": "x", "ç": "c", "\t": " ",
}  # fmt: skip
"""How signs of French typography are written in it; accents that it lacks are left out."""


def to_gsm(text: str) -> str:
    """Return a text in the letters of a text message: « Forêt » becomes « Foret », « 9 h » keeps a plain space.

    Signs that nothing stands for are left out. Spaces that follow each other are one.
    """
    return re.sub(r" +", " ", "".join(_written(sign) for sign in text)).strip()


def gsm_length(text: str) -> int:
    """Return how many units a text takes. Raise ValueError for a sign that is not of the alphabet."""
    strange = sorted(set(text) - BASIC - EXTENDED)
    if strange:
        raise ValueError(f"not of the alphabet of a text message: {''.join(strange)}")
    return sum(2 if sign in EXTENDED else 1 for sign in text)


def fits(text: str) -> bool:
    """Tell whether a text, once written in this alphabet, is one message."""
    return gsm_length(to_gsm(text)) <= MOST


def _written(sign: str) -> str:
    if sign in BASIC or sign in EXTENDED:
        return sign
    if sign in WRITTEN:
        return WRITTEN[sign]
    if unicodedata.category(sign) == "Zs":
        return " "
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if part in BASIC or part in EXTENDED)
