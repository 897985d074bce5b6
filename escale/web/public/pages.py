"""The pages that say what the service is: what is done, workshops, what is kept, who publishes, and a summary in English."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.messaging.actions import KEPT_DAYS as MESSAGE_DAYS
from escale.apps.territory import clock
from escale.apps.territory.catalogue import DATA_CONTACT, DATA_OFFICER, EPCI_SEAT, SITE_HOST, SITE_PUBLISHER
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import settings_of
from escale.apps.workshops.models import Workshop
from escale.apps.workshops.queries import WorkshopLine, workshop_lines
from escale.core.activity.vocabulary import Public
from escale.core.booking.limits import LONGEST
from escale.core.booking.retention import ANSWER_MONTHS, CONTACT_DAYS, PERSON_MONTHS, REGISTER_YEARS
from escale.web.public.caching import public_answer


@require_safe
@public_answer
def show_help(request: HttpRequest) -> HttpResponse:
    """Say what the service does, and what it does not."""
    return render(request, "public/help.html", {"epcis": _epcis(request)})


@require_safe
@public_answer
def show_workshops(request: HttpRequest) -> HttpResponse:
    """List the workshops of residents that take registrations, with the places that are left."""
    services = [(epci, _workshops(epci)) for epci in _epcis(request)]
    return render(request, "public/workshops.html", {"epcis": [epci for epci, _ in services], "services": services})


@require_safe
@public_answer
def show_your_data(request: HttpRequest) -> HttpResponse:
    """Say what is kept of those who come, how long, and how to ask for it."""
    epcis = _epcis(request)
    reads = [(epci, settings_of(epci)) for epci in epcis]
    seen = {
        "epcis": epcis,
        "answering": [(epci, read(DATA_CONTACT), read(DATA_OFFICER)) for epci, read in reads],
        "contact_days": CONTACT_DAYS,
        "person_months": PERSON_MONTHS,
        "message_days": MESSAGE_DAYS,
        # A count goes on the day after its window is over.
        "sender_days": LONGEST.days + 1,
        "register_years": REGISTER_YEARS,
        "answer_months": ANSWER_MONTHS,
        "log_months": settings.AUDIT_MONTHS,
    }
    return render(request, "public/your_data.html", seen)


@require_safe
@public_answer
def show_legal(request: HttpRequest) -> HttpResponse:
    """Say who publishes this site (loi n° 2004-575, art. 1-1)."""
    epcis = _epcis(request)
    reads = [(epci, settings_of(epci)) for epci in epcis]
    publishers = [(epci, read(EPCI_SEAT), read(SITE_PUBLISHER), read(SITE_HOST)) for epci, read in reads]
    return render(request, "public/legal.html", {"epcis": epcis, "publishers": publishers})


@require_safe
@public_answer
def show_english(request: HttpRequest) -> HttpResponse:
    """Say the same in a few words of English."""
    return render(request, "public/english.html", {"epcis": _epcis(request)})


def _epcis(request: HttpRequest) -> list[Epci]:
    known = Epci.objects.prefetch_related("settings")
    siren = request.GET.get("epci", "")
    return list(known.filter(siren=siren) if siren else known)


def _workshops(epci: Epci) -> list[WorkshopLine]:
    rows = Workshop.objects.filter(epci=epci, public=Public.RESIDENTS.value).open().from_day(clock.today(epci))
    return workshop_lines(rows)
