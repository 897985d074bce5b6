"""The one civil clock: which day it is where an EPCI lives."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from escale.apps.territory.models import Epci


def today(epci: Epci | None = None) -> dt.date:
    """Return the local civil date of an EPCI, or of the installation; ESCALE_TODAY freezes it for demonstrations."""
    frozen: dt.date | None = settings.ESCALE_TODAY
    if frozen is not None:
        return frozen
    return timezone.localdate(timezone=ZoneInfo(epci.time_zone) if epci else timezone.get_default_timezone())


def moment(epci: Epci) -> dt.datetime:
    """Return this moment where an EPCI lives: the hour of its clock, on the day that `today` says."""
    zone = ZoneInfo(epci.time_zone)
    return dt.datetime.combine(today(epci), timezone.localtime(timezone=zone).time(), tzinfo=zone)
