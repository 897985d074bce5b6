"""Ask the planner, through the worker, what a change of the pattern would do to the published tour."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.actions.asking import ask
from escale.apps.schedule.models import Plan, Question, QuestionKind
from escale.apps.schedule.standing import Standing, standing_from
from escale.apps.schedule.trials import TrialKind, trial_asked
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month

NOTHING_AHEAD = "Aucun mois à venir n’est publié : publier une tournée, l’essai se fait sur elle."


@transaction.atomic
def ask_trial(
    *,
    actor: Actor,
    epci: Epci,
    kind: TrialKind,
    commune: Commune | None = None,
    visits: int = 0,
    window: Window | None = None,
) -> Question:
    """Ask what a change would do to the published months that have not begun; asked again while it is answered, it is the same.

    Raise ValidationError when no month to come is published, or when what the change needs is missing.
    """
    require(actor, "schedule.draft", epci)
    if commune is None and kind in {TrialKind.VISITS, TrialKind.WINDOW}:
        raise refuse("commune", "Choisir la commune.")
    if kind is TrialKind.WINDOW and window is None:
        raise refuse("window", "Choisir la demi-journée à essayer.")
    standing = standing_ahead(epci)
    plan = Plan.objects.select_for_update().select_related("epci").get(pk=standing.plan_of(standing.months[0]).pk)
    asked = trial_asked(kind, commune=commune.code if commune else "", visits=visits, window=window)
    asked |= {"months": [str(month) for month in standing.months], "publications": standing.keys}
    return ask(actor, plan, QuestionKind.TRIAL, asked)


def standing_ahead(epci: Epci) -> Standing:
    """Return the published months that have not begun and follow each other. Raise ValidationError when there is none."""
    coming = standing_from(epci, Month.of(clock.today(epci)).next.first)
    months = list(coming.months)
    if not months:
        raise refuse("kind", NOTHING_AHEAD)
    following = [month for rank, month in enumerate(months) if not rank or months[: rank + 1] == list(months[0].until(month))]
    return Standing(publications={month: coming.publications[month] for month in following})
