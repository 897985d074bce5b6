"""The dates of each commune as they go on paper: its usual day, what is said of each date, the months that have none."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from escale.apps.accounts.access import EVERYONE, PERMISSIONS
from escale.apps.audit.scopes import NOWHERE, Scope
from escale.apps.schedule.models import AnnexedPattern, Participation, Plan, Publication
from escale.apps.schedule.queries import months_words
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import lines_of
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month, nth_of_month
from escale.web.steering.tour.circumstances import circumstances_of
from escale.web.steering.tour.reasons import UNTOLD, Circumstances
from escale.web.steering.tour.year import Pattern
from escale.web.stops import Stop, with_rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Reads for a paper: what everybody of an EPCI may see, and nothing that only some may."""

    epci: Epci
    actor_id: str = "paper"

    def scope(self, permission: str) -> Scope:
        """Return the EPCI for what everyone sees, nowhere for the rest."""
        return Scope(epcis=frozenset({self.epci.siren})) if PERMISSIONS[permission] == EVERYONE else NOWHERE

    def may(self, permission: str, on: object) -> bool:
        """Tell whether an object may stand on the paper."""
        return self.scope(permission).covers(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A date: whether it is on the usual day; when there is more to say of it, in one word and in a sentence."""

    stop: Stop
    is_usual: bool
    word: str = ""
    because: str = ""

    @property
    def remark(self) -> str:
        """Return « autre jour : le mercredi 14 juillet est férié »; empty on an ordinary date."""
        return " : ".join(part for part in (self.word, self.because) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneDates:
    """A commune with its dates. `usual` is the day of its convention, else the most frequent one; `since`, when it was agreed."""

    commune: Commune
    usual: Pattern | None
    since: dt.date | None
    lines: Sequence[DateLine]
    missing: Sequence[Month] = ()

    @property
    def post(self) -> int | None:
        """The post that comes most often."""
        return Counter(line.stop.visit.post_id for line in self.lines).most_common(1)[0][0] if self.lines else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of the communes of an EPCI in some months; `status` names the tour when it is not what is published."""

    epci: Epci
    months: Sequence[Month]
    date: dt.date
    communes: Sequence[CommuneDates]
    status: str = ""

    @property
    def period(self) -> str:
        """Return « 2027 », « de mars 2027 à juin 2027 »."""
        return months_words(self.months)

    @property
    def de_period(self) -> str:
        """Return « de 2027 », « de mars 2027 à juin 2027 »."""
        return f"de {self.period.removeprefix('de ')}"

    def of(self, commune: Commune) -> CommuneDates | None:
        """Return the dates of one commune; None when it has none."""
        return next((found for found in self.communes if found.commune == commune), None)


def published_dates(epci: Epci, year: int, commune: Commune | None = None) -> Dates | None:
    """Return what is published of a civil year, for every commune or for one; None while nothing is."""
    months = Month.range(f"{year}-01..{year}-12")
    paper = Paper(epci=epci)
    current = Publication.objects.visible_to(paper).current().filter(month__startswith=f"{year}-")
    published = dict(current.values_list("month", "published_at"))
    if not published:
        return None
    rows = Visit.objects.visible_to(paper).between(months[0].first, months[-1].last).select_related("commune", "post", "epci")
    rows = rows.defer("commune__outline")
    if commune is not None:
        rows = rows.filter(commune=commune)
    firm = list(Participation.objects.filter(epci=epci).firm().between(months[0].first, months[-1].last))
    open_months = [month for month in months if str(month) in published]
    return Dates(
        epci=epci,
        months=months,
        date=timezone.localdate(max(published.values())),
        communes=_by_commune(epci, months, list(rows), firm, open_months),
    )


def status_of(plan: Plan) -> str:
    """Return « Brouillon n° 3 », or « Tournée n° 3 » for one that was published as it stands."""
    return f"Brouillon n° {plan.number}" if plan.is_open else str(plan)


def draft_dates(plan: Plan) -> Dates:
    """Return the dates of a plan, whose reader may see it."""
    visits = [
        Visit(
            epci=plan.epci,
            commune=row.commune,
            post=row.post,
            date=row.date,
            half=row.half,
            for_month=row.for_month,
            origin_date=row.date,
            origin_half=row.half,
        )
        for row in plan.visits.select_related("commune", "post").defer("commune__outline").order_by("date", "half", "post")
    ]
    return Dates(
        epci=plan.epci,
        months=plan.months,
        date=timezone.localdate(plan.created_at),
        communes=_by_commune(plan.epci, plan.months, visits, (), (), keeps_agreed=False),
        status=status_of(plan),
    )


def _by_commune(
    epci: Epci,
    months: Sequence[Month],
    visits: Sequence[Visit],
    firm: Iterable[Participation],
    published: Sequence[Month],
    *,
    keeps_agreed: bool = True,
) -> list[CommuneDates]:
    """Group the visits; a draft may leave the agreed day, so its own most frequent one is told."""
    stops: dict[Commune, list[Stop]] = defaultdict(list)
    for stop in with_rooms(lines_of(visits)):
        stops[stop.commune].append(stop)
    agreed: dict[int, list[AnnexedPattern]] = defaultdict(list)
    if keeps_agreed:
        for row in AnnexedPattern.objects.filter(epci=epci, starts__lte=months[-1].last).order_by("starts"):
            agreed[row.commune_id].append(row)
    told = circumstances_of(Paper(epci=epci), epci, months, {})
    return [
        _dates_of(commune, stops[commune], agreed[commune.pk], _missing(commune, stops[commune], firm, published), told)
        for commune in sorted(stops, key=lambda commune: (commune.sort_key, commune.code))
    ]


def _missing(
    commune: Commune, stops: Sequence[Stop], firm: Iterable[Participation], published: Sequence[Month]
) -> tuple[Month, ...]:
    """Return the published months that owe a visit and have none (art. 4)."""
    kept = {stop.visit.for_month for stop in stops}
    held = [row for row in firm if row.commune_id == commune.pk]
    return tuple(
        month
        for month in published
        if str(month) not in kept and any(row.holds_on(month.first) and row.holds_on(month.last) for row in held)
    )


def _dates_of(
    commune: Commune, stops: Sequence[Stop], agreed: Sequence[AnnexedPattern], missing: Sequence[Month], told: Circumstances
) -> CommuneDates:
    frequent = Counter(pattern_of(stop) for stop in stops if not stop.visit.is_make_up and not stop.is_cancelled)
    usual = frequent.most_common(1)[0][0] if frequent else None
    if agreed:
        usual = _pattern(agreed[-1])
    lines = []
    for stop in stops:
        begun = [row for row in agreed if row.starts <= stop.date]
        expected = _pattern(begun[-1]) if begun else usual
        is_usual = pattern_of(stop) == expected and not stop.visit.is_make_up
        word, because = _told(stop, expected if not is_usual else None, told)
        lines.append(DateLine(stop=stop, is_usual=is_usual, word=word, because=because))
    return CommuneDates(
        commune=commune, usual=usual, since=agreed[-1].starts if agreed else None, lines=tuple(lines), missing=missing
    )


def pattern_of(stop: Stop) -> Pattern:
    """Return the n-th weekday of the month and the half of a date."""
    return nth_of_month(stop.date), stop.date.weekday(), stop.visit.half


def _pattern(agreed: AnnexedPattern) -> Pattern:
    return agreed.nth, agreed.weekday, agreed.half


def _told(stop: Stop, missed: Pattern | None, told: Circumstances) -> tuple[str, str]:
    """Return what is to be said of a date; `missed` is the usual day when the date is not on it."""
    visit = stop.visit
    if stop.is_cancelled:
        return "annulé", visit.reason
    if visit.is_make_up:
        return f"rattrapage de {month_words(Month.parse(visit.for_month))}", visit.reason
    if visit.was_moved:
        return "déplacé", " ; ".join(part for part in (f"prévu d’abord le {stop.promised_words}", visit.reason) if part)
    if missed is None:
        return "", ""
    because = told.against(visit.commune_id, visit.post_id, missed, Month.of(stop.date))
    return "autre jour", "" if because == UNTOLD else because
