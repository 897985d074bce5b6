"""The files of open data: what each one holds, its name, its last change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.text import slugify

from escale.apps.conventions.models import JournalEntry
from escale.apps.territory.models import Epci
from escale.web.opendata import conventions, inclusion, places, statistics, visits
from escale.web.opendata.reading import OpenPlace, places_of
from escale.web.opendata.tables import csv_file

LICENCE = "Licence Ouverte 2.0"
LICENCE_PAGE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
CSV, JSON, GEOJSON = "text/csv; charset=utf-8", "application/json", "application/geo+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file: its bytes, the name under which it is kept, and the last change that it tells; None when it tells nothing."""

    body: bytes
    media_type: str
    name: str
    changed_at: dt.datetime | None = None


def whole(found: Sequence[OpenPlace]) -> list[OpenPlace]:
    """Return the places that the national schema takes: it wants an address."""
    return [place for place in found if place.address.is_whole]


def last_change(moments: Sequence[dt.datetime]) -> dt.datetime | None:
    """Return the last of some moments; None when there is none."""
    return max(moments, default=None)


def places_csv(epcis: Sequence[Epci]) -> OpenFile:
    """Return the places in the national schema, named as it asks: date, producer, what, territory."""
    told = whole(places_of(epcis))
    changed_at = last_change([place.changed_at for place in told])
    day = f"{timezone.localdate(changed_at)}_" if changed_at else ""
    whose = f"{epcis[0].siren}_lieux-de-mediation-numerique_{slugify(epcis[0].name)}" if len(epcis) == 1 else "lieux"
    return OpenFile(body=csv_file(places.COLUMNS, told), media_type=CSV, name=f"{day}{whose}.csv", changed_at=changed_at)


def visits_csv(epcis: Sequence[Epci]) -> OpenFile:
    """Return the visits as a table."""
    stops = visits.visits_of(epcis)
    changed_at = last_change([stop.visit.changed_at for stop in stops])
    return OpenFile(body=csv_file(visits.COLUMNS, stops), media_type=CSV, name="passages.csv", changed_at=changed_at)


def visits_geojson(epcis: Sequence[Epci]) -> OpenFile:
    """Return the visits as points."""
    stops = visits.visits_of(epcis)
    changed_at = last_change([stop.visit.changed_at for stop in stops])
    collection = visits.feature_collection(stops)
    return OpenFile(body=_json(collection), media_type=GEOJSON, name="passages.geojson", changed_at=changed_at)


def conventions_csv(epcis: Sequence[Epci]) -> OpenFile:
    """Return the conventions as a table."""
    found = conventions.conventions_of(epcis)
    return OpenFile(
        body=csv_file(conventions.COLUMNS, found), media_type=CSV, name="conventions.csv", changed_at=conventions_changed(epcis)
    )


def conventions_changed(epcis: Sequence[Epci]) -> dt.datetime | None:
    """Return when the journal of the conventions that took effect was last written."""
    rows = JournalEntry.objects.filter(convention__epci__in=epcis, convention__notified_on__isnull=False)
    found: dt.datetime | None = rows.aggregate(last=Max("at"))["last"]
    return found


def conventions_schema(_epcis: Sequence[Epci]) -> OpenFile:
    """Return the schema of that table."""
    address = f"{settings.ADDRESS.rstrip('/')}{reverse('public:conventions_csv')}"
    return OpenFile(body=_json(conventions.table_schema(address)), media_type=JSON, name="conventions.schema.json")


def statistics_csv(epcis: Sequence[Epci]) -> OpenFile:
    """Return what was done, as far as everyone may read it."""
    reports = statistics.frozen_reports(epcis)
    body = csv_file(statistics.COLUMNS, statistics.figures_of(reports))
    changed_at = last_change([report.prepared_at for report in reports])
    return OpenFile(body=body, media_type=CSV, name="statistiques.csv", changed_at=changed_at)


def statistics_schema(_epcis: Sequence[Epci]) -> OpenFile:
    """Return the schema of that table."""
    address = f"{settings.ADDRESS.rstrip('/')}{reverse('public:statistics_csv')}"
    return OpenFile(body=_json(statistics.table_schema(address)), media_type=JSON, name="statistiques.schema.json")


def data_inclusion(epcis: Sequence[Epci]) -> OpenFile:
    """Return the service as data·inclusion reads it."""
    told = whole(places_of(epcis))
    changed_at = last_change([place.changed_at for place in told])
    return OpenFile(body=_json(inclusion.offer_of(told)), media_type=JSON, name="data-inclusion.json", changed_at=changed_at)


def answer(file: OpenFile) -> HttpResponse:
    """Answer with a file, under the name that it is kept under."""
    response = HttpResponse(file.body, content_type=file.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    if file.changed_at:
        response.headers["Last-Modified"] = http_date(file.changed_at.timestamp())
    return response


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
