"""Choices that the text leaves open and that each EPCI makes: how strong a signature has to be, when a référent is named."""

from __future__ import annotations

from enum import StrEnum


class SignatureLevel(StrEnum):
    """How a text is signed, from the weakest to the strongest after paper, by the levels of eIDAS."""

    PAPER = "PAPIER"
    SES = "SES"
    AES = "AES"
    AES_QC = "AES_QC"
    QES = "QES"


def is_strong_enough(level: SignatureLevel, least: SignatureLevel) -> bool:
    """Tell whether a signature reaches a level; paper always does, and nothing electronic is asked where paper is the least."""
    if SignatureLevel.PAPER in {level, least}:
        return True
    order = list(SignatureLevel)
    return order.index(level) >= order.index(least)


class ReferentDue(StrEnum):
    """When the commune has named its référent (art. 3-1 sets no day)."""

    SIGNATURE = "SIGNATURE"
    EFFECT = "EFFECT"
    EFFECT_PLUS_15D = "EFFECT_PLUS_15D"
