"""The card of a commune: when the service comes, who opens, whom to call, what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from escale.apps.audit.actors import Actor
from escale.apps.schedule.labels import REMARK_STATES, STANDINGS
from escale.apps.schedule.models import AnnexedPattern, Participation, Remark, RemarkState, Standing, Wish
from escale.apps.territory.models import Commune, KeyHolder, Premises, Referent, Room
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import VisitLine, coming_of_commune, past_of_commune
from escale.core.calendar.french import date_words, period_words
from escale.core.planning.readings import window_words
from escale.web.steering.tour.year import Pattern, YearVisit, pattern_words, usual_of

COMING, PAST = 6, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where people are received, its rooms by preference, and who opens it."""

    premises: Premises
    rooms: Sequence[Room]
    key_holders: Sequence[KeyHolder]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the town hall said, when and on what occasion; `state` says what became of it."""

    on: dt.date
    about: str
    text: str
    state: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneCard:
    """A commune as the steering sees it on a day; what a person may not see is empty."""

    commune: Commune
    places: Sequence[Place]
    referents: Sequence[Referent]
    coming: Sequence[VisitLine]
    past: Sequence[VisitLine]
    usual: str
    agreed: str
    participations: Sequence[str]
    said: Sequence[Said]


def card_of(actor: Actor, commune: Commune, today: dt.date) -> CommuneCard:
    """Return what an actor may see of a commune."""
    agreed = AnnexedPattern.objects.visible_to(actor).filter(commune=commune).in_force_on(today).first()
    pattern: Pattern | None = (agreed.nth, agreed.weekday, agreed.half) if agreed else None
    usual = _usual(actor, commune, today, pattern)
    rows = Participation.objects.visible_to(actor).filter(commune=commune)
    return CommuneCard(
        commune=commune,
        places=_places(actor, commune, today),
        referents=list(Referent.objects.visible_to(actor).filter(commune=commune).in_charge_on(today)),
        coming=coming_of_commune(actor, commune, today, count=COMING),
        past=past_of_commune(actor, commune, today, count=PAST),
        usual=pattern_words(usual) if usual else "",
        agreed=f"{pattern_words(pattern)}, depuis le {date_words(agreed.starts)}" if agreed and pattern else "",
        participations=[f"Commune {STANDINGS[Standing(row.standing)]} {period_words(row.starts, row.ends)}" for row in rows],
        said=_said(actor, commune),
    )


def _places(actor: Actor, commune: Commune, today: dt.date) -> list[Place]:
    premises = Premises.objects.visible_to(actor).filter(commune=commune).open_on(today)
    opened_by = KeyHolder.objects.visible_to(actor).filter(premises__commune=commune)
    rooms = Room.objects.visible_to(actor).filter(premises__commune=commune)
    found = [*premises], [*rooms], [*opened_by]
    return [
        Place(
            premises=place,
            rooms=[room for room in found[1] if room.premises_id == place.pk],
            key_holders=[holder for holder in found[2] if holder.premises_id == place.pk],
        )
        for place in found[0]
    ]


def _usual(actor: Actor, commune: Commune, today: dt.date, agreed: Pattern | None) -> Pattern | None:
    """Return the most frequent day of the year of this day, as it is published; the agreed one without a visit."""
    year = dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)
    rows = Visit.objects.visible_to(actor).filter(commune=commune).standing().between(*year)
    columns = rows.values_list("pk", "post", "date", "half", "for_month")
    visits = [
        YearVisit(key=key, commune=commune.pk, post=post, date=date, half=half, for_month=month)
        for key, post, date, half, month in columns
    ]
    return usual_of(visits, agreed)


def _said(actor: Actor, commune: Commune) -> list[Said]:
    """Return the wishes and the remarks of a town hall, the last one first."""
    wishes = Wish.objects.visible_to(actor).filter(commune=commune).select_related("inquiry")
    remarks = Remark.objects.visible_to(actor).filter(commune=commune).select_related("plan")
    said = [*(_wish(wish) for wish in wishes), *(_remark(remark) for remark in remarks)]
    return sorted(said, key=lambda each: each.on, reverse=True)


def _wish(wish: Wish) -> Said:
    parts = []
    if wish.impossible_windows:
        parts.append(f"Impossible : {window_words(wish.impossible_windows)}.")
    if wish.wished_windows:
        parts.append(f"Souhaité : {window_words(wish.wished_windows)}.")
    text = " ".join([*parts, wish.comment]).strip()
    return Said(on=timezone.localdate(wish.answered_at), about="réponse à la consultation", text=text or "Rien de particulier.")


def _remark(remark: Remark) -> Said:
    text = remark.text or "Les dates conviennent."
    state = "" if remark.agrees else REMARK_STATES[RemarkState(remark.state)]
    return Said(
        on=remark.at.date(), about=f"sur le brouillon n° {remark.plan.number}", text=text, state=state, answer=remark.answer
    )
