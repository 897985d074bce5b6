"""The relays of the territory, as a mediator reads them in a hall: those near the commune of the day first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from escale.apps.territory.models import Commune, Relay
from escale.apps.territory.queries import relays_near
from escale.web.field.offline.owner import kept_on_device
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.FIELD)
@kept_on_device
def show_relays(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the communes that have relays, or the relays near one of them."""
    communes = Commune.objects.visible_to(visitor.user).defer("outline")
    code = request.GET.get("commune", "")
    commune = get_object_or_404(communes, code=code) if code else None
    here = Relay.objects.visible_to(visitor.user).values("commune")
    seen = {
        "visitor": visitor,
        "commune": commune,
        "relays": relays_near(commune) if commune else [],
        "communes": communes.filter(pk__in=here),
    }
    return render(request, "field/relays.html", seen)
