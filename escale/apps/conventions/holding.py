"""Constraints of the database on what may still change: rows that never do, fields that are fixed once something is known.

PostgreSQL and SQLite alike hold them with triggers, which go through the deferred statements of the schema editor, so that they
come back when Django rebuilds a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

_ON_SQLITE = (
    "CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s WHEN %(refused)s"
    " BEGIN SELECT RAISE(ABORT, 'constraint failed: %(constraint)s'); END"
)
_ON_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $refuse$"
    " BEGIN RAISE EXCEPTION 'constraint failed: %(constraint)s' USING ERRCODE = 'check_violation'; END $refuse$;"
    " CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s FOR EACH ROW WHEN (%(refused)s) EXECUTE FUNCTION %(name)s()"
)
_DROP_ON_POSTGRESQL = "DROP FUNCTION %(name)s() CASCADE"


class _Refusing(models.BaseConstraint):
    """A trigger that refuses some changes of a row, whoever makes them."""

    events: tuple[str, ...] = ("UPDATE",)

    def refused_when(self, model: type[models.Model], vendor: str) -> str:
        """Return the condition, in SQL, of a change that is refused."""
        raise NotImplementedError

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Put off the triggers until the table exists; CREATE TABLE has no part of them."""
        assert schema_editor is not None  # noqa: S101 -- Django always gives both; the stubs allow None.
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return what adds the constraint to a table that exists (PostgreSQL: SQLite rebuilds the table)."""
        assert schema_editor is not None  # noqa: S101
        return "; ".join(str(statement) for statement in self._triggers(model, schema_editor))

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return what takes the constraint away (PostgreSQL: SQLite rebuilds the table)."""
        return "; ".join(_DROP_ON_POSTGRESQL % {"name": self._trigger_name(event)} for event in self.events)

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Leave a row that is new as it is: only changes are refused."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def _trigger_name(self, event: str) -> str:
        return f"{self.name}_{event.lower()}"

    def _triggers(self, model: type[models.Model] | None, editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        assert model is not None  # noqa: S101
        vendor = editor.connection.vendor
        return [
            Statement(
                _ON_POSTGRESQL if vendor == "postgresql" else _ON_SQLITE,
                table=Table(model._meta.db_table, editor.quote_name),
                name=self._trigger_name(event),
                constraint=self.name,
                event=event,
                refused=self.refused_when(model, vendor),
            )
            for event in self.events
        ]


class AppendOnly(_Refusing):
    """Rows that nobody changes or takes away once they are written."""

    events = ("UPDATE", "DELETE")

    def refused_when(self, model: type[models.Model], vendor: str) -> str:
        """Refuse always."""
        return "TRUE"

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Refuse a row that is written already."""
        if instance.pk is not None:
            raise ValidationError(self.get_violation_error_message())


class FixedOnce(_Refusing):
    """Fields that stay as they are once another one (`known`) is filled in."""

    def __init__(self, *, fields: tuple[str, ...], known: str, name: str, violation_error_message: str) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields, self.known = tuple(fields), known

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return what a migration writes."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "fields": self.fields, "known": self.known}

    def refused_when(self, model: type[models.Model], vendor: str) -> str:
        """Refuse a change of one of the fields once the other one is known."""
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        columns = [cast("models.Field[Any, Any]", model._meta.get_field(field)).column for field in self.fields]
        changes = " OR ".join(f'NEW."{column}" {differs} OLD."{column}"' for column in columns)
        return f'OLD."{self.known}" IS NOT NULL AND ({changes})'

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Raise ValidationError when the row differs from what is fixed."""
        before = model._default_manager.using(using).filter(pk=instance.pk).exclude(**{self.known: None}).first()
        if before and any(getattr(before, field) != getattr(instance, field) for field in self.fields):
            raise ValidationError(self.get_violation_error_message())
