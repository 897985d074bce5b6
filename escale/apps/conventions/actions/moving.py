"""Move many conventions from one model of text to another at once: by an avenant each, or by a new convention each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions import journal
from escale.apps.conventions.actions.amending import draft_avenant
from escale.apps.conventions.actions.drafting import draft_convention
from escale.apps.conventions.actions.opening import lock, refused
from escale.apps.conventions.following import annex_of
from escale.apps.conventions.models import Avenant, Convention
from escale.apps.conventions.moving import Way, changes_to, refusal_of
from escale.apps.conventions.papers.texts import model_named, version_of
from escale.apps.conventions.queries import annex_on
from escale.apps.conventions.succession import heir_of
from escale.apps.territory.clock import today
from escale.apps.territory.models import Epci


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was prepared: an avenant for each convention, or a new draft for each."""

    avenants: tuple[Avenant, ...] = ()
    drafts: tuple[Convention, ...] = ()


@transaction.atomic
def move_conventions(*, actor: Actor, epci: Epci, conventions: Sequence[Convention], target: str, way: Way) -> Moved:
    """Prepare the way of each convention to another model. Raise ValidationError naming each one that cannot: then none is."""
    require(actor, "conventions.manage", epci)
    if not conventions:
        raise refused("conventions", "E_NONE", "Cocher au moins une commune.")
    avenants: list[Avenant] = []
    drafts: list[Convention] = []
    failures: list[ValidationError] = []
    now = today(epci)
    for convention in conventions:
        try:
            with transaction.atomic():
                if way is Way.AVENANT:
                    avenants.append(_amend(actor, convention, target, now))
                else:
                    drafts.append(_follow(actor, convention, target, now))
        except ValidationError as refusal:
            words = " ".join(refusal.messages).removesuffix(".")
            failures.append(ValidationError(f"{convention.commune} : {words}.", code="E_MOVE"))
    if failures:
        raise ValidationError({"conventions": failures})
    return Moved(avenants=tuple(avenants), drafts=tuple(drafts))


def _amend(actor: Actor, convention: Convention, target: str, now: dt.date) -> Avenant:
    _require_movable(convention, target, Way.AVENANT, now)
    purpose = f"Passage au texte « {model_named(target).label} »"[:200]
    return draft_avenant(actor=actor, convention=convention, purpose=purpose, changes=changes_to(convention, target, now))


def _follow(actor: Actor, convention: Convention, target: str, now: dt.date) -> Convention:
    """Begin the convention that takes the place of one which ends: its effect follows its notification, after that day."""
    locked = lock(actor, "conventions.manage", convention)
    _require_movable(locked, target, Way.NEW, now)
    kept = annex_on(locked, locked.ends_on or now)
    draft = draft_convention(
        actor=actor,
        epci=locked.epci,
        commune=heir_of(locked.commune, now),
        model=target,
        model_version=version_of(target),
        terms=model_named(target).terms,
        values=locked.values,
        annex=annex_of(kept) if kept else None,
        follows=locked,
    )
    journal.record("conventions.followed", actor=actor, convention=draft, on=now, follows=locked.pk)
    return draft


def _require_movable(convention: Convention, target: str, way: Way, now: dt.date) -> None:
    if words := refusal_of(convention, target, way, now):
        raise refused("conventions", "E_MOVE", words)
