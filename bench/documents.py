"""The documents of 47 conventions with their annexed planning, as PDF, DOCX and ODT: format by format, then as one batch."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import machine
from bench.pages import TODAY, YEAR, prepare

if TYPE_CHECKING:
    from escale.apps.conventions.models import Convention
    from escale.apps.territory.models import Epci

COMMUNES = 47
MODEL = "demonstration-2027"


def measure() -> list[dict[str, Any]]:
    """Return one row for each format, made one after the other, and one for all of them as a batch, archive included."""
    from django.core.management import call_command

    from bench.world import build
    from escale.apps.conventions.producing import Form
    from escale.apps.conventions.queries import recorded
    from escale.apps.territory.models import Epci

    call_command("flush", interactive=False, verbosity=0)
    build(COMMUNES, YEAR)
    epci = Epci.objects.get()
    draft_all(epci)
    rows = [_format(form, list(recorded(_conventions(epci)))) for form in Form]
    return [*rows, _batch(epci)]


def draft_all(epci: Epci) -> None:
    """Draft a convention with each commune, and name who signs."""
    from escale.apps.audit.actors import SYSTEM
    from escale.apps.conventions.actions.drafting import draft_convention
    from escale.apps.conventions.actions.signing import name_signatory
    from escale.apps.conventions.models import Gender
    from escale.apps.conventions.papers.texts import model_named, version_of
    from escale.apps.territory.models import Commune
    from escale.core.calendar.halfdays import Half, Weekday, Window
    from escale.core.planning.problem import Annex

    model, usual = model_named(MODEL), Annex(nth=2, window=Window(weekday=Weekday.TUE, half=Half.AM))
    person: dict[str, Any] = {"first_name": "Camille", "last_name": "Exemple", "gender": Gender.FEMININE}
    name_signatory(actor=SYSTEM, epci=epci, commune=None, title="Présidente", **person)
    for commune in Commune.objects.all():
        name_signatory(actor=SYSTEM, epci=epci, commune=commune, title="Maire", **person)
        draft_convention(
            actor=SYSTEM,
            epci=epci,
            commune=commune,
            model=MODEL,
            model_version=version_of(MODEL),
            terms=model.terms,
            annex=usual,
        )


def _conventions(epci: Epci) -> Any:
    from escale.apps.conventions.models import Convention

    return Convention.objects.filter(epci=epci)


def _format(form: Any, conventions: list[Convention]) -> dict[str, Any]:
    from escale.apps.conventions.producing import CONVENTION, REFUSALS, RENDERED, document_of

    on, size, failed = dt.date.fromisoformat(TODAY), 0, 0
    begun = time.perf_counter()
    for convention in conventions:
        try:
            size += len(RENDERED[form](document_of(convention, CONVENTION, on)))
        except REFUSALS:
            failed += 1
    return _row(form.upper(), len(conventions), time.perf_counter() - begun, failed, size)


def _batch(epci: Epci) -> dict[str, Any]:
    from escale.apps.audit.actors import SYSTEM
    from escale.apps.conventions.batching import Group, make_documents, request_documents
    from escale.apps.conventions.producing import CONVENTION, Form

    batch = request_documents(actor=SYSTEM, epci=epci, document=CONVENTION, forms=list(Form), group=Group.ALL)
    begun = time.perf_counter()
    make_documents(batch.pk)
    seconds = time.perf_counter() - begun
    batch.refresh_from_db()
    size = batch.archive.size if batch.archive else 0
    return _row("one batch, all three", batch.done, seconds, len(batch.failures), size)


def _row(what: str, documents: int, seconds: float, failed: int, size: int) -> dict[str, Any]:
    return {
        "what": what,
        "documents": documents,
        "seconds": round(seconds, 1),
        "seconds_per_document": round(seconds / max(documents, 1), 3),
        "failed": failed,
        "kilobytes": round(size / 1000),
    }


def main() -> None:
    """Measure, and print one line of JSON: the batch, and the rows."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        rows = measure()
        told = {name: rows[-1][name] for name in ("documents", "seconds", "seconds_per_document", "failed")}
        print(json.dumps({"bench": "documents", **told, "machine": machine(), "rows": rows}))


if __name__ == "__main__":
    main()
