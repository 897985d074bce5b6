"""A report with a little of everything, as the database keeps it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from escale.apps.evaluation.figures import Cell, DutyLine, Figures, MonthLine, VisitLine, sealed
from escale.apps.evaluation.models import Report
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.filed import finished_batch

PERIOD = "2026-T3"


def full_figures(epci: Epci, commune: Commune) -> Figures:
    """A quarter in which everything happened once."""
    fates = ("held", "moved", "make_up", "service", "commune", "untold")
    days = [dt.date(2026, 7, 7) + dt.timedelta(days=14 * at) for at in range(len(fates))]
    words = ["", "promise d’abord le 14 juillet 2026", "", "panne ou transport", "salle prise ou indisponible", ""]
    return Figures(
        period=PERIOD,
        until=dt.date(2026, 10, 10),
        commune=str(commune),
        code=commune.code,
        population=4_321,
        epci=str(epci),
        service=epci.service_name,
        effect=dt.date(2025, 3, 17),
        counts={
            "due": 3,
            "proposed": 3,
            "held": 3,
            "cancelled_by_commune": 1,
            "cancelled_by_service": 1,
            "made_up": 1,
            "people": 47,
            "by_appointment": 5,
            "walk_in": 34,
            "in_workshops": 8,
            "activities": 40,
            "workshops": 1,
            "slots_open": 6,
            "slots_taken": 5,
            "appointments_honoured": 4,
            "appointments_absent": 1,
            "left": 2,
            "demandes": 7,
            "demandes_waiting": 2,
            "urgencies": 1,
            "urgencies_solved": 1,
            "checks_done": 15,
            "checks_right": 13,
        },
        months=tuple(
            MonthLine(month=f"2026-0{month}", due=1, proposed=1, held=1, people=people)
            for month, people in ((7, 21), (8, 0), (9, 26))
        ),
        visits=tuple(
            VisitLine(date=day, half="AM", fate=fate, words=said) for day, fate, said in zip(days, fates, words, strict=True)
        ),
        tables={
            "theme": (
                Cell(label="Aide aux démarches administratives", count=31),
                Cell(label="Prévention en sécurité numérique", count=None),
                Cell(label="E-mail", count=0),
            ),
            "age": (Cell(label="70 ans et plus", count=29), Cell(label="60-69 ans", count=None)),
            "gender": (Cell(label="Féminin", count=None), Cell(label="Masculin", count=None)),
        },
        duties=(
            DutyLine(party=str(epci), article="4", words="proposer", status="met", told="3 demi-journées proposées sur 3 dues"),
            DutyLine(
                party=f"La commune {commune.place_name.de}", article="7", words="un lieu chauffé", status="late", told="froid"
            ),
        ),
    )


def sent_report(epci: Epci, commune: Commune) -> Report:
    """A report that a mairie was sent."""
    kept = full_figures(epci, commune).to_json()
    seal = {
        "figures": kept,
        "sha256": sealed(kept),
        "method": kept["method"],
        "basis": {"total": 0, "tables": {}, "months": {}, "told": []},
    }
    by = {"prepared_at": timezone.now(), "prepared_by": "test", "sent_at": timezone.now(), "sent_by": "test"}
    return Report.objects.create(epci=epci, commune=commune, period=PERIOD, **seal, **by)


def report_world(epci: Epci, oisy: Commune) -> dict[str, object]:
    """What the routes of reports are about: one that Oisy was sent, and a batch."""
    report, batch = sent_report(epci, oisy), finished_batch(epci, "reports").pk
    return {
        "period": PERIOD,
        "form": "csv",
        **{f"reports:{page} key": report.key for page in ("read", "take", "acknowledge")},
        "steering:report_batch pk": batch,
        "steering:report_archive pk": batch,
    }
