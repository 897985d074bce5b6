"""The report of the territory: frozen once every commune was sent its own, of the very figures that they were sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.activity.figures import figures_by_month
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.evaluation.circles import Circles, Given, lines_of_tables, people_told, small_places, told_of
from escale.apps.evaluation.figures import Figures, sealed
from escale.apps.evaluation.guarding import Basis, basis_of
from escale.apps.evaluation.models import SENT_AFTER, Report, TerritoryReport
from escale.apps.evaluation.queries import communes_owed
from escale.apps.evaluation.standing import standing_of
from escale.apps.evaluation.territory import reports_of, summed
from escale.apps.territory import clock
from escale.apps.territory.catalogue import K_INTERNAL, K_PUBLIC
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.core.calendar.periods import Period

NOT_ALL_SENT = "Le rapport du territoire s’arrête quand toutes les communes ont reçu le leur."


def freeze_territory(*, actor: Actor, epci: Epci, period: Period) -> TerritoryReport:
    """Freeze the figures of the territory over a period; a second time changes nothing.

    Raise ValidationError while a commune waits for its own report. All is counted before anything is written.
    """
    require(actor, "reports.manage", epci)
    if frozen := TerritoryReport.objects.filter(epci=epci, period=str(period)).first():
        return frozen
    communes, reports = communes_owed(epci, period), reports_of(epci, period)
    if not communes or any(not (one.code in reports and reports[one.code].sent_at) for one in communes):
        raise ValidationError(NOT_ALL_SENT)
    _in_order(epci, period)
    figures, circles = counted(epci, period, communes, reports, clock.today(epci))
    return _write(actor, epci, period, figures, circles)


def freeze_due_territories(*, actor: Actor, now: dt.datetime) -> int:
    """Freeze the periods whose communes were all sent their reports; return how many are new. Late or twice is safe."""
    made = 0
    for epci in Epci.objects.filter(reports__sent_at__isnull=False).distinct().order_by("pk"):
        today = timezone.localdate(now, ZoneInfo(epci.time_zone))
        for period in _unfrozen(epci):
            if today >= period.last + SENT_AFTER:
                made += _is_frozen(actor, epci, period)
    return made


def counted(
    epci: Epci, period: Period, communes: Iterable[Commune], reports: Mapping[str, Report], on: dt.date
) -> tuple[Figures, Circles]:
    """Return the figures of a territory as its communes were told, and what may be told of them."""
    owed = list(communes)
    of_each = [reports[one.code].contents for one in owed]
    places = {one.code: Basis.from_json(reports[one.code].basis) for one in owed}
    before = {row.period: Circles.from_json(row.basis) for row in _of_the_year(epci, period)}
    quarters = {number: _quarter(epci, period, number, owed, before) for number in (1, 2, 3, 4)} if period.is_year else {}
    given = Given(
        period=period,
        places=places,
        quarters=quarters,
        small=small_places({one.code: one.population for one in owed}),
        said=[basis.told for found in (places, *quarters.values()) for basis in found.values()],
        earlier=list(before.values()),
    )
    circles = told_of(given, k_internal=value_of(epci, K_INTERNAL), k_public=value_of(epci, K_PUBLIC))
    figures = replace(summed(epci, period, of_each, on), tables=lines_of_tables(circles.inside, period))
    told = [replace(one, people=people_told(circles.everyone, one.code, period)) for one in figures.communes]
    return replace(figures, communes=tuple(standing_of(told, figures.count("people")))), circles


def _unfrozen(epci: Epci) -> list[Period]:
    """Return the periods of which communes were told and the territory was not, quarters before their year."""
    frozen = TerritoryReport.objects.filter(epci=epci).values("period")
    told = Report.objects.filter(epci=epci).exclude(period__in=frozen).order_by().values_list("period", flat=True).distinct()
    return sorted(map(Period.parse, told), key=lambda one: (one.last, one.is_year))


def _in_order(epci: Epci, period: Period) -> None:
    """Refuse a year before its quarters, and a quarter after its year: each is judged after what the others tell."""
    if period.is_year:
        if waiting := [one for one in _unfrozen(epci) if one.year == period.year and not one.is_year]:
            raise ValidationError(f"Arrêter d’abord le rapport du territoire {waiting[0].de_words}.")
    elif TerritoryReport.objects.filter(epci=epci, period=str(period.year)).exists():
        raise ValidationError(f"Le rapport de l’année {period.year} est arrêté : celui d’un de ses trimestres ne s’arrête plus.")


def _of_the_year(epci: Epci, period: Period) -> Iterable[TerritoryReport]:
    rows = TerritoryReport.objects.filter(epci=epci, period__startswith=str(period.year)).exclude(period=str(period))
    return rows.defer("figures").order_by("period")


def _quarter(
    epci: Epci, year: Period, number: int, communes: Iterable[Commune], before: Mapping[str, Circles]
) -> dict[str, Basis]:
    """Return a quarter of a year as the territory was told of it, else as each commune was, else as it is known now."""
    period = Period(year.year, number)
    reports = reports_of(epci, period)
    known = {code: Basis.from_json(row.basis) for code, row in reports.items()}
    if found := before.get(str(period)):
        said = {code: basis.told for code, basis in known.items()}
        return {code: replace(basis, told=said.get(code, {})) for code, basis in found.places.items()}
    first, last = period.months[0], period.months[-1]
    live = [one for one in communes if one.code not in known]
    return known | {one.code: basis_of(figures_by_month(epci, first, last, commune=one)) for one in live}


@transaction.atomic
def _write(actor: Actor, epci: Epci, period: Period, figures: Figures, circles: Circles) -> TerritoryReport:
    Epci.objects.select_for_update().get(pk=epci.pk)
    if frozen := TerritoryReport.objects.filter(epci=epci, period=str(period)).first():
        return frozen
    kept = figures.to_json()
    row = TerritoryReport(epci=epci, period=str(period), figures=kept, basis=circles.to_json(), sha256=sealed(kept))
    row.method, row.prepared_at, row.prepared_by = figures.method, timezone.now(), actor.actor_id
    row.full_clean()
    row.save(force_insert=True)
    events.record("evaluation.territory_frozen", actor=actor, epci=epci.siren, subject=row, period=str(period))
    return row


def _is_frozen(actor: Actor, epci: Epci, period: Period) -> bool:
    try:
        freeze_territory(actor=actor, epci=epci, period=period)
    except ValidationError:
        return False
    return True
