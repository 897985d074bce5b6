"""Say which communes took part in a meeting of follow-up (art. 3-1); said again, it is corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from escale.apps.obligations.models import Attendance
from escale.apps.territory.models import Epci


def tell_attendance(*, epci: Epci, day: dt.date, took_part: Mapping[int, bool]) -> None:
    """Note who took part in a meeting, by commune (their keys). Part of an action, which has judged who may do it.

    A commune of which nobody said whether it came is left out: it counts neither for nor against it.
    """
    Attendance.objects.filter(epci=epci, day=day).delete()
    rows = [Attendance(epci=epci, commune_id=key, day=day, took_part=there) for key, there in sorted(took_part.items())]
    Attendance.objects.bulk_create(rows)
