"""Whether a half-day can be held somewhere by someone: what art. 4, the days of the territory and those of the team say.

Who takes part, and what a mairie asked of the tour, is judged above (escale.apps.schedule.guarding).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from escale.apps.team.models import Post
from escale.apps.team.queries import away_days, post_windows
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci, Premises
from escale.apps.territory.queries import closed_days_of_territory, holidays_between, service_windows
from escale.apps.visits.matching import Place
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half, Weekday, Window

FAR = dt.timedelta(days=366)
"""How far ahead a half-day is moved, or made up for: beyond, a year was mistyped."""


def refuse_impossible(epci: Epci, commune: Commune, place: Place, *, but: Visit | None = None) -> None:
    """Raise ValidationError, by field (date, half, post), when a post cannot be in a commune on a half-day.

    `but` is the visit that moves there: it is not in its own way.
    """
    found: dict[str, list[str]] = {}
    for field, words in _obstacles(epci, commune, place, but):
        found.setdefault(field, []).append(words)
    if found:
        raise ValidationError(found)


def is_free(post: Post, date: dt.date, half: str, *, but: Visit | None = None) -> bool:
    """Tell whether somebody is there in a post on a half-day that no visit takes."""
    window = Window(weekday=Weekday(date.weekday()), half=Half(half))
    there = window in post_windows(post, date) and not away_days(post, date, date)
    return there and not _others(but).filter(post=post, date=date, half=half).exists()


def _obstacles(epci: Epci, commune: Commune, place: Place, but: Visit | None) -> Iterator[tuple[str, str]]:
    key, date, half = place
    told = weekday_date_words(date)
    if date < clock.today(epci):
        yield "date", f"Le {told} est passé ; choisir une date à venir."
        return
    if date > clock.today(epci) + FAR:
        yield "date", f"Le {told} est dans plus d’un an ; vérifier l’année."
        return
    if holidays_between(epci, date, date):
        yield "date", f"Le {told} est férié ; choisir une autre date."
    if closed_days_of_territory(epci, date, date) or _is_shut(commune, date):
        yield "date", f"{commune} ne peut ouvrir aucune salle le {told} ; choisir une autre date."
    yield from _of_the_team(epci, Post.objects.select_related("epci").get(pk=key), date, half)
    taken = _others(but).filter(date=date, half=half).select_related("commune")
    for other in taken.filter(post=key):
        yield "post", f"Ce poste a déjà un passage le {told}, {HALF_WORDS[Half(half)]} : {other.commune}."
    if taken.filter(commune=commune).exists():
        yield "half", f"{commune} a déjà un passage le {told}, {HALF_WORDS[Half(half)]}."


def _of_the_team(epci: Epci, post: Post, date: dt.date, half: str) -> Iterator[tuple[str, str]]:
    window = Window(weekday=Weekday(date.weekday()), half=Half(half))
    if post.epci_id != epci.pk:
        yield "post", "Ce poste n’est pas de ce service ; en choisir un autre."
        return
    if window not in service_windows(epci):
        yield "half", f"Le {window.words}, le service ne donne pas de demi-journée aux communes (art.\u00a04)."
    elif window not in post_windows(post, date):
        yield "post", f"{post} ne va pas dans les communes le {window.words} ; choisir un autre poste ou une autre demi-journée."
    if away_days(post, date, date):
        told = f"Personne n’est présent à {post} le {weekday_date_words(date)} : congé, absence ou poste vacant."
        yield "post", told


def _is_shut(commune: Commune, date: dt.date) -> bool:
    """Tell whether every place of a commune is closed; one that described none is not."""
    standing = Premises.objects.filter(commune=commune)
    return any(place.holds_on(date) for place in standing) and not standing.open_on(date).exists()


def _others(but: Visit | None) -> VisitQuerySet:
    rows = Visit.objects.standing()
    return rows if but is None else rows.exclude(pk=but.pk)
