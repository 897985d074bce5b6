"""What the round of a day leaves to the queue, because it takes a while: nothing else waits for it meanwhile."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from escale.apps.audit.actors import SYSTEM
from escale.apps.evaluation import actions


@task()
def lead_reports(now: str) -> None:
    """Prepare the reports to the communes ten days after their period, send them at fifteen, then the territory's (art. 3-2)."""
    moment = dt.datetime.fromisoformat(now)
    actions.prepare_due_reports(actor=SYSTEM, now=moment)
    actions.send_due_reports(actor=SYSTEM, now=moment)
    actions.freeze_due_territories(actor=SYSTEM, now=moment)


@task()
def lead_evaluations(now: str) -> None:
    """Open the evaluations a month before their day, remind the communes, and freeze the figures that day (art. 6)."""
    actions.lead_evaluations(actor=SYSTEM, now=dt.datetime.fromisoformat(now))
