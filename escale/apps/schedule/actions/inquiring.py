"""Ask the mairies what suits them: open the question, send it, remind, take a link back, close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.actions.sending import LetterOf, Sending, not_written_today, send_links
from escale.apps.schedule.letters import question
from escale.apps.schedule.models import Inquiry, LinkPurpose, PersonalLink, Wish
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.months import Month


@transaction.atomic
def open_inquiry(*, actor: Actor, epci: Epci, months: Sequence[Month], closes_on: dt.date) -> Inquiry:
    """Open a question to all mairies about some months, to be answered until a day, that day included."""
    require(actor, "schedule.draft", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    if months[-1].last < clock.today(epci):
        raise refuse("last_month", "Ces mois sont passés ; choisir des mois à venir.")
    _refuse_past(epci, closes_on)
    values = {"epci": epci, "first_month": str(months[0]), "last_month": str(months[-1]), "closes_on": closes_on}
    return save_row(Inquiry(), values, event="schedule.inquiry_opened", actor=actor, epci=epci.siren)


@transaction.atomic
def invite_communes(*, actor: Actor, inquiry: Inquiry, communes: Iterable[Commune]) -> Sending:
    """Give each commune its link, and write to its référents in charge, unless it was written to or has answered already."""
    _lock(actor, inquiry)
    _refuse_closed(inquiry)
    links = [link_for(inquiry, commune) for commune in communes]
    answered = set(inquiry.wishes.values_list("commune", flat=True))
    waiting = [link for link in links if link.sent_at is None and link.commune_id not in answered]
    return send_links(actor, waiting, _asking(again=False))


@transaction.atomic
def remind_communes(*, actor: Actor, inquiry: Inquiry) -> Sending:
    """Write again to the communes that have not answered; never twice on the same day."""
    _lock(actor, inquiry)
    _refuse_closed(inquiry)
    answered = Wish.objects.filter(inquiry=inquiry).values("commune")
    waiting = inquiry.links.filter(revoked_at__isnull=True, sent_at__isnull=False).exclude(commune__in=answered)
    return send_links(actor, not_written_today(waiting.select_related("commune", "epci", "inquiry")), _asking(again=True))


@transaction.atomic
def revoke_link(*, actor: Actor, link: PersonalLink) -> PersonalLink:
    """Take a link back: its address is as if it had never been."""
    require(actor, "schedule.draft", link)
    if link.revoked_at is not None:
        return link
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    events.record("schedule.link_revoked", actor=actor, epci=link.epci.siren, subject=link)
    return link


@transaction.atomic
def renew_link(*, actor: Actor, link: PersonalLink) -> PersonalLink:
    """Replace a link by another one, for instance after it went to the wrong person; nothing that was answered is lost."""
    revoke_link(actor=actor, link=link)
    new = PersonalLink(
        epci=link.epci,
        commune=link.commune,
        purpose=link.purpose,
        inquiry=link.inquiry,
        plan=link.plan,
        expires_on=link.expires_on,
    )
    new.full_clean()
    new.save()
    events.record("schedule.link_given", actor=actor, epci=link.epci.siren, subject=new)
    return new


@transaction.atomic
def open_link(*, link: PersonalLink) -> None:
    """Note that someone opened a link for the first time."""
    PersonalLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=timezone.now())


@transaction.atomic
def move_closing(*, actor: Actor, inquiry: Inquiry, closes_on: dt.date) -> Inquiry:
    """Let the mairies answer until another day; the links that they have follow."""
    _lock(actor, inquiry)
    _refuse_past(inquiry.epci, closes_on)
    return _close_on(actor, inquiry, closes_on)


@transaction.atomic
def close_inquiry(*, actor: Actor, inquiry: Inquiry) -> Inquiry:
    """Take no more answers from now on: yesterday was the last day."""
    _lock(actor, inquiry)
    _refuse_closed(inquiry)
    return _close_on(actor, inquiry, clock.today(inquiry.epci) - dt.timedelta(days=1))


def link_for(inquiry: Inquiry, commune: Commune) -> PersonalLink:
    """Return the link of a commune for a question, given now when it has none."""
    known = PersonalLink.objects.filter(inquiry=inquiry, commune=commune, revoked_at__isnull=True)
    link: PersonalLink | None = known.select_related("commune", "epci", "inquiry").first()
    return link or PersonalLink.objects.create(
        epci=inquiry.epci,
        commune=commune,
        purpose=LinkPurpose.INQUIRY.value,
        inquiry=inquiry,
        expires_on=inquiry.closes_on,
    )


def _asking(*, again: bool) -> LetterOf:
    return partial(question, again=again)


def _lock(actor: Actor, inquiry: Inquiry) -> None:
    require(actor, "schedule.draft", inquiry)
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)


def _close_on(actor: Actor, inquiry: Inquiry, day: dt.date) -> Inquiry:
    siren = inquiry.epci.siren
    kept = save_row(inquiry, {"closes_on": day}, event="schedule.inquiry_closing_moved", actor=actor, epci=siren)
    inquiry.links.filter(revoked_at__isnull=True).update(expires_on=day)
    return kept


def _refuse_past(epci: Epci, day: dt.date) -> None:
    if day < clock.today(epci):
        raise refuse("closes_on", "Ce jour est passé ; choisir aujourd’hui ou un jour à venir.")


def _refuse_closed(inquiry: Inquiry) -> None:
    if inquiry.closes_on < clock.today(inquiry.epci):
        raise ValidationError("Cette consultation est close ; choisir d’abord un nouveau jour de fin.")
