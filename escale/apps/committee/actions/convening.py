"""Invite the members to a meeting: each receives by e-mail a personal link to the folder, without an account."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.committee.letters import about, letter_to
from escale.apps.committee.models import Invitation, Meeting, Member
from escale.apps.messaging.actions import send_message
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse


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
    invited = set(row.invitations.values_list("member", flat=True))
    made = [Invitation.objects.create(meeting=row, member=member) for member in members if member.pk not in invited]
    for invitation in made:
        _write(actor, invitation)
    row.convened_at = row.convened_at or clock.moment(row.epci)
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


def open_folder(*, key: str) -> Invitation | None:
    """Return the invitation of a key, opened from now on; one that was revoked is as if it had never been."""
    found = Invitation.objects.filter(key=key, revoked_at__isnull=True)
    row = found.select_related("meeting__epci", "member__commune").first()
    if row is not None and row.opened_at is None:
        found.update(opened_at=clock.moment(row.meeting.epci))
    return row


def _write(actor: Actor, invitation: Invitation) -> None:
    subject, body = letter_to(invitation)
    send_message(
        actor=actor,
        epci=invitation.meeting.epci,
        to=invitation.member.email,
        subject=subject,
        body=body,
        about=about(invitation),
        once=f"{about(invitation)}:convening",
    )
