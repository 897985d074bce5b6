"""The team of a service: posts that last, the mediators who hold them one after the other, and what insures them."""

from escale.apps.team.models.insurance import Insurance
from escale.apps.team.models.people import Leave, LeaveKind, Mediator, Occupancy
from escale.apps.team.models.posts import Post, WeeklyTemplate

__all__ = ["Insurance", "Leave", "LeaveKind", "Mediator", "Occupancy", "Post", "WeeklyTemplate"]
