"""Repair of a published plan: illness, a closed room, a commune that joins, a visit moved by hand, a vacant post.

What is asked and what is answered stand here, light enough for a page; `repair.repair` answers, and loads the compiler.
"""

from escale.core.planning.repair.disruption import Absence, ByHand, Closure, Disruption, Joining
from escale.core.planning.repair.outcome import REDUCED_SERVICE_RULE, Move, Repair, WithoutMakeUp

__all__ = [
    "REDUCED_SERVICE_RULE",
    "Absence",
    "ByHand",
    "Closure",
    "Disruption",
    "Joining",
    "Move",
    "Repair",
    "WithoutMakeUp",
]
