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


class EvaluationScope(StrEnum):
    """What the evaluations of art. 6 look at: each convention, the service as a whole, or both, as « le service » may be read."""

    PER_CONVENTION = "PER_CONVENTION"
    DISPOSITIF = "DISPOSITIF"
    BOTH = "BOTH"

    @property
    def of_each(self) -> bool:
        """Whether each convention has its own."""
        return self is not EvaluationScope.DISPOSITIF

    @property
    def of_all(self) -> bool:
        """Whether the whole territory has one."""
        return self is not EvaluationScope.PER_CONVENTION
