"""A tour to open: every second Wednesday of seven months in Oisy, whose hall has an address."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.test import Client
from django.utils import timezone

from escale.apps.territory.models import Mairie, Premises
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.months import Month, nth_weekday
from tests.web.cast import Cast
from tests.web.visiting import make_visit

MONTHS = tuple(Month(2026, 12).until(Month(2027, 6)))
SIREN = "200042190"


def tour_of_oisy(cast: Cast) -> list[Visit]:
    """Publish the visits, and say where the mairie is and how it is called."""
    cast.oisy.postal_codes = ["59195"]
    cast.oisy.latitude, cast.oisy.longitude = 50.36, 3.43
    cast.oisy.save()
    Mairie.objects.create(commune=cast.oisy, phone="03 53 01 00 12", email="accueil@oisy.example.org")
    days = [nth_weekday(month, 2, Weekday.WED) for month in MONTHS]
    visits = [make_visit(cast, cast.oisy, day, "PM") for day in days if day]
    # No file is younger than the clock of those who judge it.
    Visit.objects.update(changed_at=timezone.now() - dt.timedelta(days=3))
    return visits


def hall(cast: Cast) -> Premises:
    return Premises.objects.get(commune=cast.oisy)


def fetched(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def rows(path: str) -> list[dict[str, Any]]:
    """Return the lines of a CSV, as a spreadsheet would read them."""
    return list(csv.DictReader(io.StringIO(fetched(path))))
