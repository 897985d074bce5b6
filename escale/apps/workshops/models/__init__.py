"""Rows of workshops: when and where they are, whom and what they take, and who comes."""

from escale.apps.workshops.models.holds import Hold, led_by
from escale.apps.workshops.models.places import Place, Registration, RegistrationQuerySet
from escale.apps.workshops.models.workshops import Workshop, WorkshopQuerySet

__all__ = ["Hold", "Place", "Registration", "RegistrationQuerySet", "Workshop", "WorkshopQuerySet", "led_by"]
