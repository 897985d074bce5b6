"""What of the service presses the coordination day by day: urgencies, half-days to confirm, to close or to make up, incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from escale.apps.activity.models import Incident
from escale.apps.audit.actors import Actor
from escale.apps.booking.models import RightsRequest
from escale.apps.team.kits import kits_on
from escale.apps.team.models import Kit
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.apps.urgencies.models import Request
from escale.apps.visits.models import Point, Visit, VisitState
from escale.apps.visits.queries import owed_visits
from escale.core.calendar.french import weekday_date_words
from escale.core.urgencies.life import UrgencyState
from escale.core.visits.life import Side
from escale.web.steering.waiting import Waiting

CONFIRMED_BY = dt.timedelta(days=2)
"""How long before its day a half-day that its mairie did not confirm is worth a call."""
CLOSED_BY = dt.timedelta(days=3)
"""How long after its day a half-day that nobody closed is worth a word."""
NEWS = dt.timedelta(days=7)
"""How long an incident is news."""


def service_waits(actor: Actor, epci: Epci, today: dt.date) -> Iterator[Waiting]:
    """Yield what presses in the service, the most pressing first."""
    yield from _urgencies(actor, epci)
    yield from _half_days(epci, today)
    yield from _points(actor, epci)
    yield from _incidents(actor, epci)
    yield from _rights(actor, epci)
    yield from _kits(epci, today)


def _urgencies(actor: Actor, epci: Epci) -> Iterator[Waiting]:
    states = list(Request.objects.visible_to(actor).filter(epci=epci).unanswered().values_list("state", flat=True))
    lost, address = states.count(UrgencyState.WITH_COORDINATION), reverse("steering:urgencies")
    if lost:
        words = (
            f"{lost} urgences techniques sont restées sans réponse"
            if lost > 1
            else "Une urgence technique est restée sans réponse"
        )
        yield Waiting(words=f"{words} de l’équipe.", address=address, action="Répondre")
    if waiting := len(states) - lost:
        words = f"{waiting} urgences techniques attendent" if waiting > 1 else "Une urgence technique attend"
        yield Waiting(words=f"{words} une première réponse.", address=address, action="Voir les urgences")


def _half_days(epci: Epci, today: dt.date) -> Iterator[Waiting]:
    rows = Visit.objects.filter(epci=epci)
    if count := rows.filter(state=VisitState.PLANNED.value).between(today, today + CONFIRMED_BY).count():
        some = f"{count} passages ne sont pas confirmés" if count > 1 else "Un passage n’est pas confirmé"
        until = weekday_date_words(today + CONFIRMED_BY)
        address = reverse("steering:service", query={"voir": "a-confirmer"})
        yield Waiting(
            words=f"{some} par la mairie, d’ici au {until}.",
            address=address,
            action="Voir lesquels" if count > 1 else "Voir lequel",
        )
    if count := rows.to_close(today - CLOSED_BY).count():
        some = f"{count} passages ne sont pas clos" if count > 1 else "Un passage n’est pas clos"
        address = reverse("steering:service", query={"voir": "sans-suite"})
        yield Waiting(words=f"{some} après {CLOSED_BY.days} jours.", address=address, action="Voir ce qui est à clore")
    if count := owed_visits(epci).count():
        words = f"{count} demi-journées sont à rattraper." if count > 1 else "Une demi-journée est à rattraper."
        address = reverse("steering:service", query={"voir": "a-rattraper"})
        yield Waiting(words=words, address=address, action="Prévoir une date")


def _points(actor: Actor, epci: Epci) -> Iterator[Waiting]:
    if count := Point.objects.visible_to(actor).filter(visit__epci=epci).to_be_answered_by(Side.SERVICE).count():
        words = f"{count} mairies attendent" if count > 1 else "Une mairie attend"
        address = reverse("steering:service_points")
        yield Waiting(words=f"{words} une réponse à un point à régler.", address=address, action="Répondre")


def _incidents(actor: Actor, epci: Epci) -> Iterator[Waiting]:
    since = clock.moment(epci) - NEWS
    if count := Incident.objects.visible_to(actor).filter(mediator__epci=epci, noted_at__gte=since).count():
        words = f"L’équipe a noté {count} incidents" if count > 1 else "L’équipe a noté un incident"
        yield Waiting(words=f"{words} depuis une semaine.", address=reverse("steering:service_following"), action="Lire")


def _rights(actor: Actor, epci: Epci) -> Iterator[Waiting]:
    rows = list(RightsRequest.objects.visible_to(actor).filter(epci=epci).waiting())
    if rows:
        due = weekday_date_words(min(row.due_on for row in rows))
        words = f"{len(rows)} personnes attendent" if len(rows) > 1 else "Une personne attend"
        whose = f"leurs données, la première avant le {due}" if len(rows) > 1 else f"ses données, avant le {due}"
        yield Waiting(words=f"{words} une réponse sur {whose}.", address=reverse("steering:rights"), action="Répondre")


def _kits(epci: Epci, today: dt.date) -> Iterator[Waiting]:
    lacking = [kit for kit in kits_on(Kit.objects.filter(epci=epci).on(today), today) if not kit.is_complete]
    if lacking:
        words = (
            f"{len(lacking)} malles sont incomplètes."
            if len(lacking) > 1
            else f"{lacking[0].kit} est incomplète : {lacking[0].words}."
        )
        yield Waiting(words=words, address=reverse("steering:kits"), action="Voir les malles")
