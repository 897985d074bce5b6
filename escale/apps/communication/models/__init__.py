"""The log of what both parties did: to make the service known, and for the EPCI to coordinate it (art. 3-1 and 3-2)."""

from escale.apps.communication.models.coordination import CoordinationAction, CoordinationQuerySet
from escale.apps.communication.models.log import ActionQuerySet, CommunicationAction, Medium

__all__ = ["ActionQuerySet", "CommunicationAction", "CoordinationAction", "CoordinationQuerySet", "Medium"]
