"""Repair of a published plan: illness, a closed room, a commune that joins, a visit moved by hand, a vacant post."""

from escale.core.planning.repair.disruption import Absence, ByHand, Closure, Disruption, Joining
from escale.core.planning.repair.outcome import REDUCED_SERVICE_RULE, Move, Repair, WithoutMakeUp
from escale.core.planning.repair.repair import repair

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
    "repair",
]
