"""Half-days of a mediator in a commune, what was made ready for them, how they were held, and what was missing."""

from escale.apps.visits.models.life import Cancellation, Holding, Preparation
from escale.apps.visits.models.points import Point
from escale.apps.visits.models.visit import Visit, VisitQuerySet
from escale.core.visits.life import VisitState

__all__ = ["Cancellation", "Holding", "Point", "Preparation", "Visit", "VisitQuerySet", "VisitState"]
