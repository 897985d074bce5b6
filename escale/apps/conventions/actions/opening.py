"""What every action on a convention begins with: lock and permission, the step that it takes, the dates that it may carry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions.models import Act, Convention
from escale.apps.conventions.queries import state_of
from escale.apps.territory.clock import today
from escale.core.calendar.french import date_words
from escale.core.convention.life import CONVENTION, Situation, State, Trigger
from escale.core.convention.refusals import RefusedError

M = TypeVar("M", bound=models.Model)

LATE_ENTRY = dt.timedelta(days=30)
"""What is older than this when it is entered asks for a proof."""


def refused(field: str, code: str, message: str) -> ValidationError:
    """Return a refusal beside its field, with its code, for an action to raise."""
    return ValidationError({field: [ValidationError(message, code=code)]})


@contextmanager
def beside(field: str) -> Iterator[None]:
    """Say what the rules of the core refuse beside the field that they name, else beside this one."""
    try:
        yield
    except RefusedError as error:
        # The rules of the core say a reason; here it is a sentence on a page.
        message = error.message if error.message.endswith((".", "?", "!")) else f"{error.message}."
        raise refused(error.place or field, error.code, message) from error


def lock(actor: Actor, permission: str, convention: Convention) -> Convention:
    """Return a convention as it is now, locked until the end of the transaction; refuse whoever may not."""
    require(actor, permission, convention)
    locked = Convention.objects.select_for_update(of=("self",)).select_related("epci", "commune").get(pk=convention.pk)
    if locked.archived_on:
        raise refused("convention", "E_ARCHIVED", "Cette convention est archivée : plus rien ne s’y écrit.")
    return locked


def keep(row: M, **values: Any) -> M:
    """Set values on a row, judge it and save it. Raise ValidationError, by field, when a constraint refuses."""
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def require_dates(of: Convention | Act, proof: str, **dates: dt.date | None) -> None:
    """Refuse a date in the future, and one of more than thirty days ago without a proof."""
    now = today(of.epci)
    for name, day in dates.items():
        if day is None:
            continue
        if day > now:
            raise refused(name, "E_FUTURE", f"Le {date_words(day)} n’est pas encore venu ; enregistrer ce qui a eu lieu.")
        if day < now - LATE_ENTRY and not proof.strip():
            raise refused(
                "proof",
                "E_PROOF_MISSING",
                f"Le {date_words(day)} est à plus de trente jours : dire quelle pièce le prouve.",
            )


def require_state(convention: Convention, on: dt.date, states: tuple[State, ...], field: str, message: str) -> Situation:
    """Return where a convention stands on a day; refuse any state but some."""
    with beside(field):
        situation = state_of(convention, on)
    if situation.state not in states:
        raise refused(field, "E_TRANSITION", message)
    return situation


def require_step(convention: Convention, trigger: Trigger, on: dt.date, field: str, holds: Mapping[str, bool]) -> None:
    """Refuse a step that the table does not have on a day, and one of whose guards does not hold; `holds` answers them all."""
    with beside(field):
        step = CONVENTION.step(state_of(convention, on).state, trigger)
        for guard in step.guards:
            if not holds[guard.name]:
                raise guard.refused()
