"""Refuse a half-day that was moved by itself to where its commune takes no part, or cannot receive: the move is then not made."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from escale.apps.audit.models import Entry
from escale.apps.schedule.models import Participation
from escale.apps.schedule.wishes import CommuneWish, wishes_of
from escale.apps.visits.models import Visit
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month

NO_WISH = CommuneWish()


def refuse_outside(entry: Entry) -> None:
    """Raise ValidationError for a visit that moved, or was made, outside a firm participation or against what its mairie asked.

    It runs in the transaction of the action: visits know nothing of who takes part (« visits.moved », « visits.made_up »).
    """
    keys = [*entry.details["created"], *(told["visit"] for told in entry.details["moved"])]
    for visit in Visit.objects.filter(pk__in=keys).select_related("epci", "commune"):
        _judge(visit)


def _judge(visit: Visit) -> None:
    told = weekday_date_words(visit.date)
    firm = Participation.objects.filter(epci=visit.epci, commune=visit.commune).firm()
    if not any(held.holds_on(visit.date) for held in firm):
        words = f"{visit.commune} n’a pas de convention en vigueur le {told} ; choisir une date pendant la convention."
        raise ValidationError({"date": words})
    wish = wishes_of(visit.epci, [Month.of(visit.date)]).get(visit.commune_id, NO_WISH)
    if visit.date in wish.closed_days:
        raise ValidationError({"date": f"{visit.commune} ne peut pas ouvrir de salle le {told} ; choisir une autre date."})
    if visit.window in wish.closed_windows or (visit.date, Half(visit.half)) in wish.shut:
        raise ValidationError(
            {"half": f"{visit.commune} ne peut pas accueillir le {visit.window.words} ; choisir un autre jour."}
        )
