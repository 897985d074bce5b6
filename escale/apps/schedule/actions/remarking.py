"""Agree a draft with the mairies: send each one its dates, take what it says of them, answer."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.actions.sending import Sending, not_written_today, send_links
from escale.apps.schedule.letters import dates, reply
from escale.apps.schedule.links import LinkHolder
from escale.apps.schedule.models import LinkPurpose, PersonalLink, Plan, PlanState, Remark, RemarkState
from escale.apps.schedule.review import dates_of, firm_communes
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse
from escale.core.calendar.french import date_words

CHANGED = "changed"
"""The code of the error that says that the dates are no longer those that were read."""


@transaction.atomic
def send_for_remarks(*, actor: Actor, plan: Plan, until: dt.date, message: str = "") -> Sending:
    """Send its dates to each commune whose part is firm, for remarks until a day, that day included.

    Sent again, it moves that day and writes only to communes that have no link yet.
    """
    plan = _lock(actor, plan)
    if until < clock.today(plan.epci):
        raise refuse("until", "Ce jour est passé ; choisir aujourd’hui ou un jour à venir.")
    communes = firm_communes(plan)
    if not communes:
        raise ValidationError("Aucune commune ferme n’a de date dans ce brouillon ; dire d’abord quelles communes participent.")
    plan.state, plan.remarks_until = PlanState.SENT.value, until
    plan.save(update_fields=["state", "remarks_until"])
    plan.links.filter(revoked_at__isnull=True).update(expires_on=until)
    links = [_link_for(plan, commune, until) for commune in communes]
    events.record("schedule.plan_sent", actor=actor, epci=plan.epci.siren, subject=plan, until=until.isoformat())
    return send_links(actor, [link for link in links if link.sent_at is None], partial(dates, message=message, again=False))


@transaction.atomic
def remind_of_dates(*, actor: Actor, plan: Plan) -> Sending:
    """Write again to the communes that said nothing of their dates; never twice on the same day."""
    plan = _lock(actor, plan)
    if (closed := closed_since(plan)) is not None:
        raise ValidationError(closed)
    said = Remark.objects.filter(plan=plan).values("commune")
    waiting = plan.links.filter(revoked_at__isnull=True, sent_at__isnull=False).exclude(commune__in=said)
    links = not_written_today(waiting.select_related("commune", "epci", "plan"))
    return send_links(actor, links, partial(dates, message="", again=True))


@transaction.atomic
def remark_dates(*, actor: Actor, plan: Plan, commune: Commune, agrees: bool, text: str, seen: str) -> Remark:
    """Keep what a commune says of its dates: that they suit it, or what does not; `seen` are the dates that it read.

    Raise ValidationError when it is too late, when nothing is said, or (code CHANGED) when the dates are others by now.
    """
    require(actor, "schedule.remark", commune)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not plan.links.filter(commune=commune, revoked_at__isnull=True).exists():
        raise ValidationError("Ces dates n’ont pas été soumises à votre commune.")
    if (closed := closed_since(plan)) is not None:
        raise ValidationError(closed)
    if dates_of(plan, commune).seen != seen:
        raise ValidationError("Ces dates ont changé entre-temps : voici les nouvelles.", code=CHANGED)
    words = "" if agrees else text.strip()
    if not agrees and not words:
        raise refuse("text", "Écrire ce qui ne va pas, par exemple : « le 14 avril, la salle est prise ».")
    remark = Remark.objects.filter(plan=plan, commune=commune).first() or Remark(plan=plan, commune=commune)
    if (remark.agrees, remark.text) != (agrees, words) or remark.pk is None:
        remark.state, remark.answer = RemarkState.OPEN.value, ""
    remark.agrees, remark.text, remark.at = agrees, words, timezone.now()
    remark.full_clean()
    remark.save()
    events.record("schedule.dates_remarked", actor=actor, epci=plan.epci.siren, subject=remark, agrees=agrees)
    if isinstance(actor, LinkHolder):
        PersonalLink.objects.filter(pk=actor.link.pk).update(used_at=timezone.now())
    return remark


@transaction.atomic
def answer_remark(*, actor: Actor, remark: Remark, state: RemarkState, answer: str) -> Remark:
    """Tell a commune what became of its remark, by a letter and on its page; to decline asks for a reason."""
    require(actor, "schedule.draft", remark.plan)
    remark = Remark.objects.select_for_update(of=("self",)).select_related("plan__epci", "commune").get(pk=remark.pk)
    words = answer.strip()
    if remark.agrees:
        raise ValidationError("Cette commune accepte ses dates : il n’y a rien à répondre.")
    if state is RemarkState.OPEN:
        raise refuse("state", "Dire si la remarque est suivie ou non.")
    if state is RemarkState.DECLINED and not words:
        raise refuse("answer", "Dire pourquoi, en une phrase : la commune la lira.")
    if (remark.state, remark.answer) == (state.value, words):
        return remark
    remark.state, remark.answer = state.value, words
    remark.full_clean()
    remark.save()
    events.record("schedule.remark_answered", actor=actor, epci=remark.plan.epci.siren, subject=remark, state=state.value)
    links = remark.plan.links.filter(commune=remark.commune, revoked_at__isnull=True)
    send_links(actor, list(links.select_related("commune", "epci", "plan")), partial(reply, remark=remark))
    return remark


def closed_since(plan: Plan) -> str | None:
    """Return the sentence that says why a plan takes no more remarks, None while it takes some."""
    if plan.state == PlanState.PUBLISHED:
        return "Cette tournée est publiée : appelez la coordination pour changer une date."
    if plan.state != PlanState.SENT or plan.remarks_until is None:
        return "Ces dates ne sont pas, ou plus, soumises aux mairies."
    if plan.remarks_until < clock.today(plan.epci):
        return f"Les remarques étaient attendues jusqu’au {date_words(plan.remarks_until)}."
    return None


def _lock(actor: Actor, plan: Plan) -> Plan:
    require(actor, "schedule.draft", plan)
    locked = Plan.objects.select_for_update(of=("self",)).select_related("epci").get(pk=plan.pk)
    if not locked.is_open:
        raise ValidationError("Cette tournée n’est plus un brouillon : elle ne se soumet plus aux mairies.")
    return locked


def _link_for(plan: Plan, commune: Commune, until: dt.date) -> PersonalLink:
    known = PersonalLink.objects.filter(plan=plan, commune=commune, revoked_at__isnull=True)
    link: PersonalLink | None = known.select_related("commune", "epci", "plan").first()
    return link or PersonalLink.objects.create(
        epci=plan.epci, commune=commune, purpose=LinkPurpose.REMARKS.value, plan=plan, expires_on=until
    )
