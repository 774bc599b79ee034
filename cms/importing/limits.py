"""What a field of a model takes: the same on every database, though only some of them ask."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Field, Model

from cms.importing.errors import CellError

RANGES = BaseDatabaseOperations.integer_field_ranges
"""The least and the most of each kind of whole number; SQLite by itself would take more than PostgreSQL."""


def fits(value: Any, field: "Field[Any, Any]", called: str = "") -> None:
    """Raise CellError where a field does not take a value, naming the most that fits; `called` names a part of the cell."""
    where = f"“{called}”" if called else ""
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        raise CellError(f"{where}有 {len(value)} 字，最多 {field.max_length} 字。")
    low, high = RANGES.get(field.get_internal_type(), (None, None))
    if low is not None and high is not None and isinstance(value, int) and not low <= value <= high:
        raise CellError(f"{where}要在 {low} 到 {high} 之间。")
    if value in field.empty_values:
        return
    try:
        field.run_validators(value)
    except ValidationError as fault:
        raise CellError(where + " ".join(fault.messages)) from None


def fits_all(values: dict[str, Any], model: type[Model]) -> None:
    """Look at the parts of a cell, each the value of one field of a model."""
    for name, value in values.items():
        field = model._meta.get_field(name)
        if isinstance(field, Field):
            fits(value, field, str(field.verbose_name))
