"""Visits of the tests of pages, on a civil day that stands still."""

from __future__ import annotations

import datetime as dt

from escale.apps.team.models import Post
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from tests.web.cast import Cast

TODAY = dt.date(2026, 11, 23)
"""A Monday."""


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def make_visit(
    cast: Cast,
    commune: Commune,
    date: dt.date,
    half: str = "AM",
    *,
    post: Post | None = None,
    origin: tuple[dt.date, str] | None = None,
    state: str = "planned",
) -> Visit:
    """Return a published visit, made by the post of Camille unless another one is named; `origin` says that it was moved."""
    origin_date, origin_half = origin or (date, half)
    return Visit.objects.create(
        epci=cast.epci,
        commune=commune,
        post=post or cast.camille.occupancies.get().post,
        date=date,
        half=half,
        for_month=f"{origin_date:%Y-%m}",
        origin_date=origin_date,
        origin_half=origin_half,
        sequence=int(origin is not None),
        state=state,
    )
