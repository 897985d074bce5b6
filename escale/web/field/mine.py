"""Which half-days are a mediator's, and how the pages of one are opened: never kept by a browser, sealed on the own device."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import reduce, wraps
from operator import or_

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from escale.apps.activity.models import ActivitySource, Source
from escale.apps.team.models import Occupancy
from escale.apps.territory.dated import Dated
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.web.field.offline.owner import kept_on_device
from escale.web.journeys import Journey, View, Visitor, enter
from escale.web.stops import Stop, stops_of


def visits_of(visitor: Visitor) -> VisitQuerySet:
    """Return the visits of the posts that the person holds, while they hold them."""
    held = Occupancy.objects.filter(mediator__user=visitor.user, post__epci=visitor.epci)
    mine = reduce(or_, [Q(post=row.post_id) & _while(row) for row in held], Q(pk__in=[]))
    return Visit.objects.visible_to(visitor.user).filter(mine)


def stop_of(visitor: Visitor, uid: uuid.UUID) -> Stop:
    """Return a half-day of the team: two mediators may hold one together. Raise Http404 for another's, or one without a visit."""
    found = stops_of(Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci, uid=uid))
    if not found or found[0].is_cancelled:
        raise Http404("Ce passage n’existe pas, ou il est annulé.")
    return found[0]


def writes_here(visitor: Visitor) -> bool:
    """Tell whether the mediator keeps the records here, and not in La Coop."""
    elsewhere = ActivitySource.objects.filter(mediator__user=visitor.user, mediator__epci=visitor.epci, source=Source.COOP.value)
    return not elsewhere.exists()


def field_page(view: View) -> Callable[..., HttpResponseBase]:
    """Show a page to mediators, and let nothing but their own device keep it: it may name people."""

    @enter(Journey.FIELD)
    @kept_on_device
    @wraps(view)
    def shown(request: HttpRequest, visitor: Visitor, **parts: object) -> HttpResponseBase:
        response = view(request, visitor, **parts)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return shown


def _while(row: Dated) -> Q:
    condition = Q()
    if row.starts:
        condition &= Q(date__gte=row.starts)
    if row.ends:
        condition &= Q(date__lte=row.ends)
    return condition
