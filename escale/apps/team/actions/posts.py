"""Posts, who holds them, and their weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Mediator, Occupancy, Post, WeeklyTemplate
from escale.apps.territory.dated import meeting
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import service_windows
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import date_words, period_words
from escale.core.calendar.halfdays import Window
from escale.core.planning.readings import ReadingError, narrowed


@transaction.atomic
def open_post(
    *,
    actor: Actor,
    epci: Epci,
    label: str,
    base: Commune | tuple[float, float],
    quotite: Decimal = Decimal(1),
    starts: dt.date | None = None,
    ends: dt.date | None = None,
) -> Post:
    """Create a post of the team, which starts its days from a commune or from a position in degrees."""
    require(actor, "team.manage", epci)
    values = {
        "epci": epci,
        "label": " ".join(label.split()),
        "quotite": quotite,
        "starts": starts,
        "ends": ends,
        **_base_columns(base),
    }
    return save_row(Post(), values, event="team.post_opened", actor=actor, epci=epci.siren)


@transaction.atomic
def change_post(*, actor: Actor, post: Post, label: str, base: Commune | tuple[float, float], quotite: Decimal) -> Post:
    """Change how a post is called, where its days start, how much of a full time it is."""
    require(actor, "team.manage", post)
    values = {"label": " ".join(label.split()), "quotite": quotite, **_base_columns(base)}
    return save_row(post, values, event="team.post_changed", actor=actor, epci=post.epci.siren)


@transaction.atomic
def close_post(*, actor: Actor, post: Post, ends: dt.date) -> Post:
    """Say the last day of a post; whoever holds it then leaves it on that day."""
    require(actor, "team.manage", post)
    Post.objects.select_for_update().get(pk=post.pk)
    for held in Occupancy.objects.filter(meeting(ends + dt.timedelta(days=1), None), post=post):
        if held.starts and held.starts > ends:
            raise refuse("ends", f"{held.mediator} doit arriver le {date_words(held.starts)} ; annuler d’abord cette arrivée.")
        save_row(held, {"ends": ends}, event="team.post_left", actor=actor, epci=post.epci.siren)
    return save_row(post, {"ends": ends}, event="team.post_closed", actor=actor, epci=post.epci.siren)


@transaction.atomic
def occupy_post(*, actor: Actor, post: Post, mediator: Mediator, starts: dt.date, ends: dt.date | None = None) -> Occupancy:
    """Put a mediator in a post, from a day on; the tour of the post becomes theirs."""
    require(actor, "team.manage", post)
    Post.objects.select_for_update().get(pk=post.pk)
    if mediator.epci_id != post.epci_id:
        raise refuse("mediator", f"{mediator} travaille pour un autre EPCI ; choisir une personne de {post.epci}.")
    if not post.holds_on(starts) or (ends is not None and not post.holds_on(ends)):
        raise refuse("starts", f"Le poste {post} n’existe que {period_words(post.starts, post.ends)} ; choisir d’autres dates.")
    values = {"post": post, "mediator": mediator, "starts": starts, "ends": post.ends if ends is None else ends}
    return save_row(Occupancy(), values, event="team.post_occupied", actor=actor, epci=post.epci.siren)


@transaction.atomic
def leave_post(*, actor: Actor, occupancy: Occupancy, ends: dt.date) -> Occupancy:
    """Say the last day of a mediator in a post."""
    require(actor, "team.manage", occupancy)
    siren = occupancy.post.epci.siren
    return save_row(occupancy, {"ends": ends}, event="team.post_left", actor=actor, epci=siren)


@transaction.atomic
def set_week(*, actor: Actor, post: Post, windows: Iterable[Window], starts: dt.date | None = None) -> WeeklyTemplate:
    """Give a post its week from a day on, among the half-days of art. 4: a week only takes away.

    The week before ends the day before. Without `starts` it holds since always, and replaces every other.
    """
    require(actor, "team.manage", post)
    Post.objects.select_for_update().get(pk=post.pk)
    try:
        kept = narrowed(service_windows(post.epci), windows)
    except ReadingError as error:
        raise refuse("windows", str(error)) from error
    if not kept:
        raise refuse("windows", "Aucune demi-journée n’est choisie ; en garder au moins une, ou clore le poste.")
    weeks = WeeklyTemplate.objects.filter(post=post)
    if starts is None:
        weeks.delete()
    else:
        weeks.filter(starts__gte=starts).delete()
        weeks.on(starts).update(ends=starts - dt.timedelta(days=1))
    values = {"post": post, "half_days": " ".join(str(window) for window in sorted(kept)), "starts": starts}
    return save_row(WeeklyTemplate(), values, event="team.week_set", actor=actor, epci=post.epci.siren)


def _base_columns(base: Commune | tuple[float, float]) -> dict[str, Commune | float | None]:
    if isinstance(base, Commune):
        return {"base": base, "base_latitude": None, "base_longitude": None}
    return {"base": None, "base_latitude": base[0], "base_longitude": base[1]}
