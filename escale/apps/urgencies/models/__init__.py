"""First-level technical urgencies (art. 4): what a commune asks, and each step until it was told how it ends."""

from escale.apps.urgencies.models.requests import Request, RequestQuerySet, Step

__all__ = ["Request", "RequestQuerySet", "Step"]
