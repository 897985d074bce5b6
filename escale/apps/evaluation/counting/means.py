"""The means that the EPCI promises to all communes alike: posts that are held, mediators who are habilitated (art. 3-2 and 7)."""

from __future__ import annotations

import datetime as dt

from escale.apps.evaluation.counting.spans import Span
from escale.apps.obligations.means import means_of
from escale.apps.team.models import Occupancy
from escale.apps.territory.catalogue import FTE_REQUIRED
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.core.evaluation.counts import Ratio

ONE_DAY = dt.timedelta(days=1)


def staffed_days(epci: Epci, span: Span) -> Ratio | None:
    """Return the days on which the posts that someone holds reach what was promised (F7); None when no post is described."""
    rows = list(Occupancy.objects.filter(post__epci=epci).select_related("post"))
    days = (span.until - span.starts).days + 1
    if not rows or days < 1:
        return None
    required, enough = value_of(epci, FTE_REQUIRED), 0
    for day in (span.starts + number * ONE_DAY for number in range(days)):
        held = {row.post for row in rows if row.holds_on(day) and row.post.holds_on(day)}
        enough += sum(post.quotite for post in held) >= required
    return Ratio(part=enough, whole=days)


def certified(epci: Epci, span: Span) -> Ratio | None:
    """Return the mediators in post on the last day who are habilitated (F8); None when nobody wrote of habilitations."""
    means = means_of([epci.pk], span.until)[epci.pk]
    if not means.tells_habilitations:
        return None
    return Ratio(part=sum(line.is_valid for line in means.people), whole=len(means.people))
