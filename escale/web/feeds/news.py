"""The coming dates as RSS 2.0, for the site of a commune and for whoever follows news: when and where, never who is received.

A date that moves or is given up is a new item, so that a reader shows it again; an agenda follows the calendars instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape

from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.core.calendar.french import weekday_date_words
from escale.web.feeds.calendars import REFRESHED
from escale.web.stops import Stop, stops_of

NEWS_TYPE = "application/rss+xml; charset=utf-8"
NEAR = dt.timedelta(days=62)
"""How far the news of a whole territory look: two months of 47 communes are a hundred items."""
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no XML may hold."""


class _News(Rss201rev2Feed):
    """RSS whose date is that of its last item, and of the day when it has none: the same news are the same bytes."""

    def latest_post_date(self) -> dt.datetime:
        since: dt.datetime = self.feed["since"]
        return max((item["pubdate"] for item in self.items), default=since)


def commune_news(epci: Epci, commune: Commune) -> bytes:
    """Return the dates of a commune from today on, the next one first."""
    visits = Visit.objects.filter(epci=epci, commune=commune).awaited_from(clock.today(epci))
    return _written(
        [epci],
        visits,
        title=f"{epci.service_name} {commune.place_name.at}",
        page=_page(commune),
        address=reverse("public:commune_rss", args=[commune.slug]),
    )


def territory_news(epcis: Sequence[Epci]) -> bytes:
    """Return the dates of every commune in the two months to come, the next one first."""
    today, first = clock.today(epcis[0]), epcis[0]
    visits = Visit.objects.filter(epci__in=epcis, date__lte=today + NEAR).awaited_from(today)
    return _written(
        epcis,
        visits,
        title=f"{first.service_name}, {first}" if len(epcis) == 1 else first.service_name,
        page=reverse("public:home"),
        address=reverse("public:territory_rss"),
    )


def _written(epcis: Sequence[Epci], visits: VisitQuerySet, *, title: str, page: str, address: str) -> bytes:
    today, zone = clock.today(epcis[0]), ZoneInfo(epcis[0].time_zone)
    news = _News(
        title=_text(title),
        link=_whole(page),
        description="Une personne vient vous aider avec Internet, votre téléphone ou une démarche. C’est gratuit.",
        language="fr",
        feed_url=_whole(address),
        ttl=REFRESHED // dt.timedelta(minutes=1),
        since=dt.datetime.combine(today, dt.time(), zone),
    )
    for stop in stops_of(visits):
        if stop.changes_soon(today) or (stop.date >= today and not stop.is_cancelled):
            _add(news, stop, zone)
    return news.writeString("utf-8").encode()


def _add(news: _News, stop: Stop, zone: ZoneInfo) -> None:
    news.add_item(
        title=_text(_title(stop)),
        link=_whole(_page(stop.commune)),
        # What an item says is read as HTML.
        description="<br>".join(_text(escape(line)) for line in _lines(stop)),
        unique_id=f"{stop.visit.uid}-{stop.visit.sequence}",
        unique_id_is_permalink=False,
        pubdate=stop.visit.changed_at.astimezone(zone),
    )


def _title(stop: Stop) -> str:
    when, at = f"{weekday_date_words(stop.date)}, {stop.hours.words}", stop.commune.place_name.at
    if stop.is_cancelled:
        return f"Annulé : personne ne vient {at} le {when}"
    return f"La date a changé {at} : {when}" if stop.visit.was_moved else f"{when[:1].upper()}{when[1:]}, {at}"


def _lines(stop: Stop) -> list[str]:
    if stop.is_cancelled:
        return ["Les autres dates sont sur la page de la commune."]
    address = stop.place.address if stop.place else ""
    return [
        *([f"Ce n’est plus {stop.promised_words}."] if stop.visit.was_moved else []),
        ", ".join(part for part in (stop.place_words, address) if part) or "Le lieu : demandez à la mairie.",
        f"Sans rendez-vous : {stop.walk_in.words}.",
        f"Sur rendez-vous : {stop.by_appointment.words}.",
    ]


def _page(commune: Commune) -> str:
    return reverse("public:commune", args=[commune.slug or commune.code])


def _whole(path: str) -> str:
    return f"{settings.ADDRESS.rstrip('/')}{path}"


def _text(words: str) -> str:
    return UNWRITABLE.sub(" ", words)
