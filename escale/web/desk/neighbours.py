"""The free slots of the neighbouring communes, free or not only, and the choice to open one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from escale.apps.booking.actions import share_slots
from escale.apps.booking.models import SharedSlots
from escale.apps.booking.queries import free_nearby
from escale.web.desk.counter import Counter, shown


@require_http_methods(["GET", "HEAD", "POST"])
def show_neighbours(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Show what is free nearby; the référent opens the slots of the commune, or closes them."""
    if request.method == "POST":
        shared = request.POST.get("do") == "open"
        share_slots(actor=counter.visitor.user, commune=counter.commune, shared=shared)
        told = (
            "Les mairies voisines voient vos créneaux libres." if shared else "Les mairies voisines ne voient plus vos créneaux."
        )
        messages.success(request, told)
        return redirect(counter.url("neighbours"))
    seen = {
        "nearby": free_nearby(counter.epci, counter.commune),
        "shared": SharedSlots.objects.filter(commune=counter.commune).first(),
    }
    return shown(request, counter, "neighbours", **seen)
