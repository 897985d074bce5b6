"""What a commune pastes in its own site: a link that needs no script, and a script of ours that adds the next date beneath it."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import date_words, weekday_date_words
from escale.web.public.addressed import of_commune
from escale.web.public.caching import open_answer, public_answer
from escale.web.stops import Stop
from escale.web.takeaway.announcing import Announcement, announcements

SCRIPT = Path(__file__).parent.parent / "static" / "escale" / "integration.js"
SCRIPT_TYPE = "text/javascript; charset=utf-8"
UNKNOWN = "Aucune commune de ce nom n’est servie ici."


@require_safe
@open_answer
@public_answer
def show_script(_request: HttpRequest) -> HttpResponse:
    """Give the script under an address that never changes: it stands in pages that we do not write."""
    return HttpResponse(SCRIPT.read_bytes(), content_type=SCRIPT_TYPE)


@require_safe
@open_answer
@public_answer
def show_dates(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the next dates of a commune as JSON; what it cannot give is told as JSON too."""
    try:
        return _dates(request, slug)
    except Http404:
        return _json({"erreur": UNKNOWN}, status=HTTPStatus.NOT_FOUND)


@require_safe
@public_answer
@of_commune
def explain_snippet(request: HttpRequest, commune: Commune, epci: Epci) -> HttpResponse:
    """Show what to paste, how it looks, and what it tells."""
    path, script = reverse("public:commune", args=[commune.slug]), reverse("public:snippet_script")
    site = urlsplit(settings.ADDRESS)
    root = settings.ADDRESS.rstrip("/")
    seen = {
        "commune": commune,
        "epci": epci,
        "link": link_of(commune, f"{root}{path}"),
        "script": script_of(commune, f"{root}{script}"),
        "seen_link": link_of(commune, path),
        "seen_script": script_of(commune, script),
        "dates": f"{root}{reverse('public:commune_dates', args=[commune.slug])}",
        "site": f"{site.scheme}://{site.netloc}",
    }
    return render(request, "public/snippet.html", seen)


def link_of(commune: Commune, address: str) -> SafeString:
    """Return the link, which is enough by itself."""
    words = f"Rendez-vous numériques {commune.place_name.at} : prochaines dates"
    return format_html('<p><a href="{}">{}</a></p>', address, words)


def script_of(commune: Commune, address: str) -> SafeString:
    """Return what makes the link say more."""
    return format_html('<script async src="{}" data-commune="{}"></script>', address, commune.slug)


@of_commune
def _dates(_request: HttpRequest, commune: Commune, epci: Epci) -> HttpResponse:
    [told] = announcements(epci, [commune], clock.today(epci))
    mairie = told.mairie
    return _json(
        {
            "commune": str(commune),
            "code_insee": commune.code,
            "service": epci.service_name,
            "page": told.address,
            "telephone": mairie.phone if mairie else "",
            "telephone_horaires": mairie.phone_hours if mairie else "",
            "changements": [_change(stop, commune) for stop in told.changes],
            "prochains": [_coming(stop) for stop in told.stops],
            "message": "" if told.next else _nothing(told),
        }
    )


def _coming(stop: Stop) -> dict[str, Any]:
    where = (stop.place_words, stop.place.address if stop.place else "")
    return {
        "id": str(stop.visit.uid),
        "date": stop.date.isoformat(),
        "debut": f"{stop.hours.starts:%H:%M}",
        "fin": f"{stop.hours.ends:%H:%M}",
        "quand": f"{weekday_date_words(stop.date)}, {stop.hours.words}",
        "ou": ", ".join(part for part in where if part),
        "deplace": stop.visit.was_moved,
    }


def _change(stop: Stop, commune: Commune) -> str:
    at = commune.place_name.at
    if stop.is_cancelled:
        return f"Annulé : personne ne vient {at} le {weekday_date_words(stop.date)}."
    new = f"{weekday_date_words(stop.date)}, {stop.hours.words}"
    return f"La date a changé {at} : {new}. Ce n’est plus {stop.promised_words}."


def _nothing(told: Announcement) -> str:
    at = told.commune.place_name.at
    if ended := told.ended_on:
        return f"Nous ne venons plus {at} depuis le {date_words(ended)}. La mairie vous dira où trouver de l’aide."
    return f"Pas encore de date {at}. La mairie vous dira où trouver de l’aide."


def _json(said: dict[str, Any], *, status: int = HTTPStatus.OK) -> JsonResponse:
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
