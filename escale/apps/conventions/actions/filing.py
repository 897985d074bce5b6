"""File a paper of a convention, check what a commune filed or send it back, and let the lawyer's text replace the model's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.opening import keep, lock, refused, require_dates
from escale.apps.conventions.kept import corrected_draft
from escale.apps.conventions.models import LETTERS, Act, Avenant, Convention, Matter, Notification, Paper, PaperKind, Party
from escale.apps.documents.files import keep_file
from escale.apps.documents.uploads import PAPERS, TEXTS, Upload, judge
from escale.apps.territory.clock import today

FILED_BY_COMMUNES = (PaperKind.DELIBERATION, PaperKind.SIGNED)
"""What a référent files (art. 3-1): the vote of the council, and the copy that the mayor signed."""

LETTER_MATTERS = {
    PaperKind.SLIP: (Matter.CONVENTION, Matter.AVENANT),
    PaperKind.DENUNCIATION: (Matter.DENUNCIATION,),
    PaperKind.FORMAL_NOTICE: (Matter.FORMAL_NOTICE,),
    PaperKind.TERMINATION: (Matter.TERMINATION,),
}
"""What each letter notifies."""


@transaction.atomic
def file_paper(
    *,
    actor: Actor,
    convention: Convention,
    kind: PaperKind,
    content: bytes,
    name: str,
    media_type: str,
    filed_for: Party,
    filed_on: dt.date | None = None,
    avenant: Avenant | None = None,
    act: Act | None = None,
    notification: Notification | None = None,
    values: Mapping[str, Any] | None = None,
    model_version: str = "",
    is_made_here: bool = False,
    replaces: Paper | None = None,
    note: str = "",
) -> Paper:
    """Keep a paper with its bytes. What a référent files waits until it is checked; `note` is the proof of an old date.

    What was not made here is judged by its bytes, whatever `media_type` says.
    """
    locked = lock(actor, "conventions.file" if filed_for is Party.COMMUNE else "conventions.manage", convention)
    now = today(locked.epci)
    manages = actor.may("conventions.manage", locked)
    if not manages and (locked.frozen_on is None or kind not in FILED_BY_COMMUNES):
        words = "Une commune dépose la délibération de son conseil et l’exemplaire signé, une fois le texte reçu."
        raise refused("kind", "E_PAPER_KIND", words)
    day = filed_on or now
    _require_day(locked, note or ("produit ici" if is_made_here else ""), day)
    _require_one_convention(locked, avenant, notification, replaces, kind)
    if not is_made_here:
        judged = judge(name, content, kinds=(*PAPERS, *TEXTS) if manages else PAPERS)
        name, media_type = judged.name, judged.media_type
    file = keep_file(actor=actor, epci=locked.epci, name=name, content=content, media_type=media_type)
    paper = keep(
        Paper(),
        convention=locked,
        kind=kind.value,
        file=file,
        filed_for=filed_for.value,
        filed_on=day,
        filed_by=actor.actor_id,
        avenant=avenant,
        act=act,
        notification=notification,
        values=dict(values or {}),
        model_version=model_version,
        is_made_here=is_made_here,
        replaces=replaces,
        note=note.strip(),
        checked_on=day if manages else None,
    )
    told = {"replaces": replaces.pk} if replaces else {}
    _tell("conventions.paper_filed", actor, paper, day, sha256=file.sha256, filed_for=filed_for.value, **told)
    return paper


@transaction.atomic
def check_paper(*, actor: Actor, paper: Paper) -> Paper:
    """Say that what a commune filed is what it should be."""
    locked, row = _lock(actor, paper)
    if not row.waits:
        raise refused("paper", "E_PAPER_JUDGED", "Cette pièce est déjà vérifiée ou renvoyée.")
    now = today(locked.epci)
    keep(row, checked_on=now)
    _tell("conventions.paper_checked", actor, row, now)
    return row


@transaction.atomic
def send_paper_back(*, actor: Actor, paper: Paper, why: str) -> Paper:
    """Send back what a commune filed, with the reason: it stays on file, and counts for nothing."""
    locked, row = _lock(actor, paper)
    if not row.waits:
        raise refused("paper", "E_PAPER_JUDGED", "Cette pièce est déjà vérifiée ou renvoyée.")
    _send_back(actor, locked, row, why)
    return row


@transaction.atomic
def replace_draft_text(*, actor: Actor, convention: Convention, upload: Upload, note: str) -> Paper:
    """Let a file of the lawyer stand for the text that the model makes, until the freeze takes it; it replaces the one before."""
    locked = lock(actor, "conventions.manage", convention)
    _require_draft(locked)
    paper = file_paper(
        actor=actor,
        convention=locked,
        kind=PaperKind.CORRECTED_DRAFT,
        content=upload.content,
        name=upload.name,
        media_type=upload.media_type,
        filed_for=Party.EPCI,
        replaces=corrected_draft(locked),
        note=note,
    )
    _tell("conventions.draft_text_replaced", actor, paper, paper.filed_on, sha256=paper.file.sha256)
    return paper


@transaction.atomic
def return_to_model_text(*, actor: Actor, convention: Convention, why: str) -> Paper:
    """Let the text of the model stand again: the lawyer's file stays on file, and counts for nothing."""
    locked = lock(actor, "conventions.manage", convention)
    _require_draft(locked)
    paper = corrected_draft(locked)
    if paper is None:
        raise refused("convention", "E_NO_PAPER", "Aucun fichier ne remplace le texte produit.")
    _send_back(actor, locked, paper, why)
    return paper


@transaction.atomic
def attach_letter(*, actor: Actor, paper: Paper, notification: Notification) -> Paper:
    """Say with which letter a prepared paper left: from then on the commune reads it too."""
    locked, row = _lock(actor, paper)
    if row.notification_id or Matter(notification.matter) not in LETTER_MATTERS.get(PaperKind(row.kind), ()):
        words = "Cette pièce est déjà jointe à un envoi, ou n’est pas la lettre de celui-ci."
        raise refused("notification", "E_PAPER_KIND", words)
    _require_one_convention(locked, row.avenant, notification, None, PaperKind(row.kind))
    keep(row, notification=notification)
    _tell("conventions.letter_attached", actor, row, notification.sent, notification=notification.pk)
    return row


def _lock(actor: Actor, paper: Paper) -> tuple[Convention, Paper]:
    locked = lock(actor, "conventions.manage", paper.convention)
    return locked, Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)


def _send_back(actor: Actor, convention: Convention, paper: Paper, why: str) -> None:
    if not why.strip():
        raise refused("why", "E_REASON_MISSING", "Dire en quelques mots ce qui ne va pas.")
    now = today(convention.epci)
    keep(paper, checked_on=None, sent_back_on=now, sent_back_why=why.strip())
    _tell("conventions.paper_sent_back", actor, paper, now, why=paper.sent_back_why)


def _require_day(convention: Convention, note: str, filed_on: dt.date) -> None:
    """Judge the day of a paper as that of any event; its note is its proof."""
    try:
        require_dates(convention, note, filed_on=filed_on)
    except ValidationError as refusal:
        raise ValidationError(
            {"note" if name == "proof" else name: told for name, told in refusal.error_dict.items()}
        ) from refusal


def _tell(event: str, actor: Actor, paper: Paper, on: dt.date, **details: Any) -> None:
    told = {"paper": paper.pk, "kind": paper.kind, **details}
    if paper.avenant:
        told["avenant"] = paper.avenant.number
    journal.record(event, actor=actor, convention=paper.convention, on=on, **told)


def _require_draft(convention: Convention) -> None:
    if convention.frozen_on or convention.abandoned_on:
        raise refused("file", "E_NOT_A_DRAFT", "Ce texte est figé ; le reprendre en brouillon pour le remplacer.")


def _require_one_convention(
    convention: Convention,
    avenant: Avenant | None,
    notification: Notification | None,
    replaces: Paper | None,
    kind: PaperKind,
) -> None:
    """Refuse what belongs to another convention, and a paper that replaces one of another kind or one that counts no more."""
    for field, row in (("avenant", avenant), ("notification", notification), ("replaces", replaces)):
        if row is not None and row.convention_id != convention.pk:
            raise refused(field, "E_OTHER_CONVENTION", "Ceci appartient à une autre convention.")
    if replaces is not None and (replaces.kind != kind or hasattr(replaces, "replaced_by")):
        raise refused("replaces", "E_REPLACES", "Une pièce en remplace une autre de même nature, qui ne l’est pas déjà.")
    if notification is not None and kind in LETTERS and notification.matter not in LETTER_MATTERS[kind]:
        raise refused("notification", "E_PAPER_KIND", "Cette lettre n’est pas celle de cet envoi.")
