"""Which communes take part in the tour: firm, expected or not, changed for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.schedule.actions import change_standings
from escale.apps.schedule.labels import STANDINGS
from escale.apps.schedule.models import Participation, Standing
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.french import date_words, period_words
from escale.core.calendar.months import Month
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.publishing.forms import StandingsForm

TICK = "cocher"
EVERY, OUTSIDE = "toutes", "dehors"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneLine:
    """A commune in the list: how it takes part today or next, and from when to when."""

    commune: Commune
    standing: Standing | None
    periods: tuple[str, ...]
    is_ticked: bool

    @property
    def words(self) -> str:
        """« participante », « attendue », or nothing."""
        return STANDINGS[self.standing] if self.standing else ""


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def list_participations(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the communes with how they take part, and change that for those that are ticked."""
    require(visitor.user, "schedule.participations", visitor.epci)
    epci, today = visitor.epci, clock.today(visitor.epci)
    rows = list(Participation.objects.visible_to(visitor.user).filter(epci=epci).order_by("starts"))
    taking_part = {row.commune_id for row in rows}
    served = Commune.objects.visible_to(visitor.user).served_in(epci, today, today)
    communes = [commune for commune in served if commune.merged_into_id is None or commune.pk in taking_part]
    form = StandingsForm(
        request.POST or None,
        communes=communes,
        starts=Month.of(today).next.first,
        ticked=_ticked(request.GET.get(TICK, ""), communes, rows, today),
    )
    changed: list[Commune] = []
    before = Visit.objects.filter(epci=epci).standing().count()
    if accepted(form, lambda: changed.extend(_change(visitor, epci, form))):
        more = Visit.objects.filter(epci=epci).standing().count() - before
        messages.success(request, _told(changed, form.cleaned_data["starts"]) + _visits_told(more))
        return redirect("steering:participations")
    chosen = set(form["communes"].value() or ())
    lines = [_line(commune, [row for row in rows if row.commune_id == commune.pk], today, chosen) for commune in communes]
    seen = {
        "visitor": visitor,
        "form": form,
        "lines": lines,
        "firm": sum(line.standing is Standing.FIRM for line in lines),
        "expected": sum(line.standing is Standing.EXPECTED for line in lines),
        "outside": sum(line.standing is None for line in lines),
    }
    return render(request, "steering/publishing/participations.html", seen)


def _change(visitor: Visitor, epci: Epci, form: StandingsForm) -> list[Commune]:
    return change_standings(actor=visitor.user, epci=epci, wanted=form.wanted, starts=form.cleaned_data["starts"])


def _told(changed: Sequence[Commune], starts: dt.date) -> str:
    if not changed:
        return "Ces communes participaient déjà ainsi : rien ne change."
    if len(changed) == 1:
        return f"C’est noté pour {changed[0]}, à partir du {date_words(starts)}."
    return f"C’est noté pour {len(changed)} communes, à partir du {date_words(starts)}."


def _visits_told(more: int) -> str:
    """Say what the change did to the visits that the world sees."""
    count, many = abs(more), "s" if abs(more) > 1 else ""
    if more > 0:
        return f" {count} passage{many} déjà prévu{many} {'sont' if many else 'est'} maintenant publié{many}."
    return f" {count} passage{many} publié{many} {'sont annulés' if many else 'est annulé'}." if more else ""


def _ticked(asked: str, communes: Sequence[Commune], rows: Sequence[Participation], today: dt.date) -> list[str]:
    """Return the communes that a link of the page ticks beforehand: all, or those that do not take part."""
    coming = {row.commune_id for row in rows if row.ends is None or row.ends >= today}
    if asked == EVERY:
        return [commune.code for commune in communes]
    return [commune.code for commune in communes if commune.pk not in coming] if asked == OUTSIDE else []


def _line(commune: Commune, rows: Sequence[Participation], today: dt.date, chosen: set[str]) -> CommuneLine:
    coming = [row for row in rows if row.ends is None or row.ends >= today]
    return CommuneLine(
        commune=commune,
        standing=Standing(coming[0].standing) if coming else None,
        # The first one is said beside; what comes later is named.
        periods=tuple(
            _period(row, today) if n == 0 else f"{STANDINGS[Standing(row.standing)]} {_period(row, today)}"
            for n, row in enumerate(coming)
        ),
        is_ticked=commune.code in chosen,
    )


def _period(row: Participation, today: dt.date) -> str:
    if row.starts is None and row.ends is None:
        return "depuis toujours"
    if row.ends is None and row.starts is not None and row.starts <= today:
        return f"depuis le {date_words(row.starts)}"
    return period_words(row.starts, row.ends)
