"""Draft a convention, edit it, freeze its text for the councils, take it back, give it up."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions import journal
from escale.apps.conventions.actions.opening import keep, lock, refused, require_dates, require_step
from escale.apps.conventions.models import Convention
from escale.apps.conventions.terms import write_terms
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci, Membership
from escale.core.convention.life import Trigger
from escale.core.convention.terms import Terms
from escale.core.planning.problem import Annex


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of a draft that two people have changed: what is kept, and what the second one wrote."""

    name: str
    kept: object
    written: object


class DraftChangedError(ValidationError):
    """Someone else has saved the draft meanwhile; `differences` lose nothing of what was written."""

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        words = "Ce brouillon a changé pendant la saisie : comparer les deux versions, puis enregistrer de nouveau."
        super().__init__({"version": [ValidationError(words, code="E_VERSION")]})
        self.differences = differences


@transaction.atomic
def draft_convention(
    *,
    actor: Actor,
    epci: Epci,
    commune: Commune,
    model: str,
    model_version: str,
    terms: Terms,
    values: Mapping[str, Any] | None = None,
    annex: Annex | None = None,
    follows: Convention | None = None,
    was_signed: bool = False,
) -> Convention:
    """Begin a convention with a commune, on a model of text and with its parameters.

    A commune has one in preparation at a time, beside those that `follows` the end of another. One that `was_signed` already is
    written down, not prepared.
    """
    require(actor, "conventions.manage", epci)
    now = today(epci)
    if follows is None and not was_signed:
        _require_first(epci, commune)
    if not Membership.objects.between(now, now).filter(epci=epci, commune=commune).exists():
        raise refused(
            "commune", "E_NOT_A_MEMBER", f"{commune} n’est pas membre de {epci} aujourd’hui ; choisir une autre commune."
        )
    convention = keep(
        Convention(),
        epci=epci,
        commune=commune,
        model=model,
        model_version=model_version,
        terms=write_terms(terms),
        values=dict(values or {}),
        annex=annex_written(annex),
        follows=follows,
        created_by=actor.actor_id,
    )
    journal.record("conventions.drafted", actor=actor, convention=convention, on=now, model=model, version=model_version)
    return convention


@transaction.atomic
def edit_draft(
    *, actor: Actor, convention: Convention, version: int, values: Mapping[str, Any], annex: Annex | None
) -> Convention:
    """Change the fields of a draft that was read in a version. Raise DraftChangedError when it has another one now."""
    locked = lock(actor, "conventions.manage", convention)
    _require_draft(locked)
    wanted = {**values, "annex": annex_written(annex)}
    known = {**locked.values, "annex": locked.annex}
    if version != locked.version:
        raise DraftChangedError(_differences(known, wanted))
    changed = sorted(difference.name for difference in _differences(known, wanted))
    if not changed:
        return locked
    keep(locked, values=dict(values), annex=annex_written(annex), version=version + 1)
    journal.record("conventions.edited", actor=actor, convention=locked, on=today(locked.epci), changed=changed)
    return locked


@transaction.atomic
def freeze_for_deliberation(
    *, actor: Actor, convention: Convention, version: int, text: str, on: dt.date, missing: Collection[str] = (), proof: str = ""
) -> Convention:
    """Fix the text that both assemblies vote on; `missing` names the fields of the model that are still empty."""
    locked = lock(actor, "conventions.manage", convention)
    require_dates(locked, proof, on=on)
    if version != locked.version:
        raise DraftChangedError(())
    lacks = [*missing, *([] if locked.annex else ["le planning annexé"]), *([] if text.strip() else ["le texte"])]
    if lacks:
        raise refused("text", "E_TEXT_INCOMPLETE", f"Il manque : {', '.join(lacks)}.")
    complete = locked.base_terms.initial_term_end > on
    require_step(locked, Trigger.SENT_TO_COUNCILS, on, "text", {"text_is_complete": complete})
    keep(locked, text=text, text_sha256=fingerprint(text), frozen_on=on)
    journal.record("conventions.frozen", actor=actor, convention=locked, on=on, sha256=locked.text_sha256)
    return locked


@transaction.atomic
def amend_text(*, actor: Actor, convention: Convention, reason: str) -> Convention:
    """Take a text back from the councils: what they voted on it authorises nothing any more."""
    locked = lock(actor, "conventions.manage", convention)
    now = today(locked.epci)
    require_step(locked, Trigger.AMENDED, now, "convention", {})
    if locked.signatures.exists():
        raise refused("convention", "E_SIGNED_ALREADY", "Une partie a déjà signé ce texte : il ne se reprend plus.")
    void = locked.text_sha256
    keep(locked, text="", text_sha256="", frozen_on=None, version=locked.version + 1)
    journal.record("conventions.amended", actor=actor, convention=locked, on=now, void=void, reason=reason)
    return locked


@transaction.atomic
def abandon_convention(*, actor: Actor, convention: Convention, reason: str) -> Convention:
    """Give up a convention that was never notified."""
    locked = lock(actor, "conventions.decide", convention)
    now = today(locked.epci)
    require_step(locked, Trigger.ABANDONED, now, "convention", {})
    keep(locked, abandoned_on=now)
    journal.record("conventions.abandoned", actor=actor, convention=locked, on=now, reason=reason)
    return locked


def fingerprint(text: str) -> str:
    """Return the hash by which a vote names the text that it is about."""
    return hashlib.sha256(text.encode()).hexdigest()


def annex_written(annex: Annex | None) -> dict[str, Any] | None:
    """Return a usual day as it is kept."""
    if annex is None:
        return None
    return {"nth": annex.nth, "weekday": annex.window.weekday.value, "half": annex.window.half.value}


def _require_first(epci: Epci, commune: Commune) -> None:
    """Refuse a second convention in preparation; two people who begin one at the same moment wait for each other."""
    Commune.objects.select_for_update().get(pk=commune.pk)
    if Convention.objects.in_preparation().filter(epci=epci, commune=commune).exists():
        words = f"Une convention avec {commune} est déjà en préparation : reprendre celle-là, ou l’abandonner d’abord."
        raise refused("commune", "E_IN_PREPARATION", words)


def _require_draft(convention: Convention) -> None:
    if convention.frozen_on or convention.abandoned_on:
        raise refused("convention", "E_NOT_A_DRAFT", "Ce texte est figé ; le reprendre en brouillon pour le changer.")


def _differences(known: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[Difference, ...]:
    names = sorted({*known, *wanted})
    return tuple(
        Difference(name=name, kept=known.get(name), written=wanted.get(name))
        for name in names
        if known.get(name) != wanted.get(name)
    )
