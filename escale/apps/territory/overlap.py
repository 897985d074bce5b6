"""A constraint of the database: two periods of the same owner never share a day, on PostgreSQL and on SQLite alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"

_EXCLUDE = "CONSTRAINT %(name)s EXCLUDE USING gist (%(same)s, daterange(%(starts)s, %(ends)s, '[]') WITH &&)%(where)s"
_TRIGGER = (
    "CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s WHEN EXISTS (SELECT 1 FROM %(table)s AS other"
    " WHERE %(same)s AND COALESCE(other.%(starts)s, '%(first)s') <= COALESCE(NEW.%(ends)s, '%(last)s')"
    " AND COALESCE(other.%(ends)s, '%(last)s') >= COALESCE(NEW.%(starts)s, '%(first)s'))"
    " BEGIN SELECT RAISE(ABORT, 'constraint failed: %(constraint)s'); END"
)


class NoOverlap(models.BaseConstraint):
    """Rows with the same `fields` have periods that do not meet.

    A period goes from `starts` to `ends`, both included, NULL for open; `first` and `last` name other columns. With `begun`, a
    row that has no first day holds no period yet, and meets none.
    PostgreSQL holds it with an exclusion constraint (which needs btree_gist), SQLite with two triggers. The triggers go
    through the deferred statements of the schema editor, so that they come back when Django rebuilds the table.
    """

    def __init__(
        self,
        *,
        fields: tuple[str, ...],
        name: str,
        violation_error_message: str,
        first: str = "starts",
        last: str = "ends",
        begun: bool = False,
    ) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields, self.first, self.last, self.begun = tuple(fields), first, last, begun

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return the part of CREATE TABLE for PostgreSQL; put off the triggers for SQLite."""
        assert model is not None  # noqa: S101 -- Django always gives both; the stubs allow None.
        assert schema_editor is not None  # noqa: S101
        if schema_editor.connection.vendor == "postgresql":
            same = ", ".join(f"{schema_editor.quote_name(column)} WITH =" for column in self._columns(model))
            where = f" WHERE ({self.first} IS NOT NULL)" if self.begun else ""
            name = schema_editor.quote_name(self.name)
            return _EXCLUDE % {"name": name, "same": same, "starts": self.first, "ends": self.last, "where": where}
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return what adds the constraint to a table that exists (PostgreSQL: SQLite rebuilds the table)."""
        assert model is not None  # noqa: S101
        assert schema_editor is not None  # noqa: S101
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return what takes the constraint away (PostgreSQL: SQLite rebuilds the table)."""
        assert model is not None  # noqa: S101
        assert schema_editor is not None  # noqa: S101
        table, name = schema_editor.quote_name(model._meta.db_table), schema_editor.quote_name(self.name)
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError when the period of the instance meets another one of the same owner."""
        from escale.apps.territory.dated import between

        owner = {column: getattr(instance, column) for column in self._columns(model)}
        if None in owner.values() or (exclude and not set(self.fields).isdisjoint(exclude)):
            return
        starts, ends = getattr(instance, self.first, None), getattr(instance, self.last, None)
        if self.begun and starts is None:
            return
        others = model._default_manager.using(using).filter(between(starts, ends, starts=self.first, ends=self.last), **owner)
        if self.begun:
            others = others.exclude(**{self.first: None})
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message())

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return what a migration writes."""
        path, args, kwargs = super().deconstruct()
        plain = {"first": "starts", "last": "ends", "begun": False}
        given = {name: getattr(self, name) for name, default in plain.items() if getattr(self, name) != default}
        return path, args, {**kwargs, "fields": self.fields, **given}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.fields))

    def _columns(self, model: type[models.Model]) -> list[str]:
        return [cast("models.Field[Any, Any]", model._meta.get_field(field)).attname for field in self.fields]

    def _triggers(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in self._columns(model))
        if self.begun:
            same = f"{same} AND other.{self.first} IS NOT NULL AND NEW.{self.first} IS NOT NULL"
        conditions = {"INSERT": same, "UPDATE": f"{same} AND other.id <> OLD.id"}
        return [
            Statement(
                _TRIGGER,
                table=Table(model._meta.db_table, editor.quote_name),
                name=editor.quote_name(f"{self.name}_{event.lower()}"),
                constraint=self.name,
                event=event,
                same=condition,
                starts=self.first,
                ends=self.last,
                first=FIRST_DAY,
                last=LAST_DAY,
            )
            for event, condition in conditions.items()
        ]
