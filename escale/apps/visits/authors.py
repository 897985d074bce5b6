"""Who wrote something about a half-day, by the name that colleagues and mairies know."""

from __future__ import annotations

from collections.abc import Iterable

from escale.apps.accounts.models import User

OTHERS = "Escale"
"""What is done by no person is done by the product."""


def authors_of(actors: Iterable[str]) -> dict[str, str]:
    """Return the name of each actor of the log, in one query."""
    known = set(actors)
    keys = {key for actor in known if (key := actor.removeprefix("user:")) != actor and key.isdigit()}
    people = {user.actor_id: user.name for user in User.objects.filter(pk__in=keys)}
    return {actor: people.get(actor, OTHERS) for actor in known}


def author_of(actor: str) -> str:
    """Return the name of one actor."""
    return authors_of([actor])[actor]
