"""What a proposal could start from, read from what the house records: a few queries, whatever the number of communes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, Sum

from escale.apps.activity.figures import figures_by_commune
from escale.apps.booking.models import Appointment, Demande
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.counting.done import accompaniments
from escale.apps.evaluation.driven import kilometres
from escale.apps.obligations.cases import Case, cases_of
from escale.apps.schedule.outlook import outlook_of
from escale.apps.territory.catalogue import APPOINTMENT_SLOT_MINUTES, INSIGHT_HALF_DAYS, INSIGHT_WAIT_DAYS, ROAD_KM_PER_HOUR
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Visit
from escale.core.activity.figures import Figures
from escale.core.booking.slots import APPOINTMENT_MINUTES
from escale.core.booking.states import DemandeState
from escale.core.calendar.months import Month
from escale.core.evaluation.counts import Slots
from escale.core.evaluation.insights import Bounds, Insight, MonthRoom, Room, Seen, insights
from escale.core.planning.faults import ProblemError
from escale.core.visits.life import VisitState

MONTHS = 12
"""How many whole months before the present one are counted."""
MONTH_OF_PLANS = 10
"""From October on, the year that one talks of is the next."""
PENDING = (DemandeState.TO_CONFIRM.value, DemandeState.WAITING.value)


def insights_of(epci: Epci, on: dt.date, *, with_room: bool = True) -> Sequence[Insight]:
    """Return what the rules find on a day; without `with_room`, what is known of communes alone."""
    return insights(seen_in(epci, on), room_of(epci, on) if with_room else None, bounds_of(epci))


def bounds_of(epci: Epci) -> Bounds:
    """Return the thresholds that an EPCI chose."""
    return Bounds(
        half_days=value_of(epci, INSIGHT_HALF_DAYS),
        wait_days=value_of(epci, INSIGHT_WAIT_DAYS),
        km_per_hour=value_of(epci, ROAD_KM_PER_HOUR),
    )


def months_before(on: dt.date) -> tuple[Month, ...]:
    """Return the whole months that are counted on a day."""
    found = [Month.of(on).previous]
    while len(found) < MONTHS:
        found.insert(0, found[0].previous)
    return tuple(found)


def seen_in(epci: Epci, on: dt.date) -> list[Seen]:
    """Return what was counted of the communes whose convention is in force, in the order of their names."""
    bounds, months = bounds_of(epci), months_before(on)
    notified = Convention.objects.filter(epci=epci, notified_on__lte=on, abandoned_on=None).order_by("notified_on", "pk")
    cases = cases_of(notified, on)
    terms = {case.commune: case.terms for case in cases if case.binds(on)}
    begins = _begins(epci, cases)
    slots = _slots(epci, on, bounds.half_days)
    requests, unserved = _requests(epci, months[0].first, on, bounds.wait_days)
    figures = figures_by_commune(epci, months[0], months[-1])
    km = kilometres(epci, months[0].first, months[-1].last)
    found = []
    for commune in Commune.objects.filter(pk__in=terms).defer("outline").order_by("sort_key", "code"):
        key, name, done = commune.pk, commune.place_name, figures.get(commune.pk, Figures())
        found.append(
            Seen(
                code=commune.code,
                name=name.full,
                de=name.de,
                at=name.at,
                population=commune.population,
                sessions=terms[key].sessions_per_month,
                slots=tuple(slots.get(key, ())),
                requests=requests[key],
                unserved=unserved[key],
                received=done.walk_in + done.left,
                left=done.left,
                accompaniments=accompaniments(done),
                months=sum(month.first >= begins[key] for month in months),
                km=None if km is None else km.get(key, 0.0),
            )
        )
    return found


def room_of(epci: Epci, on: dt.date) -> Room | None:
    """Return what the team can give in the months ahead; None when there is nothing to reckon with yet."""
    year = on.year + (on.month >= MONTH_OF_PLANS)
    try:
        outlook = outlook_of(epci, year)
    except ProblemError:
        return None
    ahead = [month for month in outlook.in_force.months if month.month >= Month.of(on)]
    return Room(
        year=year,
        months=tuple(MonthRoom(month=one.month, places=one.places, needs=one.needs, unserved=one.unserved) for one in ahead),
        one_more_commune=outlook.one_more_commune,
        one_more_post=outlook.one_more_post,
    )


def _begins(epci: Epci, cases: Iterable[Case]) -> dict[int, dt.date]:
    """Return from which day on each commune could have accompaniments: its first convention, once the tour is kept here."""
    kept = Visit.objects.filter(epci=epci).aggregate(first=Min("date"))["first"]
    opens = Month.of(kept).first if kept else dt.date.max
    first: dict[int, dt.date] = {}
    for case in cases:
        if case.effect is not None:
            since = max(case.effect, opens)
            first[case.commune] = min(since, first.get(case.commune, since))
    return first


def _slots(epci: Epci, on: dt.date, wanted: int) -> dict[int, list[Slots]]:
    """Return the slots of the last half-days held in each commune, the last one first, since appointments are taken here."""
    dated = Appointment.objects.of_visits().filter(epci=epci)
    begins = dated.aggregate(first=Min("visit__date"))["first"]
    if begins is None:
        return {}
    since = max(begins, on - dt.timedelta(days=366 * wanted // MONTHS))
    usual = APPOINTMENT_MINUTES // value_of(epci, APPOINTMENT_SLOT_MINUTES)
    booked = dated.standing().filter(visit__date__range=(since, on)).order_by().values_list("visit", "slot_minutes")
    taken, opened = Counter[int](), dict[int, int]()
    for visit, minutes, count in booked.annotate(count=Sum("slot_count")):
        taken[visit] += count
        opened[visit] = max(APPOINTMENT_MINUTES // minutes, taken[visit])
    held = Visit.objects.filter(epci=epci, state=VisitState.HELD.value, date__range=(since, on)).order_by("-date", "-half", "pk")
    found: defaultdict[int, list[Slots]] = defaultdict(list)
    for commune, visit in held.values_list("commune", "pk"):
        if len(found[commune]) < wanted:
            found[commune].append(Slots(open=opened.get(visit, usual), booked=taken[visit]))
    return dict(found)


def _requests(epci: Epci, since: dt.date, on: dt.date, wait_days: int) -> tuple[Counter[int], Counter[int]]:
    """Return by commune how many people asked for an appointment, and how many got none, or not soon enough."""
    zone = ZoneInfo(epci.time_zone)
    asked = Q(epci=epci, asked_at__date__range=(since, on))
    served = Appointment.objects.standing().filter(asked).order_by().values_list("asking")
    requests = Counter(dict(served.annotate(count=Count("pk"))))
    unserved = Counter[int]()
    rows = Demande.objects.filter(asked, state__in=[*PENDING, DemandeState.UNMET.value]).order_by()
    for commune, state, asked_at in rows.values_list("commune", "state", "asked_at"):
        requests[commune] += 1
        days = (on - asked_at.astimezone(zone).date()).days
        unserved[commune] += state == DemandeState.UNMET or days > wait_days
    return requests, unserved
