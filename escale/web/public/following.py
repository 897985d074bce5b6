"""The dates of a commune or of a territory for an agenda and for a reader of news, without an account nor a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from escale.apps.territory.models import Commune, Epci
from escale.web.feeds.calendars import CALENDAR_TYPE
from escale.web.feeds.news import NEWS_TYPE, commune_news, territory_news
from escale.web.feeds.reading import commune_calendar, territory_calendar
from escale.web.opendata.reading import asked_epcis
from escale.web.public.addressed import of_commune
from escale.web.public.caching import open_answer, public_answer


@require_safe
@open_answer
@public_answer
@of_commune
def show_commune_calendar(_request: HttpRequest, commune: Commune, epci: Epci) -> HttpResponse:
    """Give the dates of a commune to an agenda."""
    return HttpResponse(commune_calendar(epci, commune).body, content_type=CALENDAR_TYPE)


@require_safe
@open_answer
@public_answer
@of_commune
def show_commune_news(_request: HttpRequest, commune: Commune, epci: Epci) -> HttpResponse:
    """Give the dates of a commune to a reader of news."""
    return HttpResponse(commune_news(epci, commune), content_type=NEWS_TYPE)


def _of_territory(media_type: str, write: Callable[[Sequence[Epci]], bytes]) -> Callable[..., HttpResponseBase]:
    """Return the view of a file of every commune; `?epci=SIREN` narrows it."""

    @require_safe
    @open_answer
    @public_answer
    def show(request: HttpRequest) -> HttpResponseBase:
        epcis = asked_epcis(request.GET.get("epci", ""))
        if not epcis:
            raise Http404
        return HttpResponse(write(epcis), content_type=media_type)

    return show


show_territory_calendar = _of_territory(CALENDAR_TYPE, lambda epcis: territory_calendar(epcis).body)
show_territory_news = _of_territory(NEWS_TYPE, territory_news)
