"""Say which communes take part in the tour, from when to when, and how certain that is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.actions.settling import settle_published
from escale.apps.schedule.models import Participation, Standing
from escale.apps.territory.dated import meeting
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import date_words

DAY = dt.timedelta(days=1)
WELCOME = "la commune participe à la tournée"
FAREWELL = "la commune ne participe plus à la tournée après le {}"
CHANGE = "la participation de la commune change à partir du {}"


@transaction.atomic
def take_part(
    *, actor: Actor, epci: Epci, commune: Commune, standing: Standing, starts: dt.date, ends: dt.date | None = None
) -> Participation:
    """Bring a commune into the tour. Raise ValidationError when it is in already, or is no member of the EPCI on that day."""
    _lock(actor, epci)
    row = _begin(actor, epci, commune, standing, starts, ends)
    settle_published(epci, communes=[commune], reason=WELCOME)
    return row


@transaction.atomic
def confirm_participation(*, actor: Actor, participation: Participation, starts: dt.date) -> Participation:
    """Make an expected participation firm from a day on: the months that are published become visits that everyone sees."""
    epci = participation.epci
    _lock(actor, epci)
    row = Participation.objects.select_related("commune", "epci").get(pk=participation.pk)
    if row.standing == Standing.FIRM:
        raise refuse("standing", f"{row.commune} participe déjà de façon certaine.")
    if row.ends is not None and starts > row.ends:
        raise refuse("starts", f"{row.commune} ne participe plus après le {date_words(row.ends)} ; choisir une date plus tôt.")
    commune, first, last = row.commune, max(starts, row.starts or starts), row.ends
    _end(actor, row, first - DAY, WELCOME)
    firm = _begin(actor, epci, commune, Standing.FIRM, first, last)
    settle_published(epci, communes=[commune], reason=WELCOME)
    return firm


@transaction.atomic
def end_participation(*, actor: Actor, participation: Participation, ends: dt.date, reason: str = "") -> None:
    """End a participation after a day: its visits after that day are cancelled, and keep the reason."""
    epci = participation.epci
    _lock(actor, epci)
    row = Participation.objects.select_related("commune", "epci").get(pk=participation.pk)
    commune = row.commune
    if row.ends is not None and ends >= row.ends:
        raise refuse("ends", f"{commune} ne participe déjà plus après le {date_words(row.ends)}.")
    words = reason.strip() or FAREWELL.format(date_words(ends))
    _end(actor, row, ends, words)
    settle_published(epci, communes=[commune], reason=words)


@transaction.atomic
def change_standings(*, actor: Actor, epci: Epci, wanted: Mapping[Commune, Standing | None], starts: dt.date) -> list[Commune]:
    """Say of many communes at once how they take part from a day on (None: they do not); return those that this changes.

    What was said of the days before stays. Raise ValidationError, and change nothing, when a commune is no member on that day.
    """
    _lock(actor, epci)
    rows: defaultdict[int, list[Participation]] = defaultdict(list)
    for row in Participation.objects.filter(meeting(starts, None), epci=epci).select_related("commune", "epci"):
        rows[row.commune_id].append(row)
    changed = [
        commune for commune, standing in wanted.items() if _change(actor, epci, commune, rows[commune.pk], standing, starts)
    ]
    if changed:
        settle_published(epci, communes=changed, reason=CHANGE.format(date_words(starts)))
    return changed


def _change(
    actor: Actor, epci: Epci, commune: Commune, rows: Sequence[Participation], standing: Standing | None, starts: dt.date
) -> bool:
    if [(row.standing, row.ends) for row in rows] == ([] if standing is None else [(standing.value, None)]):
        return False
    for row in rows:
        _end(actor, row, starts - DAY, CHANGE.format(date_words(starts)))
    if standing is not None:
        _begin(actor, epci, commune, standing, starts, None)
    return True


def _lock(actor: Actor, epci: Epci) -> None:
    require(actor, "schedule.participations", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)


def _begin(
    actor: Actor, epci: Epci, commune: Commune, standing: Standing, starts: dt.date, ends: dt.date | None
) -> Participation:
    if not Commune.objects.served_in(epci, starts, starts).filter(pk=commune.pk).exists():
        raise refuse("starts", f"{commune} n’est pas dans {epci} à cette date ; choisir une date où elle en fait partie.")
    values = {"epci": epci, "commune": commune, "standing": standing.value, "starts": starts, "ends": ends}
    return save_row(Participation(), values, event="schedule.participation_begun", actor=actor, epci=epci.siren)


def _end(actor: Actor, row: Participation, ends: dt.date, reason: str) -> None:
    """Keep what a participation was until a day; one that would begin later never was."""
    told = {"commune": row.commune.code, "ends": ends.isoformat(), "reason": reason}
    events.record("schedule.participation_ended", actor=actor, epci=row.epci.siren, subject=row, **told)
    if row.starts is not None and ends < row.starts:
        row.delete()
        return
    row.ends = ends
    row.full_clean()
    row.save()
