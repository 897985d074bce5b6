"""The forms of the arrival and of the closing: the hours as people write them, and what was found in the place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from escale.apps.visits.answers import HoldingChecks, HoldingReport
from escale.apps.visits.models import Holding
from escale.core.visits.life import PointKind
from escale.web.field.record_forms import yes_or_no
from escale.web.stops import Stop

CHECKS: Mapping[str, tuple[str, PointKind | None]] = {
    "was_opened": ("Le lieu est ouvert", PointKind.NOT_OPENED),
    "was_heated": ("Il est chauffé", PointKind.NOT_HEATED),
    "had_private_office": ("Il y a un bureau à l’abri des regards", PointKind.NO_PRIVATE_OFFICE),
    "had_room": ("La salle est libre", PointKind.NO_ROOM),
    "had_power": ("Il y a des prises de courant", PointKind.NO_POWER),
    "had_network": ("Il y a du réseau", PointKind.NO_NETWORK),
    "is_kit_complete": ("La malle est complète", None),
}
"""What a mediator looks at on arrival, and the point that it leads to when it is missing."""


class ChecksForm(forms.Form):
    """What was found on arrival; nothing has to be answered."""

    def __init__(self, data: Any = None, *, stop: Stop, holding: Holding | None, now: dt.datetime) -> None:
        super().__init__(data)
        self.stop, self.zone = stop, ZoneInfo(stop.visit.epci.time_zone)
        begun = holding.started_at.astimezone(self.zone).time() if holding and holding.started_at else None
        ended = holding.ended_at.astimezone(self.zone).time() if holding and holding.ended_at else None
        self.times = {"started": begun or self._usual(now), "ended": ended or stop.hours.ends}
        for name, (label, _) in CHECKS.items():
            self.fields[name] = yes_or_no(label)
            if holding is not None:
                known = getattr(holding, name)
                self.fields[name].initial = "" if known is None else ("oui" if known else "non")

    def _usual(self, now: dt.datetime) -> dt.time:
        return self.stop.hours.starts

    @property
    def checks(self) -> HoldingChecks:
        """The answers; None is not looked at."""
        answers = {"oui": True, "non": False}
        return HoldingChecks(**{name: answers.get(self.cleaned_data[name]) for name in CHECKS})

    @property
    def check_fields(self) -> list[forms.BoundField]:
        """The questions."""
        return [self[name] for name in CHECKS]

    def moment(self, name: str) -> dt.datetime:
        """Return an hour of the half-day."""
        return dt.datetime.combine(self.stop.date, self.cleaned_data[name], tzinfo=self.zone)


def hour_field(label: str, missing: str) -> forms.TimeField:
    """Return the field of an hour of the day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, error_messages={"required": missing, "invalid": missing})


class ArrivalForm(ChecksForm):
    """The hour of arrival and what was found."""

    started = hour_field("Je commence à", "Donner l’heure du début, par exemple 14:00.")

    def __init__(self, data: Any = None, *, stop: Stop, holding: Holding | None, now: dt.datetime) -> None:
        super().__init__(data, stop=stop, holding=holding, now=now)
        self.fields["started"].initial = self.times["started"]

    def _usual(self, now: dt.datetime) -> dt.time:
        here = now.astimezone(self.zone)
        return here.time() if here.date() == self.stop.date else self.stop.hours.starts


class ClosingForm(ChecksForm):
    """The half-day as it was: real hours, what was found, what is left to do."""

    started = hour_field("Commencé à", "Donner l’heure du début, par exemple 14:00.")
    ended = hour_field("Fini à", "Donner l’heure de la fin, par exemple 17:00.")
    is_shortened = forms.BooleanField(label="Écourté", required=False)
    to_finish = forms.BooleanField(label="À finir la prochaine fois", required=False)
    words = forms.CharField(
        label="En quelques mots", required=False, max_length=200, help_text="Sans nommer personne.", widget=forms.TextInput
    )

    def __init__(self, data: Any = None, *, stop: Stop, holding: Holding | None, now: dt.datetime) -> None:
        super().__init__(data, stop=stop, holding=holding, now=now)
        for name, hour in self.times.items():
            self.fields[name].initial = hour
        if holding is not None:
            for name in ("is_shortened", "to_finish", "words"):
                self.fields[name].initial = getattr(holding, name)

    @property
    def report(self) -> HoldingReport:
        """What the action takes."""
        kept = {name: self.cleaned_data[name] for name in ("is_shortened", "to_finish", "words")}
        return HoldingReport(started_at=self.moment("started"), ended_at=self.moment("ended"), checks=self.checks, **kept)
