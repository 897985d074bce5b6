"""Prepare the letters that end a convention, or may: made from what is recorded, kept, and sent by hand afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions.actions.filing import file_paper
from escale.apps.conventions.models import Convention, Ground, MiseEnDemeure, Paper, PaperKind, Party
from escale.apps.conventions.papers.letters import denunciation_document, formal_notice_document, termination_document
from escale.apps.conventions.producing import REFUSALS
from escale.apps.documents.rendering import PDF_TYPE, Layout, to_pdf
from escale.apps.territory.clock import today
from escale.core.documents.tree import Document


@transaction.atomic
def prepare_denunciation(
    *, actor: Actor, convention: Convention, author: Party, aims_at: dt.date, act: str, states_fallback: bool = True
) -> Paper:
    """Prepare the letter by which a party denounces; `act` is what authorises it, in words."""
    on = today(convention.epci)
    values = {"author": author.value, "aims_at": aims_at.isoformat(), "act": act.strip(), "states_fallback": states_fallback}

    def make() -> Document:
        return denunciation_document(convention, author=author, on=on, act=act, aims_at=aims_at, states_fallback=states_fallback)

    return _keep(actor, convention, PaperKind.DENUNCIATION, author, values, make)


@transaction.atomic
def prepare_formal_notice(
    *,
    actor: Actor,
    convention: Convention,
    author: Party,
    articles: Sequence[str],
    facts: str,
    expected: str,
    contact: str = "",
) -> Paper:
    """Prepare the letter by which a party asks the other one to keep its word (art. 5-2)."""
    on = today(convention.epci)
    values = {"author": author.value, "articles": list(articles), "facts": facts.strip(), "expected": expected.strip()}

    def make() -> Document:
        return formal_notice_document(
            convention, author=author, on=on, articles=articles, facts=facts, expected=expected, contact=contact
        )

    return _keep(actor, convention, PaperKind.FORMAL_NOTICE, author, values, make)


@transaction.atomic
def prepare_termination(
    *,
    actor: Actor,
    convention: Convention,
    ground: Ground,
    author: Party,
    last_day: dt.date,
    reasons: str,
    act: str,
    notice: MiseEnDemeure | None = None,
) -> Paper:
    """Prepare the decision by which a party ends a convention before its term, with how it may be contested (art. 5-2)."""
    on = today(convention.epci)
    values = {
        "author": author.value,
        "ground": ground.value,
        "last_day": last_day.isoformat(),
        "reasons": reasons.strip(),
        "act": act.strip(),
        "notice": notice.pk if notice else None,
    }

    def make() -> Document:
        return termination_document(
            convention, ground=ground, author=author, on=on, last_day=last_day, reasons=reasons, notice=notice, act=act
        )

    return _keep(actor, convention, PaperKind.TERMINATION, author, values, make)


def _keep(
    actor: Actor,
    convention: Convention,
    kind: PaperKind,
    author: Party,
    values: Mapping[str, Any],
    make: Callable[[], Document],
) -> Paper:
    """Keep a letter as it was made; refuse one that lacks something, with all that it lacks (nothing half filled leaves)."""
    require(actor, "conventions.decide", convention)
    try:
        content = to_pdf(make(), Layout.CONVENTION)
    except REFUSALS as refusal:
        missing = getattr(refusal, "missing", (str(refusal),))
        told = [ValidationError("Il manque de quoi écrire la lettre :", code="E_TEXT_INCOMPLETE")]
        raise ValidationError([*told, *(ValidationError(words, code="E_TEXT_INCOMPLETE") for words in missing)]) from refusal
    on = today(convention.epci)
    return file_paper(
        actor=actor,
        convention=convention,
        kind=kind,
        content=content,
        name=f"{kind.value.replace('_', '-')}-{slugify(str(convention.commune))}-{on.isoformat()}.pdf",
        media_type=PDF_TYPE,
        filed_for=author,
        values=values,
        model_version=convention.model_version,
        is_made_here=True,
    )
