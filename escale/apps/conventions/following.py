"""What the tour does when a convention begins or ends: its commune takes part from the effect to the last day."""

from __future__ import annotations

import datetime as dt

from escale.apps.audit.actors import SystemActor
from escale.apps.audit.models import Entry
from escale.apps.conventions.models import ANNEX, Convention
from escale.apps.conventions.queries import terms_on
from escale.apps.schedule.actions import agree_on_visits, annex_pattern, change_standings, end_participation
from escale.apps.schedule.models import Participation, Standing
from escale.apps.territory.dated import meeting
from escale.core.calendar.french import date_words
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.convention.dates import ONE_DAY, add_months
from escale.core.planning.problem import Annex

SESSIONS = "sessions_per_month"
ACTOR = SystemActor(actor_id="conventions")


def begin_taking_part(entry: Entry) -> None:
    """Make the commune of a convention take part firmly from the day of its effect, on its annexed day."""
    convention = convention_of(entry)
    starts = convention.notified_on
    if starts is None:
        return
    epci, commune = convention.epci, convention.commune
    change_standings(actor=ACTOR, epci=epci, wanted={commune: Standing.FIRM}, starts=starts)
    visits = terms_on(convention, starts).sessions_per_month
    if visits > 1:
        agree_on_visits(actor=ACTOR, epci=epci, commune=commune, visits=visits, starts=starts)
    if convention.annex:
        annex_pattern(actor=ACTOR, epci=epci, commune=commune, pattern=annex_of(convention.annex), starts=starts)


def follow_the_end(entry: Entry) -> None:
    """End the participation after the last day of a convention, once that is certain; bring it back when it is not any more."""
    convention = convention_of(entry)
    told, ends_on = entry.details["before"], convention.ends_on
    before = told and dt.date.fromisoformat(told)
    epci, commune = convention.epci, convention.commune
    if before is not None and (ends_on is None or ends_on > before):
        change_standings(actor=ACTOR, epci=epci, wanted={commune: Standing.FIRM}, starts=before + ONE_DAY)
    if ends_on is None:
        return
    reason = f"la convention de la commune s’arrête le {date_words(ends_on)}"
    # What another convention of the commune has begun after this one is its own.
    others = Convention.objects.filter(commune=commune, notified_on__gt=ends_on).exclude(pk=convention.pk)
    begun = others.values("notified_on")
    after = Participation.objects.filter(meeting(ends_on + ONE_DAY, None), epci=epci, commune=commune)
    for row in after.exclude(starts__in=begun):
        end_participation(actor=ACTOR, participation=row, ends=ends_on, reason=reason)


def follow_the_avenant(entry: Entry) -> None:
    """Bring the usual day and the number of half-days of an avenant into the tour, from the month after its effect (art. 4)."""
    convention = convention_of(entry)
    avenant = convention.avenants.get(number=entry.details["avenant"])
    if avenant.effect_on is None:
        return
    starts = add_months(avenant.effect_on.replace(day=1), 1)
    changed = dict(avenant.clauses.values_list("name", "new"))
    epci, commune = convention.epci, convention.commune
    if pattern := changed.get(ANNEX):
        annex_pattern(actor=ACTOR, epci=epci, commune=commune, pattern=annex_of(pattern), starts=starts)
    if visits := changed.get(SESSIONS):
        agree_on_visits(actor=ACTOR, epci=epci, commune=commune, visits=visits, starts=starts)


def convention_of(entry: Entry) -> Convention:
    """Return the convention that an event is about."""
    return Convention.objects.select_related("epci", "commune").get(pk=int(entry.subject_id))


def annex_of(written: dict[str, object]) -> Annex:
    """Return a usual day that was kept."""
    nth, weekday = int(str(written["nth"])), int(str(written["weekday"]))
    return Annex(nth=nth, window=Window(weekday=Weekday(weekday), half=Half(str(written["half"]))))
