"""The life of a report: prepared ten days after its period, sent at fifteen unless it is held, read, and put right (art. 3-2)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.evaluation.figures import sealed
from escale.apps.evaluation.gathering import Gathered, gather
from escale.apps.evaluation.letters import body_of, subject_of
from escale.apps.evaluation.models import PREPARED_AFTER, Report
from escale.apps.evaluation.queries import communes_owed
from escale.apps.messaging.actions import send_message
from escale.apps.obligations.accounts import ACCOUNTS, fulfil
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci, Mairie, Referent
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit
from escale.core.calendar.french import date_words
from escale.core.calendar.periods import Period

MOST_LETTERS = 300
UNSENT = "Ce rapport n’est pas encore envoyé."


def prepare_reports(*, actor: Actor, epci: Epci, period: Period, communes: Iterable[Commune] | None = None) -> list[Report]:
    """Freeze the figures of a period for the communes that have none yet; return the new reports.

    Without `communes`, every commune that a convention binds during the period. Raise ValidationError before the period is over.
    All is counted before anything is written, then each commune has a transaction of its own: nobody waits for 47 of them.
    """
    require(actor, "reports.manage", epci)
    today = clock.today(epci)
    if today <= period.last:
        words = period.le_words[:1].upper() + period.le_words[1:]
        raise refuse("period", f"{words} finit le {date_words(period.last)} : son rapport se prépare ensuite.")
    known = set(Report.objects.filter(epci=epci, period=str(period)).values_list("commune", flat=True))
    wanted = communes_owed(epci, period) if communes is None else communes
    missing = [commune for commune in wanted if commune.pk not in known]
    seen = _writings(epci, period)
    found = gather(epci, missing, period, today) if missing else {}
    made = [_prepare_one(actor, epci, commune, period, found[commune.code], seen.get(commune.pk)) for commune in missing]
    return [report for report in made if report is not None]


@transaction.atomic
def hold_report(*, actor: Actor, report: Report, because: str) -> Report:
    """Keep a report from leaving by itself, and say why."""
    row = _locked(actor, report)
    if row.sent_at is not None:
        raise ValidationError("Ce rapport est déjà envoyé ; le corriger par une rectification.")
    row.held_at, row.held_by = clock.moment(row.epci), actor.actor_id
    row.held_because = _said("because", because, "Dire pourquoi.")
    row.save(update_fields=["held_at", "held_by", "held_because"])
    events.record("reports.held", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def release_report(*, actor: Actor, report: Report) -> Report:
    """Let a held report leave again by itself."""
    row = _locked(actor, report)
    if row.held_at is None:
        return row
    row.held_at, row.held_by, row.held_because = None, "", ""
    row.save(update_fields=["held_at", "held_by", "held_because"])
    events.record("reports.released", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def send_report(*, actor: Actor, report: Report) -> Report:
    """Put a report at the disposal of its commune, and write to its référents and its mairie; a second click writes nothing.

    A commune without an address has it in its own pages all the same: `sent_to` says how many were written to.
    """
    row = _locked(actor, report)
    if row.sent_at is not None:
        return row
    if not row.is_intact:
        raise ValidationError("Les chiffres de ce rapport ne sont plus ceux qui ont été gardés ; préparer une rectification.")
    row.held_at, row.held_by, row.held_because = None, "", ""
    row.sent_at, row.sent_by, row.sent_to = clock.moment(row.epci), actor.actor_id, _write(actor, row, again=False)
    row.save(update_fields=["held_at", "held_by", "held_because", "sent_at", "sent_by", "sent_to"])
    today = clock.today(row.epci)
    fulfil(epci=row.epci, commune=row.commune, obligation=ACCOUNTS.id, span=row.period, done_on=today)
    events.record("reports.sent", actor=actor, epci=row.epci.siren, subject=row, addresses=row.sent_to)
    return row


@transaction.atomic
def send_again(*, actor: Actor, report: Report) -> int:
    """Write once more to a commune that was sent its report; return to how many addresses."""
    row = _locked(actor, report)
    if row.sent_at is None:
        raise ValidationError(UNSENT)
    reached = _write(actor, row, again=True)
    row.sent_to = max(row.sent_to, reached)
    row.save(update_fields=["sent_to"])
    events.record("reports.sent_again", actor=actor, epci=row.epci.siren, subject=row, addresses=reached)
    return reached


@transaction.atomic
def acknowledge_report(*, actor: Actor, report: Report) -> Report:
    """Note that the commune read a report that it was sent; the first time counts."""
    row = Report.objects.select_for_update(of=("self",)).select_related("epci").get(pk=report.pk)
    require(actor, "reports.acknowledge", row)
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = clock.moment(row.epci), actor.actor_id
        row.save(update_fields=["acknowledged_at", "acknowledged_by"])
        events.record("reports.acknowledged", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def count_again(*, actor: Actor, report: Report) -> Report:
    """Freeze anew the figures of a report that nobody was sent yet."""
    row = _locked(actor, report)
    if row.sent_at is not None:
        raise ValidationError("Ce rapport est déjà envoyé ; le corriger par une rectification.")
    [found] = gather(row.epci, [row.commune], row.span, clock.today(row.epci)).values()
    _seal(row, actor, found)
    row.save(update_fields=["figures", "basis", "sha256", "method", "prepared_at", "prepared_by"])
    events.record("reports.counted_again", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def rectify_report(*, actor: Actor, report: Report, because: str) -> Report:
    """Freeze the figures of a period anew, under the next number; what was sent stays. The commune reads the reason."""
    row = _locked(actor, report)
    reason = _said("because", because, "Dire ce que la rectification corrige : la commune le lit.")
    if row.sent_at is None:
        raise ValidationError("Ce rapport n’est pas encore envoyé : le recompter suffit.")
    if Report.objects.filter(epci=row.epci, commune=row.commune, period=row.period, number__gt=row.number).exists():
        raise ValidationError("Une rectification suit déjà ce rapport ; corriger la dernière.")
    [found] = gather(row.epci, [row.commune], row.span, clock.today(row.epci)).values()
    if found.says_the_same_as(row):
        raise ValidationError("Rien n’a changé depuis : les chiffres sont les mêmes.")
    return _freeze(actor, row.epci, row.commune, row.span, found, number=row.number + 1, reason=reason)


def prepare_due_reports(*, actor: Actor, now: dt.datetime) -> int:
    """Prepare the reports of the periods that ended ten days ago or more; return how many are new. Late or twice is safe."""
    made = 0
    for epci in Epci.objects.filter(conventions__notified_on__isnull=False).distinct().order_by("pk"):
        today = timezone.localdate(now, ZoneInfo(epci.time_zone))
        for period in last_periods(today - PREPARED_AFTER):
            # A quarter before the tour was kept here would be told as if nobody had come.
            if Visit.objects.filter(epci=epci, date__range=(period.first, period.last)).exists():
                made += len(prepare_reports(actor=actor, epci=epci, period=period))
    return made


def send_due_reports(*, actor: Actor, now: dt.datetime) -> int:
    """Send the reports whose day has come and that nobody holds back; return how many left."""
    sent = 0
    for report in Report.objects.waiting().filter(number=0).select_related("epci", "commune").order_by("pk"):
        if report.leaves_on <= timezone.localdate(now, ZoneInfo(report.epci.time_zone)):
            send_report(actor=actor, report=report)
            sent += 1
    return sent


def last_periods(day: dt.date) -> list[Period]:
    """Return the last quarter that was over on a day, and the year with it when that quarter was its last."""
    quarter = Period.quarter_of(day + dt.timedelta(days=1)).previous
    return [quarter, Period(quarter.year)] if quarter.last.month == 12 else [quarter]


@transaction.atomic
def _prepare_one(
    actor: Actor, epci: Epci, commune: Commune, period: Period, found: Gathered, seen: frozenset[str] | None
) -> Report | None:
    """Freeze what was counted, unless someone did so meanwhile; count again what must heed another report of that year."""
    Epci.objects.select_for_update().get(pk=epci.pk)
    if Report.objects.filter(epci=epci, commune=commune, period=str(period)).exists():
        return None
    if _writings(epci, period, commune).get(commune.pk) != seen:
        found = gather(epci, [commune], period, found.figures.until)[commune.code]
    return _freeze(actor, epci, commune, period, found)


def _writings(epci: Epci, period: Period, commune: Commune | None = None) -> dict[int, frozenset[str]]:
    """Return the hashes of the reports of a year by commune: what a new one takes into account."""
    rows = Report.objects.filter(epci=epci, period__startswith=str(period.year)).order_by()
    rows = rows if commune is None else rows.filter(commune=commune)
    found: defaultdict[int, set[str]] = defaultdict(set)
    for key, sha256 in rows.values_list("commune", "sha256"):
        found[key].add(sha256)
    return {key: frozenset(hashes) for key, hashes in found.items()}


def _freeze(
    actor: Actor, epci: Epci, commune: Commune, period: Period, found: Gathered, *, number: int = 0, reason: str = ""
) -> Report:
    report = Report(epci=epci, commune=commune, period=str(period), number=number, reason=reason)
    _seal(report, actor, found)
    report.full_clean()
    report.save(force_insert=True)
    events.record("reports.prepared", actor=actor, epci=epci.siren, subject=report, period=str(period), number=number)
    return report


def _seal(report: Report, actor: Actor, found: Gathered) -> None:
    report.figures, report.basis = found.figures.to_json(), found.basis.to_json()
    report.sha256, report.method = sealed(report.figures), found.figures.method
    report.prepared_at, report.prepared_by = clock.moment(report.epci), actor.actor_id


def _write(actor: Actor, report: Report, *, again: bool) -> int:
    """Write to those who read for a commune; an address that is none is as good as no address."""
    reached = 0
    for address in addresses_of(report.epci, report.commune):
        subject, body = subject_of(report, again=again), body_of(report, again=again)
        try:
            with transaction.atomic():
                send_message(actor=actor, epci=report.epci, to=address, subject=subject, body=body, about=f"report:{report.pk}")
        except ValidationError:
            continue
        reached += 1
    return reached


def addresses_of(epci: Epci, commune: Commune) -> list[str]:
    """Return where a commune is written to: its référents in charge, then its mairie, each address once."""
    people = Referent.objects.filter(commune=commune).in_charge_on(clock.today(epci)).exclude(email="")
    mairies = Mairie.objects.filter(commune=commune).exclude(email="")
    return list(dict.fromkeys([*people.values_list("email", flat=True), *mairies.values_list("email", flat=True)]))


def _locked(actor: Actor, report: Report) -> Report:
    row = Report.objects.select_for_update(of=("self",)).select_related("epci", "commune").get(pk=report.pk)
    require(actor, "reports.manage", row)
    return row


def _said(field: str, text: str, missing: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise refuse(field, missing)
    if len(said) > MOST_LETTERS:
        raise refuse(field, f"C’est trop long : {MOST_LETTERS} signes au plus.")
    return said
