"""Which half-days a mediator holds: the posts that they occupy on the day itself, for as long as the work on it lasts."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db.models import Exists, OuterRef, Q

from escale.apps.accounts.models import User
from escale.apps.team.models import Occupancy
from escale.apps.territory import clock
from escale.apps.territory.dated import holding

DAYS_AFTER = 30
"""How long after the day a mediator still reads who came."""


def held_by(user: User, *, post: str, date: str) -> Q:
    """Return the condition of what is on a half-day of a mediator; `post` and `date` lead from the row to its half-day."""
    scope = user.scope("booking.hold")
    if not scope.epcis:
        return Q(pk__in=[])
    that_day = cast(dt.date, OuterRef(date))
    mine = Occupancy.objects.filter(
        holding(that_day), mediator__user=user.pk, post=OuterRef(post), post__epci__siren__in=scope.epcis
    )
    recent = {f"{date}__gte": clock.today() - dt.timedelta(days=DAYS_AFTER)}
    return Q(Exists(mine), **recent)


def holds(user: User, *, post: int, day: dt.date) -> bool:
    """Tell whether a mediator holds a post on a day."""
    scope = user.scope("booking.hold")
    rows = Occupancy.objects.filter(holding(day), mediator__user=user.pk, post=post, post__epci__siren__in=scope.epcis)
    return day >= clock.today() - dt.timedelta(days=DAYS_AFTER) and rows.exists()
