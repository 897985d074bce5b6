"""Telephones that receive text messages, read from what people write."""

from __future__ import annotations

import re

OVERSEAS = {
    "0690": "590", "0691": "590", "0694": "594", "0696": "596", "0697": "596", "0692": "262", "0693": "262", "0639": "262",
}  # fmt: skip
"""The country of the mobiles of the overseas départements, by their first digits (plan de numérotation, Arcep)."""
FICTION = "063998"
"""The numbers that the Arcep keeps for fiction are of metropolitan France, although Mayotte has the others in 0639."""

FRENCH_MOBILE = re.compile(r"0[67]\d{8}")
BELGIAN_MOBILE = re.compile(r"\+324[5-9]\d{7}")
"""The neighbours of the Hainaut. Of other countries, nothing tells a mobile from a fixed line."""
OVERSEAS_MOBILE = re.compile(r"\+(590690|590691|594694|596696|596697|262692|262693|262639)\d{6}")


def mobile_number(text: str) -> str | None:
    """Return the number of a mobile as networks write it, such as « +33612345678 »; None for any other line."""
    digits = re.sub(r"[^\d+]", "", text)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if BELGIAN_MOBILE.fullmatch(digits) or OVERSEAS_MOBILE.fullmatch(digits):
        return digits
    if digits.startswith("+33"):
        digits = f"0{digits[3:].removeprefix('0')}"
    if not FRENCH_MOBILE.fullmatch(digits):
        return None
    country = "33" if digits.startswith(FICTION) else OVERSEAS.get(digits[:4], "33")
    return f"+{country}{digits[1:]}"


def masked(number: str) -> str:
    """Return the last two digits of a number: enough for whoever looks for a trace, too little to call."""
    return f"…{number[-2:]}"


def without_numbers(text: str) -> str:
    """Return a text in which whatever could be a telephone is hidden: what a provider answers may repeat it."""
    return re.sub(r"\+?\d(?:[ .-]?\d){5,}", "…", text)
