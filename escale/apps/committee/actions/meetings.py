"""Plan a meeting, write its papers, cancel it, say that it was held: never more of them in a year than art. 6 allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.committee.actions.convening import tell_of_cancellation
from escale.apps.committee.models import Invitation, Meeting, MeetingState, Presence
from escale.apps.obligations.attending import tell_attendance
from escale.apps.territory import clock
from escale.apps.territory.catalogue import COMMITTEE_MAX_PER_YEAR, COMMITTEE_YEAR
from escale.apps.territory.labels import COMMITTEE_YEARS
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import date_words
from escale.core.committee.years import meetings_that_fill

TAKES_PART = (Presence.PRESENT, Presence.REPRESENTED)


@transaction.atomic
def plan_meeting(*, actor: Actor, epci: Epci, date: dt.date, hour: dt.time, place: str) -> Meeting:
    """Plan a meeting. Raise ValidationError, under « date », when the day is taken or the year full."""
    require(actor, "committee.manage", epci)
    # Two people who plan at once take turns: the second counts what the first planned.
    Epci.objects.select_for_update().get(pk=epci.pk)
    if date < clock.today(epci):
        raise refuse("date", "Ce jour est passé ; choisir un jour à venir.")
    if Meeting.objects.filter(epci=epci, date=date).counted().exists():
        raise refuse("date", "Une réunion est déjà prévue ce jour-là ; choisir un autre jour.")
    _refuse_a_full_year(epci, date)
    values = {"epci": epci, "date": date, "hour": hour, "place": place}
    return save_row(Meeting(), values, event="committee.meeting_planned", actor=actor, epci=epci.siren)


@transaction.atomic
def prepare_meeting(*, actor: Actor, meeting: Meeting, agenda: str, decisions: str, costs: str) -> Meeting:
    """Write the papers of a meeting: its agenda, what is to be decided, what it costs in money."""
    row = _locked(actor, meeting)
    _require_planned(row)
    values = {"agenda": agenda.strip(), "decisions": decisions.strip(), "costs": costs.strip()}
    return save_row(row, values, event="committee.meeting_prepared", actor=actor, epci=row.epci.siren)


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str) -> Meeting:
    """Cancel a meeting: it no longer counts among those of its year, and whoever was convened is told."""
    row = _locked(actor, meeting)
    _require_planned(row)
    if not reason.strip():
        raise refuse("reason", "Dire pourquoi la réunion est annulée.")
    values = {"state": MeetingState.CANCELLED.value, "reason": reason.strip()}
    saved = save_row(row, values, event="committee.meeting_cancelled", actor=actor, epci=row.epci.siren)
    tell_of_cancellation(actor=actor, meeting=saved)
    return saved


@transaction.atomic
def hold_meeting(*, actor: Actor, meeting: Meeting, presences: Mapping[int, Presence], minutes: str) -> Meeting:
    """Say that a meeting was held: who came, by the key of the invitation, and its minutes; said again, it is corrected."""
    row = _locked(actor, meeting)
    if row.state == MeetingState.CANCELLED:
        raise refuse("minutes", "Cette réunion a été annulée : elle n’a pas de compte rendu.")
    if row.date > clock.today(row.epci):
        raise refuse("minutes", "Cette réunion n’a pas encore eu lieu.")
    if not minutes.strip():
        raise refuse("minutes", "Écrire le compte rendu.")
    took_part: dict[int, bool] = {}
    for invitation in Invitation.objects.filter(meeting=row).select_related("member"):
        presence = presences.get(invitation.pk, Presence.UNTOLD)
        if presence != invitation.presence:
            invitation.presence = presence.value
            invitation.save(update_fields=["presence"])
        commune = invitation.member.commune_id
        if commune is not None and presence is not Presence.UNTOLD:
            # One of its representatives is enough for a commune; whoever is represented takes part (art. 3-1).
            took_part[commune] = took_part.get(commune, False) or presence in TAKES_PART
    tell_attendance(epci=row.epci, day=row.date, took_part=took_part)
    values = {"state": MeetingState.HELD.value, "minutes": minutes.strip()}
    saved = save_row(row, values, event="committee.meeting_told", actor=actor, epci=row.epci.siren)
    events.record("committee.attendance_told", actor=actor, epci=row.epci.siren, subject=row, count=len(presences))
    return saved


def _locked(actor: Actor, meeting: Meeting) -> Meeting:
    row = Meeting.objects.select_for_update(of=("self",)).select_related("epci").get(pk=meeting.pk)
    require(actor, "committee.manage", row.epci)
    return row


def _require_planned(row: Meeting) -> None:
    if not row.is_planned:
        raise refuse("date", "Cette réunion est tenue ou annulée : elle ne change plus.")


def _refuse_a_full_year(epci: Epci, date: dt.date) -> None:
    most, rule = value_of(epci, COMMITTEE_MAX_PER_YEAR), value_of(epci, COMMITTEE_YEAR)
    others = Meeting.objects.filter(epci=epci).counted().values_list("date", flat=True)
    full = meetings_that_fill(date, others, most=most, rule=rule)
    if full:
        *first, last = [f"le {date_words(day)}" for day in full]
        days = f"{', '.join(first)} et {last}" if first else last
        raise refuse(
            "date",
            f"Le comité se réunit au plus {most} fois par an (art. 6), {COMMITTEE_YEARS[rule]}. Sont déjà prévues ou tenues : "
            f"{days}. En annuler une, ou choisir un autre jour.",
        )
