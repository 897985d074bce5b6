"""End a convention before its term (art. 5-2): after a mise en demeure, by both parties, for the general interest, by a court."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.ending import settle_end
from escale.apps.conventions.actions.opening import keep, lock, refused, require_dates, require_state, require_step
from escale.apps.conventions.actions.posting import Posting, post, require_known_fate
from escale.apps.conventions.models import Convention, CureOutcome, Ground, Matter, MiseEnDemeure, Party, Signatory, Termination
from escale.apps.conventions.queries import cure_ends_on
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.convention.dates import ONE_DAY
from escale.core.convention.life import RUNNING, Trigger

NOT_IN_FORCE = "La convention n’est pas en vigueur ce jour-là."


@transaction.atomic
def put_on_notice(
    *,
    actor: Actor,
    convention: Convention,
    author: Party,
    articles: Sequence[str],
    facts: str,
    expected: str,
    posting: Posting,
) -> MiseEnDemeure:
    """Ask the other party to keep its word: what it did not do, by which articles, and what is expected of it."""
    locked = lock(actor, "conventions.decide", convention)
    require_state(locked, posting.sent, RUNNING, "sent", NOT_IN_FORCE)
    letter = post(locked, matter=Matter.FORMAL_NOTICE, sender=author, posting=posting)
    row = keep(
        MiseEnDemeure(),
        convention=locked,
        author=author.value,
        articles=list(articles),
        facts=facts.strip(),
        expected=expected.strip(),
        notification=letter,
    )
    told = {"mise_en_demeure": row.pk, "author": author.value, "articles": list(articles)}
    journal.record("conventions.put_on_notice", actor=actor, convention=locked, on=letter.sent, **told)
    return row


@transaction.atomic
def close_notice(
    *, actor: Actor, notice: MiseEnDemeure, outcome: CureOutcome, closed_on: dt.date, reasons: str = "", proof: str = ""
) -> MiseEnDemeure:
    """Say that things were put right, or that the party that asked leaves it there, with its reasons."""
    locked = lock(actor, "conventions.decide", notice.convention)
    require_dates(locked, proof, closed_on=closed_on)
    row = MiseEnDemeure.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if row.closed_on:
        raise refused("closed_on", "E_CLOSED", "Cette mise en demeure est déjà close.")
    if outcome is CureOutcome.DROPPED and not reasons.strip():
        raise refused("reasons", "E_REASONS_MISSING", "Dire pourquoi la mise en demeure est classée.")
    keep(row, closed_on=closed_on, outcome=outcome.value, reasons=reasons.strip())
    told = {"mise_en_demeure": row.pk, "outcome": outcome.value}
    journal.record("conventions.notice_closed", actor=actor, convention=locked, on=closed_on, **told)
    return row


@transaction.atomic
def terminate_for_breach(
    *, actor: Actor, notice: MiseEnDemeure, posting: Posting, last_day: dt.date, document: str
) -> Termination:
    """End a convention after a mise en demeure that remained without effect for its month."""
    locked = lock(actor, "conventions.decide", notice.convention)
    row = MiseEnDemeure.objects.select_for_update(of=("self",)).select_related("notification").get(pk=notice.pk)
    last_cure = cure_ends_on(row, locked)
    author = Party(row.author)
    if last_cure is not None and posting.sent <= last_cure:
        first = weekday_date_words(last_cure + ONE_DAY)
        words = f"La mise en demeure court jusqu’au {date_words(last_cure)} inclus : résilier à partir du {first} (art. 5-2)."
        raise refused("sent", "E_CURE_NOT_OVER", words)
    letter = post(locked, matter=Matter.TERMINATION, sender=author, posting=posting)
    _require_last_day(last_day, require_known_fate(letter))
    holds = {"breach_is_not_cured": last_cure is not None and row.closed_on is None}
    require_step(locked, Trigger.BREACHED, posting.sent, "sent", holds)
    values = {"author": author.value, "mise_en_demeure": row, "notification": letter}
    return _end(actor, locked, Ground.BREACH, posting.sent, last_day, document, **values)


@transaction.atomic
def terminate_by_agreement(
    *,
    actor: Actor,
    convention: Convention,
    epci_signatory: Signatory,
    epci_signed_on: dt.date | None,
    commune_signatory: Signatory,
    commune_signed_on: dt.date | None,
    last_day: dt.date,
    document: str,
    proof: str = "",
) -> Termination:
    """End a convention by one document that both parties sign (art. 5-2)."""
    locked = lock(actor, "conventions.decide", convention)
    require_dates(locked, proof, epci_signed_on=epci_signed_on, commune_signed_on=commune_signed_on)
    if epci_signed_on is None or commune_signed_on is None:
        words = "Une fin d’un commun accord est signée par les deux parties (art. 5-2)."
        raise refused("commune_signed_on" if epci_signed_on else "epci_signed_on", "E_BOTH_SIGNATURES", words)
    parties = ((epci_signatory, None, epci_signed_on), (commune_signatory, locked.commune_id, commune_signed_on))
    for signatory, commune, signed_on in parties:
        if signatory.epci_id != locked.epci_id or signatory.commune_id != commune:
            raise refused("document", "E_NOT_A_PARTY", f"{signatory} ne signe pas pour cette partie.")
        if not signatory.holds_on(signed_on):
            words = f"{signatory} n’était pas en fonction le {date_words(signed_on)}."
            raise refused("document", "E_SIGNATORY_NOT_IN_OFFICE", words)
    signed_on = max(epci_signed_on, commune_signed_on)
    _require_last_day(last_day, signed_on)
    require_step(locked, Trigger.AGREED_TO_END, signed_on, "last_day", {"both_sign_the_end": True})
    values = {
        "epci_signatory": epci_signatory,
        "epci_signed_on": epci_signed_on,
        "commune_signatory": commune_signatory,
        "commune_signed_on": commune_signed_on,
    }
    return _end(actor, locked, Ground.AGREEMENT, signed_on, last_day, document, **values)


@transaction.atomic
def terminate_for_general_interest(
    *,
    actor: Actor,
    convention: Convention,
    author: Party,
    reasons: str,
    posting: Posting,
    last_day: dt.date,
    document: str,
) -> Termination:
    """End a convention for the general interest; a mere imbalance is none (CE, 27 February 2015, n° 357028)."""
    locked = lock(actor, "conventions.decide", convention)
    holds = {"reasons_of_general_interest": bool(reasons.strip())}
    require_step(locked, Trigger.GENERAL_INTEREST, posting.sent, "reasons", holds)
    letter = post(locked, matter=Matter.TERMINATION, sender=author, posting=posting)
    _require_last_day(last_day, require_known_fate(letter))
    values = {"author": author.value, "reasons": reasons.strip(), "notification": letter}
    return _end(actor, locked, Ground.GENERAL_INTEREST, posting.sent, last_day, document, **values)


@transaction.atomic
def annul_convention(*, actor: Actor, convention: Convention, judged_on: dt.date, document: str, proof: str = "") -> Termination:
    """Record the judgment that annuls a convention."""
    locked = lock(actor, "conventions.decide", convention)
    require_dates(locked, proof or document, judged_on=judged_on)
    require_step(locked, Trigger.ANNULLED, judged_on, "document", {"judgment_is_filed": bool(document.strip())})
    # What had ended already does not go on to the day of the judgment.
    last_day = max(min(judged_on - ONE_DAY, locked.ends_on or dt.date.max), locked.notified_on or dt.date.min)
    return _end(actor, locked, Ground.ANNULMENT, judged_on, last_day, document)


def _require_last_day(last_day: dt.date, reached: dt.date) -> None:
    if last_day < reached:
        words = f"La convention ne peut s’arrêter avant le {date_words(reached)}, jour où chacun le sait (art. 5-2)."
        raise refused("last_day", "E_LAST_DAY", words)


def _end(
    actor: Actor, convention: Convention, ground: Ground, decided_on: dt.date, last_day: dt.date, document: str, **values: Any
) -> Termination:
    if not document.strip():
        raise refused("document", "E_DOCUMENT_MISSING", "Une résiliation est formalisée par écrit (art. 5-2) : joindre la pièce.")
    if hasattr(convention, "termination"):
        words = f"Une fin anticipée est déjà décidée, au {date_words(convention.termination.last_day)}."
        raise refused("last_day", "E_ENDS_ALREADY", words)
    if convention.ends_on is not None and last_day > convention.ends_on:
        words = f"La convention s’arrête déjà le {date_words(convention.ends_on)} : donner ce jour-là, ou un jour plus tôt."
        raise refused("last_day", "E_LAST_DAY", words)
    known = {"convention": convention, "ground": ground.value, "decided_on": decided_on, "last_day": last_day}
    row = keep(Termination(), **known, document=document.strip(), **values)
    told = {"termination": row.pk, "ground": ground.value, "last_day": last_day}
    journal.record("conventions.terminated", actor=actor, convention=convention, on=decided_on, **told)
    settle_end(actor, convention, decided_on)
    return row
