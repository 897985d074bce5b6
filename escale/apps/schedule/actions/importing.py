"""Keep the tour of a spreadsheet as a draft, and its usual days as those that were agreed (art. 4)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.documents.reading.tables import Table, UnreadableFileError
from escale.apps.schedule.actions.agreeing import annex_pattern
from escale.apps.schedule.actions.drafting import store_plan
from escale.apps.schedule.importing import Preview, preview_of
from escale.apps.schedule.imports.judging import plan_of_lines
from escale.apps.schedule.models import Plan, PlanOrigin
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse
from escale.core.planning.presets import PresetName


@transaction.atomic
def import_tour(
    *,
    actor: Actor,
    epci: Epci,
    table: Table,
    year: int,
    today: dt.date,
    leave_out: bool = False,
    agreed_from: dt.date | None = None,
) -> Plan:
    """Make a draft of the visits of a table, understood again as the database is now; the others are left out when asked so.

    With `agreed_from`, the usual day of each commune becomes its agreed one from that day on. Raise ValidationError, and write
    nothing, when a line is wrong and is not to be left out, or when nothing can be imported.
    """
    require(actor, "schedule.draft", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    try:
        preview = preview_of(epci, table, year=year, today=today)
    except UnreadableFileError as error:
        raise ValidationError(str(error)) from error
    if preview.problem is None or preview.refusal:
        raise ValidationError(preview.refusal)
    if preview.faults and not leave_out:
        raise refuse("leave_out", "Des lignes sont à corriger : cocher pour les laisser de côté, ou corriger le fichier.")
    plan = store_plan(
        actor=actor,
        epci=epci,
        problem=preview.problem,
        visits=plan_of_lines(preview.lines),
        preset=PresetName.BALANCED,
        origin=PlanOrigin.IMPORT,
        note=_note(preview),
    )
    if agreed_from is not None:
        _agree(actor, epci, preview, agreed_from)
    return plan


def _note(preview: Preview) -> str:
    left = len({fault.line for fault in preview.faults})
    out = f", {left} ligne{'s' if left > 1 else ''} de côté" if left else ""
    return f"reprise de « {preview.title[:80]} »{out}"


def _agree(actor: Actor, epci: Epci, preview: Preview, starts: dt.date) -> None:
    for commune in Commune.objects.filter(code__in=preview.usual):
        try:
            annex_pattern(actor=actor, epci=epci, commune=commune, pattern=preview.usual[commune.code], starts=starts)
        except ValidationError as refusal:
            raise refuse("agreed_from", " ".join(refusal.messages)) from refusal
