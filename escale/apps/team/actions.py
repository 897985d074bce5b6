"""The only writers of the team: posts, who holds them, their weeks, leave, and the insurance of the service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from escale.apps.accounts.models import User
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.documents.files import drop_file, keep_file
from escale.apps.documents.uploads import Upload
from escale.apps.team.models import Insurance, Leave, LeaveKind, Mediator, Occupancy, Post, WeeklyTemplate
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
def add_mediator(
    *, actor: Actor, epci: Epci, first_name: str, last_name: str, phone: str = "", user: User | None = None
) -> Mediator:
    """Add a person to the team, to hold a post later; `user` is the account with which they log in."""
    require(actor, "team.manage", epci)
    values = {
        "epci": epci,
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "phone": phone.strip(),
        "user": user,
    }
    return save_row(Mediator(), values, event="team.mediator_added", actor=actor, epci=epci.siren)


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


@transaction.atomic
def record_leave(*, actor: Actor, mediator: Mediator, starts: dt.date, ends: dt.date, kind: LeaveKind = LeaveKind.LEAVE) -> Leave:
    """Record whole days on which a mediator is away. Raise ValidationError when another leave shares one of them."""
    require(actor, "team.manage", mediator)
    Mediator.objects.select_for_update().get(pk=mediator.pk)
    if other := Leave.objects.filter(mediator=mediator).between(starts, ends).first():
        raise refuse(
            "starts",
            f"{mediator} est déjà absent·e {period_words(other.starts, other.ends)} : "
            f"ces dates ({period_words(starts, ends)}) les recouvrent. Corriger les unes ou les autres.",
        )
    values = {"mediator": mediator, "kind": kind.value, "starts": starts, "ends": ends}
    return save_row(Leave(), values, event="team.leave_recorded", actor=actor, epci=mediator.epci.siren)


@transaction.atomic
def cancel_leave(*, actor: Actor, leave: Leave) -> None:
    """Take a leave back."""
    require(actor, "team.manage", leave)
    events.record("team.leave_cancelled", actor=actor, epci=leave.mediator.epci.siren, subject=leave)
    leave.delete()


@transaction.atomic
def record_insurance(
    *,
    actor: Actor,
    epci: Epci,
    insurer: str,
    policy: str,
    starts: dt.date,
    ends: dt.date,
    attestation: Upload | None = None,
) -> Insurance:
    """Record what covers the service (art. 3-2), from a day to another, with its attestation when there is one."""
    require(actor, "team.insure", epci)
    if ends < starts:
        raise refuse("ends", "Le dernier jour couvert précède le premier ; corriger l’une des deux dates.")
    kept = attestation and keep_file(
        actor=actor, epci=epci, name=attestation.name, content=attestation.content, media_type=attestation.media_type
    )
    values = {
        "epci": epci,
        "insurer": " ".join(insurer.split()),
        "policy": " ".join(policy.split()),
        "starts": starts,
        "ends": ends,
        "attestation": kept,
    }
    return save_row(Insurance(), values, event="team.insurance_recorded", actor=actor, epci=epci.siren)


@transaction.atomic
def remove_insurance(*, actor: Actor, insurance: Insurance) -> None:
    """Take away an insurance that was recorded by mistake, and its attestation."""
    require(actor, "team.insure", insurance.epci)
    events.record("team.insurance_removed", actor=actor, epci=insurance.epci.siren, subject=insurance, policy=insurance.policy)
    kept = insurance.attestation
    insurance.delete()
    if kept is not None:
        drop_file(kept)


def _base_columns(base: Commune | tuple[float, float]) -> dict[str, Commune | float | None]:
    if isinstance(base, Commune):
        return {"base": base, "base_latitude": None, "base_longitude": None}
    return {"base": None, "base_latitude": base[0], "base_longitude": base[1]}
