"""Keep the last day of a convention in step with what is recorded of it."""

from __future__ import annotations

import datetime as dt

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.opening import beside, keep
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import certain_end


def settle_end(actor: Actor, convention: Convention, on: dt.date) -> None:
    """Write the last day of a convention once it is certain, or take it back; the tour follows by the event."""
    with beside("convention"):
        end = certain_end(convention)
    last_day, ground = (end[0], end[1].value) if end else (None, "")
    before = convention.ends_on
    if (before, convention.ground) == (last_day, ground):
        return
    keep(convention, ends_on=last_day, ground=ground)
    journal.record(
        "conventions.end_changed", actor=actor, convention=convention, on=on, before=before, ends_on=last_day, ground=ground
    )
