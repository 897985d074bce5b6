"""Turn the territory and the team of an EPCI into the problem of a tour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from escale.apps.schedule.models import AgreedVisits, AnnexedPattern, Participation, PlannedVisit, Publication, Run
from escale.apps.schedule.wishes import CommuneWish, wishes_of
from escale.apps.team.models import Post, WeeklyTemplate
from escale.apps.team.queries import away_days_of
from escale.apps.territory.dated import Dated
from escale.apps.territory.distances import Distances, MissingPositionsError, distances
from escale.apps.territory.models import Closure, Commune, Epci, Membership, Premises
from escale.apps.territory.queries import closed_days_of_territory, holidays_between, service_windows
from escale.core.calendar.french import period_words
from escale.core.calendar.halfdays import Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning import problem as tour
from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_from
from escale.core.planning.presets import PRESETS, PresetName

NO_WISH = CommuneWish()


def build_problem(
    epci: Epci, months: Sequence[Month], *, preset: PresetName = PresetName.BALANCED, with_leave: bool = True
) -> tour.Problem:
    """Return the problem of an EPCI for some months, as the database knows it now; without leave, as if nobody took any.

    Only communes that take part are there, on the dates of their participation, with what they wish. Raise ProblemError, with
    what to do, when nobody works, no commune takes part or a distance cannot be told.
    """
    first, last = months[0].first, months[-1].last
    communes = _planned_communes(epci, first, last)
    posts = _working_posts(epci, first, last, with_leave=with_leave)
    windows, mediators = _team(epci, posts, first, last)
    found = _distances(epci, communes, posts)
    return tour.Problem(
        name=f"{epci.name}, {months[0]} à {months[-1]}",
        months=tuple(months),
        windows=windows,
        holidays=holidays_between(epci, first, last),
        mediators=mediators,
        communes=_communes(epci, communes, months, windows),
        base_hm=tuple(map(float, found.base_hm)),
        between_hm=tuple(tuple(map(float, row)) for row in found.between_hm),
        weights=PRESETS[preset].weights,
    )


def _planned_communes(epci: Epci, first: dt.date, last: dt.date) -> list[Commune]:
    """Return the communes that take part in the tour, firm or expected, at least one day of a period."""
    taking_part = Participation.objects.filter(epci=epci).between(first, last)
    served = Commune.objects.served_in(epci, first, last).select_related("merged_into")
    communes = list(served.filter(pk__in=taking_part.values("commune")))
    if communes:
        return communes
    if Commune.objects.members_of(epci, first, last).exists():
        raise ProblemError(
            place="communes",
            message=f"aucune ne participe à la tournée {period_words(first, last)} ; dire d’abord quelles communes participent",
        )
    raise ProblemError(place="communes", message=f"aucune commune de {epci} sur ces mois ; importer son territoire")


def mediator_id(post: Post) -> str:
    """Return what a problem calls a post: it stays when the post is renamed or held by someone else."""
    return f"P{post.pk}"


def _working_posts(epci: Epci, first: dt.date, last: dt.date, *, with_leave: bool) -> dict[Post, frozenset[dt.date]]:
    """Return the posts in which somebody works at least one day of a period, with their days off."""
    posts = list(Post.objects.filter(epci=epci).between(first, last).select_related("base"))
    away = away_days_of(posts, first, last, with_leave=with_leave)
    days = (last - first).days + 1
    working = {post: away[post.pk] for post in posts if len(away[post.pk]) < days}
    if not working:
        raise ProblemError(
            place="équipe", message=f"personne n’occupe de poste entre le {first} et le {last} ; compléter la page de l’équipe"
        )
    return working


def _team(
    epci: Epci, posts: dict[Post, frozenset[dt.date]], first: dt.date, last: dt.date
) -> tuple[frozenset[Window], tuple[tour.Mediator, ...]]:
    """Return the half-days of the service and its mediators.

    A mediator is there for whole days only: a day of which the week of a post keeps only a part, while another post keeps it
    whole, is taken as a day off, so that no plan goes beyond anybody's week.
    """
    service = service_windows(epci)
    weeks = list(WeeklyTemplate.objects.filter(post__in=list(posts)).between(first, last))
    kept = {post: {day: _kept_on(post, day, weeks, service) for day in _days(first, last)} for post in posts}
    windows = frozenset(window for of_post in kept.values() for some in of_post.values() for window in some)
    if not windows:
        raise ProblemError(
            place="équipe", message="les semaines types ne gardent aucune demi-journée de l’article 4 ; les compléter"
        )
    asked = {weekday: {window for window in windows if window.weekday == weekday} for weekday in Weekday}
    return windows, tuple(
        tour.Mediator(
            id=mediator_id(post),
            away=away | {day for day, some in kept[post].items() if not asked[Weekday(day.weekday())] <= some},
        )
        for post, away in posts.items()
    )


def _kept_on(post: Post, day: dt.date, weeks: Iterable[WeeklyTemplate], service: frozenset[Window]) -> frozenset[Window]:
    week = next((week for week in weeks if week.post_id == post.pk and week.holds_on(day)), None)
    return service if week is None else service & week.windows


def _distances(epci: Epci, communes: Sequence[Commune], posts: Iterable[Post]) -> Distances:
    """Return the distances from the base of most posts; the first one by name when several are as frequent."""
    starts = [post.start for post in posts]
    try:
        return distances(epci, communes, max(starts, key=starts.count))
    except MissingPositionsError as error:
        raise ProblemError(place="positions", message=str(error)) from error


def _communes(
    epci: Epci, communes: Sequence[Commune], months: Sequence[Month], windows: frozenset[Window]
) -> tuple[tour.Commune, ...]:
    first, last = months[0].first, months[-1].last
    memberships = list(Membership.objects.filter(epci=epci).between(first, last))
    participations = list(Participation.objects.filter(epci=epci).between(first, last))
    everywhere = closed_days_of_territory(epci, first, last)
    closed = _closed_days(communes, first, last)
    wishes = wishes_of(epci, months)
    annexed = AnnexedPattern.objects.filter(commune__in=communes).in_force_on(last)
    agreed = {pattern.commune_id: pattern.value for pattern in annexed}
    promised = {row.commune_id: row for row in AgreedVisits.objects.filter(commune__in=communes).begun_on(last)}
    before = _visits_before(epci, months[0])
    members = []
    for commune in communes:
        # What a former commune agreed is served in the commune nouvelle (L. 2113-5 CGCT).
        lives = [commune, *commune.became]
        member = [row for row in memberships if row.commune_id in {one.pk for one in lives}]
        planned = [row for row in participations if row.commune_id == commune.pk]
        days = sorted(_held(first, last, lives) & _held(first, last, member) & _held(first, last, planned))
        if not days:
            raise ProblemError(
                place=f"communes ({commune})",
                message="la commune n’existe pas, ou n’est pas membre, pendant sa participation ; corriger ses dates",
            )
        wish = wishes.get(commune.pk, NO_WISH)
        shut = everywhere | wish.closed_days | closed.get(commune.pk, frozenset())
        joined = tour.Commune(
            code=commune.code,
            name=commune.place_name.full,
            windows=windows - wish.closed_windows,
            preferred_weekday=wish.preferred_weekday,
            shut=wish.shut,
            # A commune that left and came back is shut in between.
            closed=shut | (frozenset(_days(days[0], days[-1])) - frozenset(days)),
            before=tuple(before.get(commune.code, ())),
            annex=agreed.get(commune.pk),
        )
        if row := promised.get(commune.pk):
            # Half-days added in the course of the months are owed from there on.
            since = dt.date.min if row.starts <= first else row.starts
            joined = replace(joined, visits_per_month=row.visits, several_from=since)
        joined = joined if days[0] == first else replace(joined, starts=days[0])
        members.append(joined if days[-1] == last else replace(joined, until=days[-1]))
    return tuple(members)


def _held(first: dt.date, last: dt.date, rows: Iterable[Dated]) -> set[dt.date]:
    """Return the days of a period on which at least one of some dated rows holds."""
    return {day for row in rows for day in _days(max(first, row.starts or first), min(last, row.ends or last))}


def _closed_days(communes: Sequence[Commune], first: dt.date, last: dt.date) -> dict[int, frozenset[dt.date]]:
    """Return the days on which every place of a commune is closed: another room is sought before another date."""
    closures = list(Closure.objects.filter(premises__commune__in=communes).between(first, last).select_related("premises"))
    if not closures:
        return {}
    concerned = {closure.premises.commune_id for closure in closures}
    places: dict[int, list[Premises]] = {}
    for place in Premises.objects.filter(commune__in=concerned):
        places.setdefault(place.commune_id, []).append(place)
    return {
        commune: frozenset(day for day in _days(first, last) if _all_closed(there, closures, day))
        for commune, there in places.items()
    }


def _all_closed(places: Iterable[Premises], closures: Sequence[Closure], day: dt.date) -> bool:
    standing = {place.pk for place in places if place.holds_on(day)}
    return bool(standing) and standing <= {closure.premises_id for closure in closures if closure.holds_on(day)}


def _visits_before(epci: Epci, month: Month) -> dict[str, list[dt.date]]:
    """Return the visits of the month before, for the spacing: as they are published, else as the last search has them."""
    before = month.previous
    in_force = Publication.objects.filter(epci=epci, month=str(before)).current()
    rows = PlannedVisit.objects.filter(plan__in=in_force.values("plan"), for_month=str(before)).of_month(before)
    visits = list(rows.values_list("commune__code", "date"))
    if not visits and not in_force.exists():
        visits = _visits_searched(epci, before)
    found: dict[str, list[dt.date]] = {}
    for commune, date in visits:
        found.setdefault(commune, []).append(date)
    return found


def _visits_searched(epci: Epci, month: Month) -> list[tuple[str, dt.date]]:
    run = Run.objects.filter(epci=epci, first_month__lte=str(month), last_month__gte=str(month)).planned().latest_first().first()
    return [] if run is None else [(v.commune, v.date) for v in plan_from(run.plan).visits if v.month == month]


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
