"""The last steps of an action that writes one row: set its fields, judge it, save it, record the event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from escale.apps.audit import events
from escale.apps.audit.actors import Actor

M = TypeVar("M", bound=models.Model)


def save_row(row: M, values: Mapping[str, Any], *, event: str, actor: Actor, epci: str | None) -> M:
    """Set the values on a row, save it and record the event with the names of what changed; call it in a transaction.

    Raise ValidationError, by field, and write nothing when a value or a constraint refuses. A row that stays as it is
    leaves no trace.
    """
    known = {field.name for field in row._meta.concrete_fields}
    if unknown := values.keys() - known:
        raise TypeError(f"{type(row).__name__} has no field {', '.join(sorted(unknown))}")
    changed = sorted(name for name, value in values.items() if row.pk is None or getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.full_clean()
    row.save()
    events.record(event, actor=actor, epci=epci, subject=row, changed=changed)
    return row


def refuse(field: str, message: str) -> ValidationError:
    """Return the error of one field, for an action to raise."""
    return ValidationError({field: message})
