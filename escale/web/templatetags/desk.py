"""The addresses of the desk, and what waits there, told beside its name on every page of a mairie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from escale.apps.booking.kinds import Need
from escale.apps.booking.models import Demande
from escale.apps.booking.models.residents import OfResident
from escale.apps.booking.queries import people_to_tell
from escale.web.desk.counter import Counter
from escale.web.desk.papers import initials_of
from escale.web.desk.reading import need_words
from escale.web.journeys import Visitor

register = template.Library()


@register.simple_tag
def desk_url(counter: Counter, page: str, **parts: object) -> str:
    """Return the address of a page of the desk."""
    return counter.url(page, **parts)


@register.simple_tag
def waiting_count(visitor: Visitor) -> int:
    """Return how many wait for a slot in the commune of the visitor."""
    return Demande.objects.visible_to(visitor.user).filter(commune=visitor.commune).waiting().count()


@register.simple_tag
def open_count(visitor: Visitor) -> int:
    """Return how many requests of the commune of the visitor are open: to confirm, or waiting for a slot."""
    return Demande.objects.visible_to(visitor.user).filter(commune=visitor.commune, closed_at__isnull=True).count()


@register.simple_tag
def asked_count(visitor: Visitor) -> int:
    """Return how many asked from the site and wait for an answer of the mairie."""
    return Demande.objects.visible_to(visitor.user).filter(commune=visitor.commune).to_confirm().count()


@register.simple_tag
def untold_count(visitor: Visitor) -> int:
    """Return how many people the mairie has to tell something."""
    return len(people_to_tell(visitor.user, visitor.commune))


@register.filter
def needs_in_words(needs: Iterable[Need]) -> list[str]:
    """Return what a person needs in words."""
    return need_words(needs)


@register.filter
def initials(row: OfResident) -> str:
    """Return the initials of someone, for what is printed."""
    return initials_of(row.first_name, row.name)


@register.filter
def at_key(table: Mapping[Any, Any], key: object) -> object:
    """Return what a table holds for a key; nothing when it does not."""
    return table.get(key, "")
