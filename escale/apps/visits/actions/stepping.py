"""What every action on one visit begins and ends with: hold it, know who acts, take a step that the table allows."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.labels import VISIT_STATES
from escale.apps.visits.models import Visit
from escale.core.visits.life import VISIT_STEPS, Side, VisitState

NOT_YOURS = "Vous n’avez pas le droit de faire cela ici."
STEP_WORDS = {
    VisitState.PLANNED: "retirer la confirmation",
    VisitState.CONFIRMED: "confirmer",
    VisitState.HELD: "clore",
    VisitState.CANCELLED: "annuler",
    VisitState.REFUSED: "refuser",
    VisitState.WAIVED: "abandonner",
}
"""What each state is reached by, for a refusal."""


def lock(visit: Visit) -> Visit:
    """Return a visit as it is now; it changes by nobody else until the transaction ends."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related("epci", "commune", "post")
    return rows.get(pk=visit.pk)


def side_of(actor: Actor, permission: str, visit: Visit) -> Side:
    """Return for which party an actor acts on a visit. Raise PermissionDenied when for none."""
    require(actor, permission, visit)
    scope = actor.scope(permission)
    return Side.SERVICE if scope.everywhere or visit.epci.siren in scope.epcis else Side.COMMUNE


def require_side(actor: Actor, permission: str, visit: Visit, side: Side) -> None:
    """Refuse (PermissionDenied) a commune that speaks for the service; the service may write what a commune says."""
    if side_of(actor, permission, visit) is Side.COMMUNE and side is Side.SERVICE:
        raise PermissionDenied(NOT_YOURS)


def check_step(visit: Visit, state: VisitState) -> None:
    """Refuse a step that the table does not hold."""
    before = VisitState(visit.state)
    if (before, state) not in VISIT_STEPS:
        told = f"Ce passage est noté « {VISIT_STATES[before]} » : on ne peut pas le {STEP_WORDS[state]}. Recharger la page."
        raise refuse("state", told)


def check_coming(visit: Visit) -> None:
    """Refuse to change a half-day that was held or given up."""
    state = VisitState(visit.state)
    if (state, VisitState.CANCELLED) not in VISIT_STEPS:
        raise refuse("state", f"Ce passage est noté « {VISIT_STATES[state]} » : il ne change plus. Recharger la page.")


def take_step(visit: Visit, state: VisitState) -> None:
    """Put a visit in a state that the table allows; `save_visit` writes it."""
    check_step(visit, state)
    visit.state = state.value


def save_visit(visit: Visit) -> None:
    """Save a visit. What another one took since it was judged is refused by the database, and told in French."""
    visit.changed_at = clock.moment(visit.epci)
    visit.full_clean(exclude=["post", "commune", "epci"])
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise refuse("half", "Cette demi-journée vient d’être prise ; en choisir une autre.") from error


def tell(
    event: str,
    *,
    actor: Actor,
    visit: Visit,
    created: Iterable[Visit] = (),
    moved: Iterable[dict[str, object]] = (),
    cancelled: Iterable[Visit] = (),
    **details: object,
) -> None:
    """Record what became of a visit, in the shape of « visits.settled », so that the same effects follow."""
    events.record(
        event,
        actor=actor,
        epci=visit.epci.siren,
        subject=visit,
        created=[row.pk for row in created],
        moved=list(moved),
        cancelled=[row.pk for row in cancelled],
        **details,
    )
