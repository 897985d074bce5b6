"""What the table of a year reads: the published one as each person may see it, and a draft for those who prepare it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from escale.apps.audit.actors import Actor
from escale.apps.schedule.fragile import fragile_days
from escale.apps.schedule.models import AnnexedPattern, Participation, Plan, PlannedVisit, Publication, Standing
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.visits.life import STANDING
from escale.web.steering.tour.circumstances import circumstances_of, posts_of
from escale.web.steering.tour.reasons import Circumstances, day_words
from escale.web.steering.tour.year import Cell, Gap, Line, Pattern, Shown, Tour, YearVisit, post_of, usual_of

COLUMNS = ("pk", "commune", "post", "date", "half", "for_month")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedYear:
    """A civil year as it is published. `plans` are the tours that it comes from, for those who may see them."""

    year: int
    tour: Tour
    published: frozenset[str]
    published_on: dt.date | None
    plans: Sequence[Plan]
    years: Sequence[int]

    @property
    def is_whole(self) -> bool:
        """Whether every month is published."""
        return len(self.published) == 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the cells of a tour are made of, whatever its source."""

    months: tuple[Month, ...]
    visits: Sequence[YearVisit]
    published: frozenset[str] | None = None
    unserved: Mapping[tuple[str, str], str] = field(default_factory=dict)
    cancelled: Mapping[tuple[int, str], str] = field(default_factory=dict)
    by_hand: frozenset[tuple[str, str, str]] = frozenset()


def published_year(actor: Actor, epci: Epci, year: int) -> PublishedYear:
    """Return what is published of a civil year; the places kept for expected communes for who prepares tours alone."""
    months = Month.range(f"{year}-01..{year}-12")
    everywhere = list(
        Publication.objects.visible_to(actor).filter(epci=epci).current().values_list("month", "published_at", "plan")
    )
    current = {month: (at, plan) for month, at, plan in everywhere if month.startswith(f"{year}-")}
    plans = list(Plan.objects.visible_to(actor).filter(epci=epci, pk__in={plan for _, plan in current.values()}))
    kept = PlannedVisit.objects.filter(plan__in=plans, commune__in=_expected(actor, epci, months).values("commune"))
    promised = [
        YearVisit(key=key, commune=commune, post=post, date=date, half=half, for_month=month)
        for plan, key, commune, post, date, half, month in kept.values_list("plan", *COLUMNS)
        if current.get(month, ("", None))[1] == plan
    ]
    held, cancelled = _visits(actor, epci, year)
    shown = {(visit.commune, visit.for_month) for visit in held} | set(cancelled)
    known = _Known(
        months=months,
        visits=[*held, *(visit for visit in promised if (visit.commune, visit.for_month) not in shown)],
        published=frozenset(current),
        unserved=_unserved(plans),
        cancelled=cancelled,
    )
    return PublishedYear(
        year=year,
        tour=_lay_out(actor, epci, known),
        published=frozenset(current),
        published_on=max((timezone.localdate(at) for at, _ in current.values()), default=None),
        plans=plans,
        years=sorted({int(month[:4]) for month, _, _ in everywhere}),
    )


def draft_tour(actor: Actor, plan: Plan) -> Tour:
    """Return the tour of a plan that the actor has been allowed to see."""
    rows = PlannedVisit.objects.filter(plan=plan).values_list(*COLUMNS)
    visits = [
        YearVisit(key=key, commune=commune, post=post, date=date, half=half, for_month=month)
        for key, commune, post, date, half, month in rows
    ]
    by_hand = frozenset(
        (item["commune"], item["date"], item["half"]) for after in plan.changes.values_list("after", flat=True) for item in after
    )
    return _lay_out(actor, plan.epci, _Known(months=plan.months, visits=visits, unserved=_unserved([plan]), by_hand=by_hand))


def _visits(actor: Actor, epci: Epci, year: int) -> tuple[list[YearVisit], dict[tuple[int, str], str]]:
    """Return the visits of a year that are to be held, and the reasons of those that were cancelled."""
    of_year = Q(date__range=(dt.date(year, 1, 1), dt.date(year, 12, 31))) | Q(for_month__startswith=f"{year}-")
    rows = Visit.objects.visible_to(actor).filter(of_year, epci=epci)
    held, cancelled = [], {}
    for *columns, state, reason, origin_date, origin_half in rows.values_list(
        *COLUMNS, "state", "reason", "origin_date", "origin_half"
    ):
        key, commune, post, date, half, month = columns
        if state not in STANDING:
            cancelled[commune, month] = reason or "annulé"
            continue
        moved = ""
        if (date, half) != (origin_date, origin_half):
            moved = f"déplacé du {day_words(origin_date)}" + (f" : {reason}" if reason else "")
        held.append(YearVisit(key=key, commune=commune, post=post, date=date, half=half, for_month=month, moved=moved))
    return held, cancelled


def _expected(actor: Actor, epci: Epci, months: Sequence[Month]) -> QuerySet[Participation]:
    rows = Participation.objects.reached_with(actor, "schedule.draft").filter(epci=epci, standing=Standing.EXPECTED.value)
    return rows.between(months[0].first, months[-1].last)


def _unserved(plans: Iterable[Plan]) -> dict[tuple[str, str], str]:
    return {(item["commune"], item["month"]): item["reason"] for plan in plans for item in plan.figures.get("unserved", ())}


def _lay_out(actor: Actor, epci: Epci, known: _Known) -> Tour:
    """Put the visits of a tour into its cells, each with what is to be said of it."""
    first, last = known.months[0].first, known.months[-1].last
    part = _participations(actor, epci, first, last)
    of_commune: dict[int, list[YearVisit]] = defaultdict(list)
    for visit in sorted(known.visits, key=lambda visit: (visit.date, visit.half)):
        of_commune[visit.commune].append(visit)
    rows = Commune.objects.visible_to(actor).filter(pk__in=set(of_commune) | set(part)).defer("outline", "postal_codes")
    communes = {commune.pk: commune for commune in rows}
    agreed = _agreed(actor, epci, last)
    posts = posts_of(actor, epci, {visit.post for visit in known.visits}, first, last)
    told = circumstances_of(actor, epci, known.months, posts)
    told = told.with_taken({(v.post, v.date, v.half): str(communes[v.commune]) for v in known.visits if v.commune in communes})
    fragile = fragile_days(epci, first, last)
    lines = [
        _line(commune, of_commune[key], agreed.get(key), part.get(key, ()), known, told, fragile)
        for key, commune in communes.items()
    ]
    return Tour(months=known.months, lines=tuple(lines), posts=posts)


def _participations(actor: Actor, epci: Epci, first: dt.date, last: dt.date) -> dict[int, list[Participation]]:
    found: dict[int, list[Participation]] = {}
    for row in Participation.objects.reached_with(actor, "schedule.draft").filter(epci=epci).between(first, last):
        found.setdefault(row.commune_id, []).append(row)
    return found


def _agreed(actor: Actor, epci: Epci, day: dt.date) -> dict[int, Pattern]:
    rows = AnnexedPattern.objects.visible_to(actor).filter(epci=epci).in_force_on(day)
    return {row.commune_id: (row.nth, row.weekday, row.half) for row in rows}


def _line(
    commune: Commune,
    visits: list[YearVisit],
    agreed: Pattern | None,
    part: Sequence[Participation],
    known: _Known,
    told: Circumstances,
    fragile: Mapping[dt.date, str],
) -> Line:
    usual, post = usual_of(visits, agreed), post_of(visits)
    of_month: dict[str, list[Shown]] = defaultdict(list)
    for visit in visits:
        is_usual = visit.pattern == usual and not visit.is_make_up
        reason = "" if is_usual else _reason(commune, visit, usual, post, known, told)
        shown = Shown(visit=visit, is_usual=is_usual, reason=reason, fragile=fragile.get(visit.date, ""))
        of_month[visit.month].append(shown)
    made_up = {visit.for_month: visit.date for visit in visits if visit.is_make_up}
    return Line(
        key=commune.pk,
        code=commune.code,
        name=str(commune),
        sort_key=commune.sort_key,
        is_expected=any(row.standing == Standing.EXPECTED for row in part),
        post=post,
        usual=usual,
        agreed=agreed if agreed != usual else None,
        cells=tuple(_cell(commune, month, of_month.get(str(month), ()), part, known, made_up) for month in known.months),
    )


def _reason(
    commune: Commune, visit: YearVisit, usual: Pattern | None, post: int | None, known: _Known, told: Circumstances
) -> str:
    if visit.is_make_up:
        return f"rattrapage, pour {month_words(Month.parse(visit.for_month))}"
    if visit.moved:
        return visit.moved
    if (commune.code, visit.date.isoformat(), visit.half) in known.by_hand:
        return "choisi à la main"
    return told.against(visit.commune, post or visit.post, usual, Month.of(visit.date)) if usual else ""


def _cell(
    commune: Commune,
    month: Month,
    shown: Sequence[Shown],
    part: Sequence[Participation],
    known: _Known,
    made_up: Mapping[str, dt.date],
) -> Cell:
    name = str(month)
    if name in made_up and all(each.visit.is_make_up for each in shown):
        return Cell(month=month, visits=tuple(shown), gap=Gap.MADE_UP, note=f"rattrapé le {day_words(made_up[name])}")
    if shown:
        return Cell(month=month, visits=tuple(shown))
    if known.published is not None and name not in known.published:
        return Cell(month=month, gap=Gap.UNPUBLISHED, note="mois pas encore publié")
    if (commune.pk, name) in known.cancelled:
        return Cell(month=month, gap=Gap.UNSERVED, note=f"annulé : {known.cancelled[commune.pk, name]}")
    due = any(row.holds_on(month.first) and row.holds_on(month.last) for row in part)
    if known.published is not None:
        due = due and not any(row.standing == Standing.EXPECTED for row in part)
    if due:
        return Cell(month=month, gap=Gap.UNSERVED, note=known.unserved.get((commune.code, name), "sans place ce mois-là"))
    return Cell(month=month, gap=Gap.OUT, note="pas de passage")


def latest_draft(actor: Actor, epci: Epci, year: int) -> Plan | None:
    """Return the last tour in preparation that reaches into a civil year, for those who prepare them."""
    reaching = Plan.objects.visible_to(actor).filter(epci=epci).open().reaching(Month(year, 1), Month(year, 12))
    return reaching.order_by("-number").first()
