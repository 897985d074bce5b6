"""What a free text says of an address or a telephone, when it says it without a doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.messaging.mobiles import mobile_number

TOWN = re.compile(r"[\s,;–-]*(?<!BP )(?<!CS )\b(\d{5})\b(?!.*\b\d{5}\b).*$", re.DOTALL)
"""« , 59135 Wallers » at the end of an address; the number of a box at the post office is no postal code."""
OVERSEAS = {"0590": "590", "0594": "594", "0596": "596", "0262": "262", "0263": "262", "0269": "262"}
"""The country of the fixed lines of the overseas départements, by their first digits (plan de numérotation, Arcep)."""
NATIONAL = re.compile(r"0[1-9]\d{8}")
INTERNATIONAL = re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}")
"""The numbers that the national schema of places takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a place is in its commune, and the postal code; each is empty when it is not known for certain."""

    street: str
    postal_code: str

    @property
    def is_whole(self) -> bool:
        """Whether a letter would arrive."""
        return bool(self.street and self.postal_code)


def read_address(text: str, postal_codes: Sequence[str]) -> Address:
    """Return the street, and the postal code: the one that the text ends with, else the only one of the commune."""
    town = TOWN.search(text)
    street = " ".join(TOWN.sub("", text).split())
    code = town[1] if town else (postal_codes[0] if len(postal_codes) == 1 else "")
    return Address(street=street, postal_code=code)


def international(text: str) -> str:
    """Return a telephone as « +33353010010 »; empty when it is none that the national schema takes."""
    digits = re.sub(r"[^\d+]", "", text)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    found = mobile_number(text) or digits
    if NATIONAL.fullmatch(found):
        found = f"+{OVERSEAS.get(found[:4], '33')}{found[1:]}"
    return found if INTERNATIONAL.fullmatch(found) else ""
