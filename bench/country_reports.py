"""By hand: the figures of a country on PostgreSQL: how long a dashboard of all EPCIs takes, how long everything counted anew.

`python -m bench.country_reports` writes 5,000,000 records of one year in 35,000 communes and 1,255 EPCIs (some minutes, 6 GB in
the temporary folder); `--communes` and `--records` make it smaller. The bound is one sequential read of the rows.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.databases import database, prepare
from bench.machine import machine

COMMUNES, RECORDS = 35_000, 5_000_000
COMMUNES_OF_AN_EPCI = 28
YEAR = 2026
TOUCHED = 100
"""Communes in which something was written since the last round of the minute: what a country writes in one, twice over."""
AT_ONCE, ROWS_AT_ONCE = 5_000, 500_000
HOMES = """
CREATE TEMPORARY TABLE bench_home ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY held.id) - 1 AS rank, held.epci_id AS epci, held.commune_id AS commune, mediator.id AS mediator
FROM territory_membership AS held JOIN team_mediator AS mediator ON mediator.epci_id = held.epci_id
"""
RECORD = """
INSERT INTO activity_record (
  key, version, epci_id, commune_id, mediator_id, date, kind, place, mode, public, minutes, themes, procedures, devices, missions,
  autonomy, orientation, level, age, gender, status, people, known, counts, posture, mandate, is_first_time, is_solved, took_pix,
  had_appointment, workshop, entered_at, device_time, received_at
)
SELECT
  lpad(to_hex(n), 32, '0')::uuid, 1, home.epci, home.commune, home.mediator, day, kind, %(place)s, %(mode)s, %(public)s,
  15 * (1 + n %% 4), theme, CASE WHEN theme = %(with_procedure)s THEN %(procedure)s ELSE '' END, %(device)s, %(mission)s,
  (%(autonomies)s::text[])[1 + n %% 4], (%(orientations)s::text[])[1 + n %% 8], '',
  CASE WHEN alone THEN (%(ages)s::text[])[1 + n %% 8] ELSE '' END,
  CASE WHEN alone THEN (%(genders)s::text[])[1 + n %% 4] ELSE '' END,
  CASE WHEN alone THEN (%(statuses)s::text[])[1 + n %% 6] ELSE '' END,
  CASE WHEN alone THEN 1 ELSE 6 END, CASE WHEN alone THEN NULL ELSE 2 END,
  (CASE WHEN alone THEN '{}' ELSE %(counts)s END)::jsonb, (%(postures)s::text[])[1 + n %% 3], '',
  (ARRAY[NULL, true, false])[1 + n %% 3], (ARRAY[NULL, true, true, false])[1 + n %% 4], NULL,
  alone AND n %% 3 = 0, '', day + time '10:00', day + time '10:00', day + time '10:00'
FROM (
  SELECT n, n %% %(communes)s AS rank, date '2026-01-01' + (n / %(communes)s * 7 %% 365)::int AS day, n %% 10 <> 0 AS alone,
    CASE WHEN n %% 10 = 0 THEN %(collective)s ELSE %(individual)s END AS kind, (%(themes)s::text[])[1 + n %% 19] AS theme
  FROM generate_series(%(first)s, %(last)s) AS n
) AS one JOIN bench_home AS home USING (rank)
"""


def measure(communes: int, records: int) -> list[dict[str, Any]]:
    """Return one row for each reading, and for the writing of the world and of its figures."""
    from django.core.management import call_command

    from bench.measured import cost_of
    from escale.apps.activity.figures import country_figures, figures_by_commune, figures_by_month
    from escale.apps.territory.models import Epci
    from escale.core.calendar.months import Month

    first, last = Month(YEAR, 1), Month(YEAR, 12)
    told: dict[str, Any] = {"communes": communes, "records": records}
    written = _lasting(lambda: _write(communes, records))
    with Path("/dev/null").open("w") as nowhere:
        counted = _lasting(lambda: call_command("figures", all=True, stdout=nowhere))
    _analyse()
    epci = Epci.objects.order_by("pk")[0]
    if country_figures(first, last).activities != records:
        raise SystemExit("the figures are not those of the records")
    rows = {
        "year of the country": cost_of(lambda: country_figures(first, last)),
        "month of the country": cost_of(lambda: country_figures(last, last)),
        "year of one EPCI, by month": cost_of(lambda: figures_by_month(epci, first, last)),
        "year of one EPCI, by commune": cost_of(lambda: figures_by_commune(epci, first, last)),
    }
    _touch(last.first)
    rows[f"year of the country, {TOUCHED} communes just written to"] = cost_of(lambda: country_figures(first, last))
    rows["bound: one sequential read"] = cost_of(_read_once)
    rows["the records written"] = written
    rows["all counted anew"] = counted
    return [told | {"what": what} | row for what, row in rows.items()]


def _lasting(work: Any) -> dict[str, Any]:
    """Return the seconds of a work that is done once, and by how much it let the process grow at most."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    work()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"seconds": round(time.perf_counter() - begun, 1), "peak_mb": round(grown / 1024, 1), "queries": None}


def _write(communes: int, records: int) -> None:
    """Write the territories, then the records in a few statements: the references are right by construction, and not checked."""
    from django.db import connection, transaction

    values = _values() | {"communes": communes}
    with transaction.atomic(), connection.cursor() as cursor:
        _settle(communes)
        cursor.execute(HOMES)
        cursor.execute("SET LOCAL session_replication_role = replica")
        for begun in range(1, records + 1, ROWS_AT_ONCE):
            last = min(begun + ROWS_AT_ONCE - 1, records)
            cursor.execute(RECORD, {**values, "first": begun, "last": last})
    _analyse()


def _values() -> dict[str, Any]:
    """Return the words of the records: every theme, age, gender and status comes up."""
    from escale.apps.activity.lists import written
    from escale.core.activity import vocabulary as words

    return {
        "place": words.Place.USUAL.value,
        "mode": words.Mode.ON_SITE.value,
        "public": words.Public.RESIDENTS.value,
        "individual": words.ActivityKind.INDIVIDUAL.value,
        "collective": words.ActivityKind.COLLECTIVE.value,
        "themes": [written([theme]) for theme in words.Theme],
        "with_procedure": written([words.Theme.PROCEDURES]),
        "procedure": written([words.Procedure.HOUSING]),
        "device": written([words.Device.COMPUTER]),
        "mission": written([words.Mission.QUALITY_OF_LIFE]),
        "autonomies": ["", *(one.value for one in words.Autonomy)],
        "orientations": ["", *(one.value for one in words.Orientation)],
        "ages": [one.value for one in words.AgeBand],
        "genders": ["", *(one.value for one in words.Gender)],
        "statuses": ["", *(one.value for one in words.Status)],
        "postures": ["", words.Posture.TEACHES.value, words.Posture.ACCOMPANIES.value],
        "counts": json.dumps({"ages": {words.AgeBand.FROM_60.value: 3, words.AgeBand.FROM_70.value: 2}}),
    }


def _settle(communes: int) -> None:
    from escale.apps.team.models import Mediator
    from escale.apps.territory.models import Commune, Epci, Membership

    count = -(-communes // COMMUNES_OF_AN_EPCI)
    epcis = Epci.objects.bulk_create([Epci(siren=f"{200000000 + rank}", name=f"EPCI {rank}") for rank in range(count)])
    Mediator.objects.bulk_create([Mediator(epci=epci, first_name="Camille", last_name="Exemple") for epci in epcis])
    named = {"name": "Exemple", "sort_key": "exemple", "search": "exemple"}
    rows = (Commune(code=f"{rank:05d}", slug=f"exemple-{rank}", **named) for rank in range(communes))
    found = Commune.objects.bulk_create(rows, batch_size=AT_ONCE)
    homes = (Membership(epci=epcis[rank % count], commune=commune) for rank, commune in enumerate(found))
    Membership.objects.bulk_create(homes, batch_size=AT_ONCE)


def _touch(month: dt.date) -> None:
    from django.db import transaction

    from escale.apps.activity.touched import mark_touched
    from escale.apps.territory.models import Membership

    homes = Membership.objects.order_by("pk").values_list("epci", "commune")[:TOUCHED]
    with transaction.atomic():
        mark_touched([(epci, commune, month) for epci, commune in homes])


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _read_once() -> object:
    """Let the database look at each row once, and answer one line."""
    from django.db.models import Count, Sum

    from escale.apps.activity.models import Record

    return Record.objects.standing().order_by().aggregate(Count("pk"), Sum("people"), Sum("minutes"))


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--communes", type=int, default=COMMUNES, help="how many communes (default: %(default)s)")
    parser.add_argument("--records", type=int, default=RECORDS, help="how many records (default: %(default)s)")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="escale-bench-")))
        prepare(folder, stack.enter_context(database("postgresql", folder)))
        rows = measure(options.communes, options.records)
        from django.db import connections

        connections.close_all()
    print(json.dumps({"bench": "country_reports", "machine": machine(), "rows": rows}))


if __name__ == "__main__":
    main()
