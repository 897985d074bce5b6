"""Invite the members to a meeting: each receives by e-mail a personal link to the folder, without an account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.committee.letters import about, letter_of_cancellation, letter_to
from escale.apps.committee.models import Invitation, Meeting, Member, new_key
from escale.apps.messaging.actions import send_message
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse

OPEN_FOR = dt.timedelta(days=60)
"""How long after the meeting a folder still opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convened:
    """How many were written to, of how many who sit on that day."""

    sent: int
    members: int


@transaction.atomic
def convene(*, actor: Actor, meeting: Meeting) -> Convened:
    """Write to every member of that day who was not written to yet. Raise ValidationError without an agenda or a member."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("epci").get(pk=meeting.pk)
    require(actor, "committee.manage", row.epci)
    if not row.is_planned or row.date < clock.today(row.epci):
        raise refuse("date", "Cette réunion n’est plus à venir : personne n’est convoqué.")
    if not row.agenda:
        raise refuse("agenda", "Écrire l’ordre du jour avant de convoquer.")
    members = list(Member.objects.filter(epci=row.epci).sitting_on(row.date).select_related("commune"))
    if not members:
        raise refuse("agenda", "Le comité n’a pas encore de membre : en nommer avant de convoquer.")
    now = clock.moment(row.epci)
    invited = set(row.invitations.values_list("member", flat=True))
    waiting = [member for member in members if member.pk not in invited]
    made = [Invitation.objects.create(meeting=row, member=member, sent_at=now) for member in waiting]
    for invitation in made:
        _write(actor, invitation)
    row.convened_at = row.convened_at or now
    row.save(update_fields=["convened_at"])
    events.record("committee.convened", actor=actor, epci=row.epci.siren, subject=row, sent=len(made))
    return Convened(sent=len(made), members=len(members))


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Take a link back: its address is as if it had never been."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("meeting__epci").get(pk=invitation.pk)
    require(actor, "committee.manage", row.meeting.epci)
    if row.revoked_at is None:
        row.revoked_at = clock.moment(row.meeting.epci)
        row.save(update_fields=["revoked_at"])
        events.record("committee.link_revoked", actor=actor, epci=row.meeting.epci.siren, subject=row)


@transaction.atomic
def renew_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Give a member whose link was taken back another one, and write to them again."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("meeting__epci", "member").get(pk=invitation.pk)
    require(actor, "committee.manage", row.meeting.epci)
    if row.revoked_at is None:
        return row
    if not row.meeting.is_planned:
        raise refuse("date", "Cette réunion n’est plus à venir : aucun lien n’est envoyé.")
    row.key, row.revoked_at, row.opened_at, row.sent_at = new_key(), None, None, clock.moment(row.meeting.epci)
    row.save(update_fields=["key", "revoked_at", "opened_at", "sent_at"])
    _write(actor, row)
    events.record("committee.link_renewed", actor=actor, epci=row.meeting.epci.siren, subject=row)
    return row


def tell_of_cancellation(*, actor: Actor, meeting: Meeting) -> None:
    """Write to everyone who was convened that they need not come. Part of the action that cancels, in its transaction."""
    for invitation in meeting.invitations.select_related("meeting__epci", "member"):
        _post(actor, invitation, letter_of_cancellation(invitation), "cancelling")


def open_folder(*, key: str) -> Invitation | None:
    """Return the invitation of a key, opened from now on; one that was revoked, or is long over, is as if it had never been."""
    found = Invitation.objects.filter(key=key, revoked_at__isnull=True)
    row = found.select_related("meeting__epci", "member__commune").first()
    if row is None or clock.today(row.meeting.epci) > row.meeting.date + OPEN_FOR:
        return None
    if row.opened_at is None:
        found.update(opened_at=clock.moment(row.meeting.epci))
    return row


def _write(actor: Actor, invitation: Invitation) -> None:
    # A link that was given again is another letter.
    _post(actor, invitation, letter_to(invitation), invitation.key)


def _post(actor: Actor, invitation: Invitation, letter: tuple[str, str], once: str) -> None:
    subject, body = letter
    told = about(invitation)
    to, epci = invitation.member.email, invitation.meeting.epci
    send_message(actor=actor, epci=epci, to=to, subject=subject, body=body, about=told, once=f"{told}:{once}")
