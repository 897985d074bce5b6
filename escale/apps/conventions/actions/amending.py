"""Change a convention in force by an avenant (art. 8): drafted, sent to the councils, notified, or given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.drafting import fingerprint
from escale.apps.conventions.actions.opening import beside, keep, lock, refused, require_dates, require_state
from escale.apps.conventions.models import ANNEX, Avenant, AvenantClause, Convention
from escale.apps.conventions.queries import annex_on, avenant_state, terms_on
from escale.apps.conventions.terms import read_value, write_terms
from escale.apps.territory.clock import today
from escale.core.convention import avenants as rules
from escale.core.convention.cycles.avenant import AVENANT, AvenantTrigger
from escale.core.convention.life import RUNNING
from escale.core.convention.terms import DEFAULTS, TermsError
from escale.core.convention.wording import NAMES

NOT_IN_FORCE = "Un avenant change une convention en vigueur : celle-ci ne l’est pas ce jour-là."


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an avenant changes: an article, and its parameter or the annex with its new value when it has one.

    `wording` is how the article reads from then on, when its words change.
    """

    article: str
    name: str = ""
    new: Any = None
    wording: str = ""


@transaction.atomic
def draft_avenant(
    *,
    actor: Actor,
    convention: Convention,
    purpose: str,
    changes: Sequence[Change],
    number: int | None = None,
    stated: dt.date | None = None,
    retroactive: bool = False,
) -> Avenant:
    """Begin the next avenant of a convention; a `number` that is not the next one is refused.

    `stated` is the effect that its own text states, before its signature if it says that it is `retroactive`.
    """
    locked = lock(actor, "conventions.manage", convention)
    now = today(locked.epci)
    require_state(locked, now, RUNNING, "convention", NOT_IN_FORCE)
    known = list(locked.avenants.values_list("number", flat=True))
    wanted = rules.next_number(known) if number is None else number
    with beside("number"):
        rules.check_number(wanted, known)
    _judge(locked, wanted, changes, now)
    effect = {"stated_on": stated, "is_retroactive": retroactive}
    avenant = keep(Avenant(), convention=locked, number=wanted, purpose=purpose.strip(), **effect)
    _write_clauses(avenant, locked, changes, now)
    told = {"avenant": wanted, "articles": _articles(changes)}
    journal.record("conventions.avenant_drafted", actor=actor, convention=locked, on=now, **told)
    return avenant


@transaction.atomic
def correct_avenant(
    *,
    actor: Actor,
    avenant: Avenant,
    purpose: str,
    changes: Sequence[Change],
    stated: dt.date | None = None,
    retroactive: bool = False,
) -> Avenant:
    """Write the draft of an avenant anew, whole: it keeps its number."""
    locked, row = lock_avenant(actor, avenant)
    now = today(locked.epci)
    require_state(locked, now, RUNNING, "convention", NOT_IN_FORCE)
    _require_draft(row, "avenant")
    _judge(locked, row.number, changes, now)
    keep(row, purpose=purpose.strip(), stated_on=stated, is_retroactive=retroactive)
    row.clauses.all().delete()
    _write_clauses(row, locked, changes, now)
    told = {"avenant": row.number, "articles": _articles(changes)}
    journal.record("conventions.avenant_corrected", actor=actor, convention=locked, on=now, **told)
    return row


@transaction.atomic
def freeze_avenant(*, actor: Actor, avenant: Avenant, text: str, on: dt.date, proof: str = "") -> Avenant:
    """Fix the text of an avenant for both councils; no other one may then change the same articles."""
    locked, row = lock_avenant(actor, avenant)
    require_dates(locked, proof, on=on)
    require_state(locked, on, RUNNING, "on", NOT_IN_FORCE)
    _require_draft(row, "text")
    if not text.strip():
        raise refused("text", "E_TEXT_INCOMPLETE", "Il manque le texte de l’avenant.")
    with beside("articles"):
        rules.check_conflict(_read(row), [_read(other) for other in _under_way(locked)])
    keep(row, text=text, text_sha256=fingerprint(text), frozen_on=on)
    holders = {clause.article: clause for clause in row.clauses.order_by("-name")}
    for clause in holders.values():
        keep(clause, is_under_way=True)
    told = {"avenant": row.number, "sha256": row.text_sha256}
    journal.record("conventions.avenant_frozen", actor=actor, convention=locked, on=on, **told)
    return row


@transaction.atomic
def take_avenant_back(*, actor: Actor, avenant: Avenant, reason: str) -> Avenant:
    """Take an avenant back from the councils: what they voted on its text authorises nothing any more."""
    locked, row = lock_avenant(actor, avenant)
    now = today(locked.epci)
    with beside("avenant"):
        AVENANT.step(avenant_state(row, locked, now), AvenantTrigger.AMENDED)
    if row.signatures.exists():
        raise refused("avenant", "E_SIGNED_ALREADY", "Une partie a déjà signé cet avenant : il ne se reprend plus.")
    void = row.text_sha256
    keep(row, text="", text_sha256="", frozen_on=None)
    row.clauses.update(is_under_way=False)
    told = {"avenant": row.number, "void": void, "reason": reason}
    journal.record("conventions.avenant_amended", actor=actor, convention=locked, on=now, **told)
    return row


@transaction.atomic
def abandon_avenant(*, actor: Actor, avenant: Avenant, reason: str) -> Avenant:
    """Give up an avenant that was not notified; its number is not used again."""
    locked, row = lock_avenant(actor, avenant)
    if row.notified_on or row.abandoned_on:
        raise refused("convention", "E_TRANSITION", "Cet avenant est déjà notifié ou abandonné.")
    now = today(locked.epci)
    keep(row, abandoned_on=now)
    row.clauses.update(is_under_way=False)
    journal.record("conventions.avenant_abandoned", actor=actor, convention=locked, on=now, avenant=row.number, reason=reason)
    return row


def lock_avenant(actor: Actor, avenant: Avenant) -> tuple[Convention, Avenant]:
    """Return an avenant as it is now with its convention, both locked; refuse whoever may not."""
    locked = lock(actor, "conventions.manage", avenant.convention)
    return locked, Avenant.objects.select_for_update(of=("self",)).get(pk=avenant.pk)


def _require_draft(avenant: Avenant, field: str) -> None:
    if avenant.frozen_on or avenant.abandoned_on:
        raise refused(field, "E_NOT_A_DRAFT", "Cet avenant n’est plus un brouillon.")


def _articles(changes: Sequence[Change]) -> list[str]:
    return sorted({change.article for change in changes})


def _write_clauses(avenant: Avenant, convention: Convention, changes: Sequence[Change], on: dt.date) -> None:
    """Keep what an avenant changes, each with its value before it."""
    before = {**write_terms(terms_on(convention, on)), ANNEX: annex_on(convention, on)}
    for change in changes:
        keep(
            AvenantClause(),
            avenant=avenant,
            convention=convention,
            article=change.article,
            name=change.name,
            old=before.get(change.name),
            new=change.new,
            wording=change.wording.strip(),
        )


def _judge(convention: Convention, number: int, changes: Sequence[Change], on: dt.date) -> None:
    """Refuse an avenant that changes nothing, parameters that do not exist, or that make what no convention can have."""
    if not changes:
        raise refused("changes", "E_NO_CHANGE", "Dire ce que l’avenant change, article par article.")
    values = {change.name: read_value(change.name, change.new) for change in changes if change.name in DEFAULTS}
    if unknown := [change.name for change in changes if change.name and change.name not in {*DEFAULTS, ANNEX}]:
        raise refused("changes", "E_UNKNOWN_TERM", f"« {unknown[0]} » n’est pas un paramètre du texte.")
    with beside("changes"):
        wanted = rules.Avenant(number=number, articles=frozenset(change.article for change in changes), values=values, effect=on)
        try:
            rules.terms_on(terms_on(convention, on), [wanted], on)
        except TermsError as error:
            raise refused("changes", "E_TERM", f"{NAMES[error.name]} : {error.message}") from error


def _read(avenant: Avenant) -> rules.Avenant:
    clauses = avenant.clauses.all()
    return rules.Avenant(number=avenant.number, articles=frozenset(clause.article for clause in clauses))


def _under_way(convention: Convention) -> list[Avenant]:
    return list(convention.avenants.filter(frozen_on__isnull=False, notified_on=None, abandoned_on=None))
