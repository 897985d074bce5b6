"""Tell the whole story of the conventions, once: the forty-four of 2025, what became of five of them, the three that come."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import transaction

from escale.apps.conventions.models import Convention
from escale.apps.schedule.models import AnnexedPattern, PlannedVisit, Publication
from escale.apps.team.actions import record_insurance
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.circumstances import EXPECTED
from escale.config.demonstration.conventions.in_force import conclude_of_2025
from escale.config.demonstration.conventions.people import elect, name_first_signatories
from escale.config.demonstration.conventions.prepared import prepare_of_2027
from escale.config.demonstration.conventions.scene import Scene, numbered
from escale.config.demonstration.conventions.troubles import tell_troubles
from escale.core.calendar.months import nth_of_month
from escale.core.planning.problem import Annex


@transaction.atomic
def conclude_conventions(epci: Epci) -> None:
    """Bring in the conventions of the demonstration; where there is one already, nothing is done."""
    if Convention.objects.filter(epci=epci).exists():
        return
    scene = Scene(epci=epci, now=today(epci), days=_usual_days(epci))
    members = list(Commune.objects.members_of(epci, scene.now, scene.now).filter(code__in=scene.days))
    communes = [commune for commune in members if commune.code not in EXPECTED]
    signatories = name_first_signatories(scene, members)
    elect(scene, members)
    conclude_of_2025(scene, communes, signatories)
    _insure(scene)
    tell_troubles(scene)
    prepare_of_2027(scene, [commune for commune in members if commune.code in EXPECTED])


def _insure(scene: Scene) -> None:
    """Cover the service (art. 3-2) until the end of the year: the next attestation is to be asked for."""
    year = scene.now.year
    record_insurance(
        actor=ACTOR,
        epci=scene.epci,
        insurer="Assureur (démonstration)",
        policy=numbered("RC-1"),
        starts=dt.date(year - 1, 1, 1),
        ends=dt.date(year, 12, 31),
    )


def _usual_days(epci: Epci) -> dict[str, Annex]:
    """Return the agreed day of each commune; for one that is expected, the day on which its place is kept most often."""
    kept = Publication.objects.filter(epci=epci).current().values("plan")
    counts: dict[str, Counter[Annex]] = {}
    for visit in PlannedVisit.objects.filter(plan__in=kept, commune__code__in=EXPECTED).select_related("commune"):
        day = Annex(nth=nth_of_month(visit.date), window=visit.window)
        counts.setdefault(visit.commune.code, Counter())[day] += 1
    agreed = AnnexedPattern.objects.filter(epci=epci).in_force_on(today(epci)).select_related("commune")
    return {code: days.most_common(1)[0][0] for code, days in counts.items()} | {row.commune.code: row.value for row in agreed}
