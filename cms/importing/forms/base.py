"""What every form of column can do: read a cell, tell what is there now, and write what was read."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, ClassVar, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model

from cms.catalogue.columns import Column
from cms.importing.context import Context
from cms.importing.library import Library


class Stage(Enum):
    """When a form is written: before a row is checked, before it is saved, or once the whole batch has its numbers."""

    FIELD = 1
    TIE = 2
    LATE = 3


class Form:
    """One form of column. All that the importer knows of it stands in its class, so none can be forgotten on the way."""

    stage: ClassVar[Stage] = Stage.FIELD
    drafted: ClassVar[bool] = True
    """Whether a draft has its own; a place in the tree has none."""

    def read(self, cell: str, column: Column, context: Context) -> Any:
        """Return what a tidy cell says, fit to be compared; CellError says what is wrong with it."""
        raise NotImplementedError

    def names(self, cell: str) -> Iterable[str]:
        """Return what in a cell is a number of a record, or a name in its place."""
        return ()

    def current(self, instance: Model, column: Column) -> Any:
        """Return what an instance has now, as `read` would give it."""
        return getattr(instance, column.field)

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the cell that `read` takes for a value, as `current` gives it: what a table that leaves the library says."""
        return "" if value is None else str(value)

    def keeps(self, value: Any) -> bool:
        """Tell whether a value leaves alone what is there."""
        return False

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Put a value in its place on an instance; it is saved by whoever asks."""
        setattr(instance, column.field, value)

    def store(self, instance: Model, column: Column) -> None:
        """Save what was written at the late stage, and nothing else of the instance: the tree has changed since it was read."""
        raise NotImplementedError


def field_of(column: Column, model: type[Model]) -> "Field[Any, Any]":
    """Return the field that a column fills: of the model, or as `cover.alt` of what the model points to."""
    *way, name = column.field.split(".")
    for step in way:
        model = model._meta.get_field(step).related_model or model
    # Rows of a model of their own, as names, are a relation from there; nobody asks that for more than its name.
    return cast("Field[Any, Any]", model._meta.get_field(name))


def key_of(column: Column, model: type[Model]) -> "ForeignKey[Any, Any]":
    """Return the foreign key that a column fills with what it points to; FieldDoesNotExist where the field points to nothing."""
    field = field_of(column, model)
    if not isinstance(field, ForeignKey):
        raise FieldDoesNotExist(f"{column.heading}: {column.field} points to nothing.")
    return field
