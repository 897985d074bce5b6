"""What the house knows of how conventions are kept: places, référents, insurance, posts and published visits, read at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min

from escale.apps.conventions.many import among
from escale.apps.conventions.models import Party, Signature
from escale.apps.obligations.accounts import Accounted, accounted
from escale.apps.obligations.cases import Case
from escale.apps.obligations.communicated import Communicated, communicated
from escale.apps.obligations.deeds import Deeds, deeds_of
from escale.apps.obligations.means import Means, means_of
from escale.apps.obligations.promised import Months, promised
from escale.apps.obligations.spans import Span, holds, last_day_of
from escale.apps.obligations.transmissions import Transmissions, transmissions_of
from escale.apps.schedule.models import Publication
from escale.apps.team.models import Insurance, Occupancy
from escale.apps.territory.catalogue import FTE_REQUIRED, REFERENT_REQUIRED_AT
from escale.apps.territory.dated import meeting
from escale.apps.territory.models import Premises, Referent
from escale.apps.territory.queries import values_of
from escale.apps.visits.models import Visit
from escale.core.convention.choices import ReferentDue

SOON = dt.timedelta(days=30)
"""What ends within this time is at risk, and what is due within it is to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A place of a commune that stands on the day: until when, and what one of its rooms gives (None: no room is described)."""

    span: Span
    is_private: bool | None
    is_heated: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known on a day, by commune or by EPCI; `insured_until` holds those that are insured, None without an end."""

    on: dt.date
    halls: Mapping[int, list[Hall]]
    referents: Mapping[int, list[Span]]
    referent_due: Callable[[int], ReferentDue]
    signed: Mapping[int, dt.date]
    insured: Mapping[int, list[Span]]
    insured_until: Mapping[int, dt.date | None]
    posts: Mapping[int, tuple[Decimal, Decimal]]
    fte_required: Callable[[int], Decimal]
    published_from: Mapping[int, str]
    promised: Mapping[int, Months]
    first_visits: Mapping[int, dt.date]
    means: Mapping[int, Means]
    deeds: Deeds
    transmissions: Mapping[int, Transmissions]
    communicated: Communicated
    accounted: Accounted

    @property
    def soon(self) -> dt.date:
        """The last day of what is soon."""
        return self.on + SOON


def facts_of(cases: Iterable[Case], on: dt.date) -> Facts:
    """Return what is known of these conventions on a day; the number of queries is the same for one and for a country."""
    known = list(cases)
    communes, epcis = sorted({case.commune for case in known}), sorted({case.epci for case in known})
    insured = _spans(Insurance.objects.filter(among(epcis, "epci")).values_list("epci", "starts", "ends"))
    referent_due = values_of(REFERENT_REQUIRED_AT)
    by_signature = [case.convention for case in known if referent_due(case.epci) is ReferentDue.SIGNATURE]
    return Facts(
        on=on,
        halls=_halls(communes, on),
        referents=_spans(Referent.objects.filter(among(communes, "commune")).values_list("commune", "starts", "ends")),
        referent_due=referent_due,
        signed=_signed(by_signature) if by_signature else {},
        insured=insured,
        insured_until={key: last_day_of(spans, on) for key, spans in insured.items() if any(holds(one, on) for one in spans)},
        posts=_posts(epcis, on),
        fte_required=values_of(FTE_REQUIRED),
        published_from=dict(
            Publication.objects.filter(among(epcis, "epci")).order_by().values_list("epci").annotate(first=Min("month"))
        ),
        promised=promised(communes, on),
        first_visits=_first_visits(communes, on),
        means=means_of(epcis, on),
        deeds=deeds_of(known, on),
        transmissions=transmissions_of(known, on),
        communicated=communicated(communes, epcis, on),
        accounted=accounted(communes, epcis, on),
    )


def _halls(communes: list[int], on: dt.date) -> dict[int, list[Hall]]:
    found: defaultdict[int, list[Hall]] = defaultdict(list)
    rows = Premises.objects.filter(among(communes, "commune"), meeting(on, on)).order_by()
    for commune, starts, ends, private, heated in rows.values_list(
        "commune", "starts", "ends", "rooms__is_private", "rooms__is_heated"
    ):
        found[commune].append(Hall(span=(starts, ends), is_private=private, is_heated=heated))
    return found


def _spans(rows: Iterable[tuple[int, dt.date | None, dt.date | None]]) -> dict[int, list[Span]]:
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for key, starts, ends in rows:
        found[key].append((starts, ends))
    return found


def _signed(conventions: list[int]) -> dict[int, dt.date]:
    """Return the day on which the second party signed."""
    rows = Signature.objects.filter(among(conventions, "convention"), avenant=None).order_by()
    counted = rows.values_list("convention").annotate(last=Max("signed_on"), count=Count("pk"))
    return {convention: last for convention, last, count in counted if count == len(Party)}


def _posts(epcis: list[int], on: dt.date) -> dict[int, tuple[Decimal, Decimal]]:
    """Return the full-time equivalents of the posts that are held, by EPCI: on the day, and as they are foreseen soon after."""
    soon = on + SOON
    rows = list(Occupancy.objects.filter(among(epcis, "post__epci"), meeting(on, soon)).select_related("post"))
    days = [_held_on(rows, day) for day in (on, soon)]
    none = Decimal(0)
    return {epci: (days[0].get(epci, none), days[1].get(epci, none)) for epci in epcis}


def _held_on(rows: Iterable[Occupancy], day: dt.date) -> dict[int, Decimal]:
    posts = {row.post_id: row.post for row in rows if row.holds_on(day) and row.post.holds_on(day)}
    found: defaultdict[int, Decimal] = defaultdict(Decimal)
    for post in posts.values():
        found[post.epci_id] += post.quotite
    return found


def _first_visits(communes: list[int], on: dt.date) -> dict[int, dt.date]:
    """Return the first half-day that was held, by commune."""
    rows = Visit.objects.filter(among(communes, "commune"), date__lte=on).standing().order_by()
    return dict(rows.values_list("commune").annotate(first=Min("date")))
