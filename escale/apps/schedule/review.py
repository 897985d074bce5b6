"""The dates of one commune in a draft, as its mairie reads them: the usual day first, the dates below it, what is irregular."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.audit.actors import Actor
from escale.apps.messaging.queries import messages_about
from escale.apps.schedule.inquiries import trouble_of
from escale.apps.schedule.links import about, address_of
from escale.apps.schedule.models import (
    Participation,
    PersonalLink,
    Plan,
    PlannedVisit,
    PlanState,
    Remark,
    RemarkState,
)
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import closed_days_of_territory, holidays_between, hours_at
from escale.core.calendar.french import month_words, weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half, Window
from escale.core.calendar.hours import Hours
from escale.core.calendar.months import Month, nth_weekday
from escale.core.planning.agreed import usual_words

Pattern = tuple[int, Window]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A date of a commune; `why` says what is unusual about it, empty when it is on the usual day."""

    key: int
    date: dt.date
    half_words: str
    hours: Hours
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneDates:
    """The dates of a commune; `seen` changes when one of them does."""

    usual: str
    hours: Hours | None
    lines: tuple[DateLine, ...]
    seen: str


class Answered(StrEnum):
    """What a mairie said of its dates."""

    AGREED = "agreed"
    REMARKED = "remarked"
    FOLLOWED = "followed"
    DECLINED = "declined"
    SILENT = "silent"
    NOT_SENT = "not_sent"
    NO_ADDRESS = "no_address"


ANSWERED_WORDS = {
    Answered.AGREED: "dates acceptées",
    Answered.REMARKED: "remarque à lire",
    Answered.FOLLOWED: "remarque suivie",
    Answered.DECLINED: "remarque non suivie",
    Answered.SILENT: "pas encore de réponse",
    Answered.NOT_SENT: "courriel pas parti",
    Answered.NO_ADDRESS: "lien à transmettre",
}
ANSWERED_TONES = {
    Answered.AGREED: "good",
    Answered.REMARKED: "soon",
    Answered.FOLLOWED: "good",
    Answered.DECLINED: "info",
    Answered.SILENT: "info",
    Answered.NOT_SENT: "late",
    Answered.NO_ADDRESS: "soon",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """A commune to which a draft was sent, and what it said; `trouble` is why its letter did not leave."""

    commune: Commune
    state: Answered
    link: PersonalLink
    address: str
    remark: Remark | None
    trouble: str

    @property
    def words(self) -> str:
        """The state in French."""
        return ANSWERED_WORDS[self.state]

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return ANSWERED_TONES[self.state]


def dates_of(plan: Plan, commune: Commune) -> CommuneDates:
    """Return the dates of a commune in a plan."""
    visits = list(PlannedVisit.objects.filter(plan=plan, commune=commune).order_by("date", "half"))
    hours = _hours(plan, commune)
    usual = usual_pattern(visits)
    reasons = _reasons(plan)
    lines = tuple(
        DateLine(
            key=visit.pk,
            date=visit.date,
            half_words=HALF_WORDS[Half(visit.half)],
            hours=hours[Half(visit.half)],
            why=_why(visit, usual, reasons),
        )
        for visit in visits
    )
    return CommuneDates(
        usual=usual_words(*usual) if usual else "",
        hours=hours[usual[1].half] if usual else None,
        lines=lines,
        seen=_fingerprint(visits),
    )


def usual_pattern(visits: Iterable[PlannedVisit]) -> Pattern | None:
    """Return the n-th weekday and half on which most visits stand, the earliest one of several."""
    counts = Counter(visit.pattern for visit in visits if not visit.is_make_up)
    return min(counts, key=lambda pattern: (-counts[pattern], pattern), default=None)


def waiting_plan(commune: Commune, day: dt.date) -> Plan | None:
    """Return the last draft that a commune was sent and may still remark upon on a day: for the pages of its mairie."""
    links = PersonalLink.objects.filter(commune=commune, plan__isnull=False, revoked_at__isnull=True, expires_on__gte=day)
    link = links.filter(plan__state=PlanState.SENT.value).select_related("plan__epci").order_by("-created_at").first()
    return link.plan if link else None


def remark_of(plan: Plan, commune: Commune) -> Remark | None:
    """Return what a commune said of a plan, None while it is silent."""
    return Remark.objects.filter(plan=plan, commune=commune).first()


def firm_communes(plan: Plan) -> list[Commune]:
    """Return the communes whose part in the months of a plan is certain, and which have a date in it."""
    first, last = plan.months[0].first, plan.months[-1].last
    firm = Participation.objects.filter(epci=plan.epci).firm().between(first, last).values("commune")
    planned = PlannedVisit.objects.filter(plan=plan).values("commune")
    return list(Commune.objects.filter(pk__in=firm).filter(pk__in=planned))


def remark_lines(actor: Actor, plan: Plan) -> list[RemarkLine]:
    """Return each commune to which a plan was sent, those that wait for an answer first."""
    links = list(PersonalLink.objects.visible_to(actor).filter(plan=plan, revoked_at__isnull=True).select_related("commune"))
    remarks = {remark.commune_id: remark for remark in Remark.objects.visible_to(actor).filter(plan=plan)}
    letters = messages_about(actor, plan.epci, [about(link) for link in links])
    lines = [_line(link, remarks.get(link.commune_id), trouble_of(link, letters)) for link in links]
    return sorted(lines, key=lambda line: line.state is not Answered.REMARKED)


def _line(link: PersonalLink, remark: Remark | None, trouble: str) -> RemarkLine:
    return RemarkLine(
        commune=link.commune,
        state=_state(link, remark, trouble),
        link=link,
        address=address_of(link),
        remark=remark,
        trouble=trouble,
    )


def _state(link: PersonalLink, remark: Remark | None, trouble: str) -> Answered:
    if remark is not None:
        if remark.agrees:
            return Answered.AGREED
        return {
            RemarkState.OPEN: Answered.REMARKED,
            RemarkState.FOLLOWED: Answered.FOLLOWED,
            RemarkState.DECLINED: Answered.DECLINED,
        }[RemarkState(remark.state)]
    if trouble:
        return Answered.NOT_SENT
    return Answered.NO_ADDRESS if link.sent_at is None else Answered.SILENT


def _hours(plan: Plan, commune: Commune) -> dict[Half, Hours]:
    """Return the hours of each half-day in the place that the commune prefers."""
    today = clock.today(plan.epci)
    places = [place for place in commune.premises.order_by("rank") if place.holds_on(today)]
    place = places[0] if places else None
    return {half: hours_at(plan.epci, place, half) for half in Half}


def _reasons(plan: Plan) -> dict[dt.date, str]:
    first, last = plan.months[0].first, plan.months[-1].last
    closed = dict.fromkeys(closed_days_of_territory(plan.epci, first, last), "aucune salle ne peut ouvrir")
    return closed | dict.fromkeys(holidays_between(plan.epci, first, last), "est férié")


def _why(visit: PlannedVisit, usual: Pattern | None, reasons: dict[dt.date, str]) -> str:
    """Say what is unusual about a date, and why when it is known."""
    if visit.is_make_up:
        return f"rattrapage de {month_words(Month.parse(visit.for_month))}"
    if usual is None or visit.pattern == usual:
        return ""
    nth, window = usual
    expected = nth_weekday(Month.of(visit.date), nth, window.weekday)
    if expected is None:
        return "autre jour : ce mois n’a pas de cinquième semaine"
    reason = reasons.get(expected)
    if reason is None:
        return "autre jour que d’habitude"
    if reason == "est férié":
        return f"autre jour : le {weekday_date_words(expected)} est férié"
    return f"autre jour : le {weekday_date_words(expected)}, {reason}"


def _fingerprint(visits: Iterable[PlannedVisit]) -> str:
    written = " ".join(f"{visit.date} {visit.half}" for visit in visits)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
