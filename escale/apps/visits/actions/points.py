"""« Points à régler »: one party notes, the other answers, both are kept; only the lawyer makes one evidence (art. 5-2 and 9)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.actions.stepping import NOT_YOURS, lock, require_side, side_of, tell
from escale.apps.visits.labels import POINT_ANSWERS
from escale.apps.visits.models import Point, Visit
from escale.apps.visits.texts import read_words
from escale.core.visits.life import OF_THE_COMMUNE, OF_THE_SERVICE, PointAnswer, PointKind, Side

KINDS_OF = {Side.COMMUNE: OF_THE_COMMUNE, Side.SERVICE: OF_THE_SERVICE}


@transaction.atomic
def note_point(*, actor: Actor, visit: Visit, kind: PointKind, words: str = "", side: Side | None = None) -> Point:
    """Note what was missing on a half-day, for the party of whoever notes; noted twice, it is one point.

    The service may note what a mairie tells it by telephone (`side`); a mairie notes for itself alone.
    """
    acting = side_of(actor, "visits.note", visit) if side is None else side
    require_side(actor, "visits.note", visit, acting)
    row = lock(visit)
    today = clock.today(row.epci)
    if row.date > today:
        raise refuse("kind", "Ce passage n’a pas encore eu lieu ; le point se note le jour même ou après.")
    if kind not in KINDS_OF[acting]:
        raise refuse("kind", "Ce point se note par l’autre partie ; en choisir un autre.")
    text = read_words("words", words, today=today)
    if kind is PointKind.OTHER and not text:
        raise refuse("words", "Dire en quelques mots ce qui a manqué.")
    known: Point | None = Point.objects.filter(visit=row, side=acting.value, kind=kind.value).first()
    if known is not None:
        return known
    point: Point = Point.objects.create(
        visit=row,
        side=acting.value,
        kind=kind.value,
        words=text,
        noted_by_actor=actor.actor_id,
        noted_at=clock.moment(row.epci),
    )
    tell("visits.point_noted", actor=actor, visit=row, point=point.pk, side=acting.value, kind=kind.value)
    return point


@transaction.atomic
def answer_point(*, actor: Actor, point: Point, answer: PointAnswer, words: str = "") -> Point:
    """Answer a point of the other party, once: what was noted stays as it is beside the answer."""
    require(actor, "visits.note", point.visit)
    row = _lock(point)
    if side_of(actor, "visits.note", row.visit) is Side(row.side):
        raise PermissionDenied(NOT_YOURS)
    if answer is PointAnswer.NONE:
        raise refuse("answer", "Choisir une réponse.")
    if row.answer == answer:
        return row
    if row.answer:
        raise refuse("answer", f"Ce point a déjà sa réponse : « {POINT_ANSWERS[PointAnswer(row.answer)]} ». Recharger la page.")
    row.answer_words = read_words("words", words, today=clock.today(row.visit.epci))
    row.answer, row.answered_by, row.answered_at = answer.value, actor.actor_id, clock.moment(row.visit.epci)
    row.save(update_fields=["answer", "answer_words", "answered_by", "answered_at"])
    tell("visits.point_answered", actor=actor, visit=row.visit, point=row.pk, answer=answer.value)
    return row


@transaction.atomic
def record_contact(*, actor: Actor, point: Point, on: dt.date, words: str = "") -> Point:
    """Record that the parties spoke about a point, as friends do: nothing becomes evidence before."""
    require(actor, "visits.contact", point.visit)
    row = _lock(point)
    if row.evidence_at is not None:
        raise refuse("on", "Ce point est déjà versé au dossier ; l’échange qui l’a précédé ne change plus.")
    today = clock.today(row.visit.epci)
    if not row.noted_at.astimezone(clock.moment(row.visit.epci).tzinfo).date() <= on <= today:
        raise refuse("on", "L’échange a eu lieu après que le point a été noté, aujourd’hui au plus tard ; corriger la date.")
    row.contact_on, row.contact_words = on, read_words("words", words, today=today)
    row.save(update_fields=["contact_on", "contact_words"])
    tell("visits.point_discussed", actor=actor, visit=row.visit, point=row.pk)
    return row


@transaction.atomic
def make_evidence(*, actor: Actor, point: Point) -> Point:
    """Make a point a piece of the file of the convention; the lawyer alone does, after a word between the parties."""
    require(actor, "visits.evidence", point.visit)
    row = _lock(point)
    if row.evidence_at is not None:
        return row
    if row.contact_on is None:
        raise refuse("contact_on", "Noter d’abord l’échange amiable avec l’autre partie, puis verser le point au dossier.")
    row.evidence_at, row.evidence_by = clock.moment(row.visit.epci), actor.actor_id
    row.save(update_fields=["evidence_at", "evidence_by"])
    tell("visits.point_made_evidence", actor=actor, visit=row.visit, point=row.pk)
    return row


def _lock(point: Point) -> Point:
    rows = Point.objects.select_for_update(of=("self",)).select_related("visit__epci", "visit__commune")
    locked: Point = rows.get(pk=point.pk)
    return locked
