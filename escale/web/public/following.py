"""The dates of a commune or of a territory for an agenda and for a reader of news, without an account nor a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from escale.apps.territory.models import Commune, Epci
from escale.web.feeds.calendars import CALENDAR_TYPE
from escale.web.feeds.news import NEWS_TYPE, commune_news, territory_news
from escale.web.feeds.reading import commune_calendar, territory_calendar
from escale.web.opendata.reading import asked_epcis
from escale.web.public.caching import public_answer
from escale.web.public.queries import served_by


def _of_commune(route: str, media_type: str, write: Callable[[Epci, Commune], bytes]) -> Callable[..., HttpResponseBase]:
    """Return the view of a file of one commune; an INSEE code leads to its address, which may change with a name."""

    @require_safe
    @public_answer
    def show(_request: HttpRequest, slug: str) -> HttpResponseBase:
        known = Commune.objects.select_related("merged_into").exclude(slug=None)
        if coded := known.filter(code=slug.upper()).first():
            return redirect(route, coded.slug)
        commune = get_object_or_404(known, slug=slug)
        epci = served_by(commune)
        if epci is None:
            raise Http404
        return _open(write(epci, commune), media_type)

    return show


def _of_territory(media_type: str, write: Callable[[Sequence[Epci]], bytes]) -> Callable[..., HttpResponseBase]:
    """Return the view of a file of every commune; `?epci=SIREN` narrows it."""

    @require_safe
    @public_answer
    def show(request: HttpRequest) -> HttpResponseBase:
        epcis = asked_epcis(request.GET.get("epci", ""))
        if not epcis:
            raise Http404
        return _open(write(epcis), media_type)

    return show


def _open(body: bytes, media_type: str) -> HttpResponse:
    # Any page of any site may ask for it.
    return HttpResponse(body, content_type=media_type, headers={"Access-Control-Allow-Origin": "*"})


show_commune_calendar = _of_commune(
    "public:commune_feed", CALENDAR_TYPE, lambda epci, commune: commune_calendar(epci, commune).body
)
show_commune_news = _of_commune("public:commune_rss", NEWS_TYPE, commune_news)
show_territory_calendar = _of_territory(CALENDAR_TYPE, lambda epcis: territory_calendar(epcis).body)
show_territory_news = _of_territory(NEWS_TYPE, territory_news)
