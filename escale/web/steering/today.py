"""What the first page of the steering tells: the next day of the tour, and what waits for the coordinator."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.urls import reverse

from escale.apps.audit.actors import Actor
from escale.apps.obligations.awaited import items_of, lines_of
from escale.apps.schedule.inquiries import current_inquiry, is_open
from escale.apps.schedule.models import Plan, Publication, Remark, RemarkState
from escale.apps.territory.models import Epci
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import visits_without_anyone
from escale.core.calendar.french import month_words, weekday_date_words
from escale.core.calendar.months import Month
from escale.web.steering.pressing import service_waits
from escale.web.steering.tour.rounds import Day, days_of
from escale.web.steering.waiting import Waiting

PLAN_AHEAD_FROM = 9
"""The month from which the tour of the next year is awaited: mairies plan their halls in autumn."""


def next_day(actor: Actor, epci: Epci, today: dt.date) -> Day | None:
    """Return the first day with a published visit, from today on."""
    visits = Visit.objects.visible_to(actor).filter(epci=epci).standing().from_day(today)
    day = visits.values_list("date", flat=True).first()
    return None if day is None else next(iter(days_of(actor, epci, day, day, None)), None)


def waiting_for(actor: Actor, epci: Epci, today: dt.date) -> list[Waiting]:
    """Return what waits for whoever prepares the tour, the most pressing first."""
    return [
        *_visits_without_anyone(epci, today),
        *service_waits(actor, epci, today),
        *_remarks(actor, epci),
        *_drafts(actor, epci),
        *_answers(actor, epci, today),
        *_years(epci, today),
    ]


def conventions_wait(epci: Epci, today: dt.date) -> list[Waiting]:
    """Return what the conventions ask of whoever runs them, one line for all those that share it."""
    return [
        Waiting(
            words=f"{line.words}.",
            address=reverse(line.address_name, args=[] if line.address_key is None else [line.address_key]),
            action=line.what_to_do,
        )
        for line in lines_of(items_of(epci, today))
    ]


def _visits_without_anyone(epci: Epci, today: dt.date) -> Iterator[Waiting]:
    if lines := visits_without_anyone(epci, today):
        count = f"{len(lines)} passages n’ont" if len(lines) > 1 else "Un passage n’a"
        yield Waiting(
            words=f"{count} personne pour venir, dès le {weekday_date_words(lines[0].date)}.",
            address=reverse("steering:repair"),
            action="Réparer la tournée",
        )


def _remarks(actor: Actor, epci: Epci) -> Iterator[Waiting]:
    plans = Plan.objects.visible_to(actor).filter(epci=epci).open()
    waiting = Remark.objects.filter(plan__in=plans, state=RemarkState.OPEN.value, agrees=False)
    for number, count in sorted(Counter(waiting.values_list("plan__number", flat=True)).items()):
        who = (
            f"{count} mairies attendent une réponse à leurs remarques"
            if count > 1
            else "Une mairie attend une réponse à sa remarque"
        )
        yield Waiting(
            words=f"{who} sur la tournée n° {number}.",
            address=reverse("steering:remarks", args=[number]),
            action="Lire les remarques",
        )


def _drafts(actor: Actor, epci: Epci) -> Iterator[Waiting]:
    count = Plan.objects.visible_to(actor).filter(epci=epci).open().count()
    if count:
        words = (
            f"{count} brouillons attendent d’être publiés ou écartés."
            if count > 1
            else "Un brouillon attend d’être publié ou écarté."
        )
        yield Waiting(words=words, address=reverse("steering:drafts"), action="Voir les brouillons")


def _answers(actor: Actor, epci: Epci, today: dt.date) -> Iterator[Waiting]:
    inquiry = current_inquiry(actor, epci)
    if inquiry is None or not is_open(inquiry, today):
        return
    asked, answered = inquiry.links.filter(revoked_at__isnull=True).count(), inquiry.wishes.count()
    if asked > answered:
        who = f"{answered} mairies ont répondu" if answered > 1 else f"{answered} mairie a répondu"
        yield Waiting(
            words=f"{who} sur {asked}, jusqu’au {weekday_date_words(inquiry.closes_on)}.",
            address=reverse("steering:inquiry"),
            action="Suivre la consultation",
        )


def _years(epci: Epci, today: dt.date) -> Iterator[Waiting]:
    published = set(Publication.objects.filter(epci=epci).current().values_list("month", flat=True))
    for year in (today.year, today.year + 1):
        if year > today.year and today.month < PLAN_AHEAD_FROM:
            continue
        ahead = [month for month in Month.range(f"{year}-01..{year}-12") if month >= Month.of(today)]
        missing = [month for month in ahead if str(month) not in published]
        if missing:
            some = (
                f"{len(missing)} mois de {year} ne sont pas encore publiés."
                if len(missing) > 1
                else f"{month_words(missing[0]).capitalize()} n’est pas encore publié."
            )
            yield Waiting(
                words=f"La tournée {year} n’est pas encore publiée." if missing == ahead else some,
                address=f"{reverse('steering:capacity')}?annee={year}",
                action="Préparer la tournée",
            )
