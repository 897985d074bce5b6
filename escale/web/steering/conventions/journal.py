"""The journal of a convention as a page: what was done, by whom, and whether nobody has touched it since."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM, require
from escale.apps.conventions.journal import first_broken_line
from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import Convention, JournalEntry
from escale.core.convention.parties import Party
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.reading import one_of

EVENT_WORDS = {
    "conventions.abandoned": "Convention abandonnée",
    "conventions.act_completed": "Transmission ou publication d’un acte",
    "conventions.act_recorded": "Acte d’une assemblée",
    "conventions.amended": "Texte repris après les assemblées",
    "conventions.archived": "Archivage",
    "conventions.avenant_abandoned": "Avenant abandonné",
    "conventions.avenant_amended": "Avenant repris après les assemblées",
    "conventions.avenant_corrected": "Brouillon d’avenant corrigé",
    "conventions.avenant_drafted": "Avenant rédigé",
    "conventions.avenant_frozen": "Avenant envoyé aux assemblées",
    "conventions.avenant_notified": "Avenant notifié",
    "conventions.denounced": "Dénonciation",
    "conventions.denunciation_withdrawn": "Dénonciation retirée",
    "conventions.dispute_opened": "Litige ouvert",
    "conventions.dispute_step": "Étape d’un litige",
    "conventions.draft_text_replaced": "Texte corrigé par le juriste",
    "conventions.drafted": "Brouillon",
    "conventions.edited": "Brouillon modifié",
    "conventions.end_changed": "Dernier jour changé",
    "conventions.fate_told": "Sort d’une lettre",
    "conventions.followed": "Convention qui fait suite à une autre",
    "conventions.frozen": "Texte envoyé aux assemblées",
    "conventions.imported": "Convention signée avant Escale, importée",
    "conventions.letter_attached": "Lettre jointe à son envoi",
    "conventions.notice_closed": "Mise en demeure close",
    "conventions.notified": "Notification, prise d’effet",
    "conventions.original_placed": "Original rangé",
    "conventions.paper_checked": "Pièce vérifiée",
    "conventions.paper_filed": "Pièce déposée",
    "conventions.paper_sent_back": "Pièce renvoyée",
    "conventions.posted": "Lettre envoyée",
    "conventions.put_on_notice": "Mise en demeure",
    "conventions.signed": "Signature",
    "conventions.taken_over": "Reprise par une commune nouvelle",
    "conventions.terminated": "Résiliation",
}
"""What each event is called; an event without a name here is shown by the one of the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line: what was done, on which civil day, when it was written down and by whom."""

    number: int
    on: dt.date
    at: dt.datetime
    words: str
    author: str
    told: str
    details: str
    sha256: str


@require_safe
@enter(Journey.STEERING)
def show_journal(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show the journal of a convention, and whether its chain holds."""
    convention = one_of(visitor, pk)
    require(visitor.user, "conventions.journal", convention)
    seen = {
        "visitor": visitor,
        "convention": convention,
        "lines": _lines(visitor, convention),
        "broken": first_broken_line(convention),
    }
    return render(request, "steering/conventions/journal.html", seen)


def _lines(visitor: Visitor, convention: Convention) -> list[JournalLine]:
    entries = list(JournalEntry.objects.visible_to(visitor.user).filter(convention=convention).order_by("number"))
    people = {user.actor_id: user.name for user in User.objects.filter(pk__in=_people(entries))}
    return [
        JournalLine(
            number=entry.number,
            on=entry.on,
            at=entry.at,
            words=EVENT_WORDS.get(entry.event, entry.event),
            author="Escale" if entry.actor == SYSTEM.actor_id else people.get(entry.actor, entry.actor),
            told=_told(entry),
            details=_details(entry),
            sha256=entry.sha256,
        )
        for entry in entries
    ]


def _people(entries: list[JournalEntry]) -> set[int]:
    keys = (entry.actor.removeprefix("user:") for entry in entries if entry.actor.startswith("user:"))
    return {int(key) for key in keys if key.isdigit()}


def _told(entry: JournalEntry) -> str:
    """Return what helps to recognise the line: whose it is, its number, why; the rest is kept in the details."""
    party = next((entry.details[name] for name in ("party", "holder", "author", "filed_for") if name in entry.details), None)
    found = [
        PARTIES[Party(party)] if party in set(Party) else "",
        *(entry.details.get(name, "") for name in ("receipt", "reason")),
    ]
    number = entry.details.get("number", "")
    return ", ".join(str(words) for words in (f"n° {number}" if number else "", *found) if words)


def _details(entry: JournalEntry) -> str:
    """Return the details as they are written in the chain: this is the proof, not a story."""
    return ", ".join(f"{name} = {value}" for name, value in entry.details.items() if value not in ("", None, []))
