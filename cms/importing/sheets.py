"""Files on their way in: each with the model that it fills, its rows as read, and what a row makes or changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from cms.catalogue.columns import Column
from cms.importing.errors import ImportRefused, RowError
from cms.importing.reading import Table, read_table
from cms.models import Holding
from cms.models.kinds import kinds, parts


@dataclass
class Sheet:
    """A file, the model that it fills, and its rows as read."""

    model: type[Model]
    path: Path
    table: Table
    rows: list["Row"]

    @property
    def is_kind(self) -> bool:
        """Whether the rows are holdings, and not parts of them."""
        return issubclass(self.model, Holding)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that this file has, in the model's order."""
        return [c for c in columns_of(self.model) if c.heading in self.table.headings]

    def cells(self, field: str) -> Iterator[str]:
        """Yield every row's cell of the column that fills a field."""
        heading = next(c.heading for c in columns_of(self.model) if c.field == field)
        return (self.table.cell(cells, heading) for _number, cells in self.table.rows)


@dataclass
class Row:
    """One row: its number in the file, its values by field, the instance that it makes or changes, and in what."""

    sheet: Sheet
    number: int
    values: dict[str, Any]
    instance: Model | None = None
    before: dict[str, Any] | None = None
    changes: list[Column] = field(default_factory=list)

    @property
    def key(self) -> tuple:
        """What identifies the thing: its uid, or for a part the fields of its key."""
        if self.sheet.is_kind:
            return (self.values["uid"],)
        return tuple(self.values[name] for name in self.sheet.model.key)

    @property
    def place(self) -> str:
        """The row as it is named in messages."""
        return f"{self.sheet.table.name} 第 {self.number} 行"

    def error(self, message: str, field: str = "") -> RowError:
        """Return a fault of this row, at the column of a field where one is meant."""
        column = next((c.heading for c in columns_of(self.sheet.model) if c.field == field), "")
        return RowError(self.sheet.table.name, self.number, column, message)


def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """Return the columns of a kind or of a part."""
    return model.columns() if issubclass(model, Holding) else model.columns


def open_sheets(files: list[tuple[type[Model], Path]]) -> list[Sheet]:
    """Read all files; ImportRefused with the faults of each that is no table."""
    sheets, errors = [], []
    for model, path in files:
        try:
            sheets.append(Sheet(model, path, read_table(path, columns_of(model)), []))
        except ImportRefused as refused:
            errors.extend(refused.errors)
    if errors:
        raise ImportRefused(errors)
    return sheets


def importable() -> dict[str, type[Model]]:
    """Return what can be imported, by the name to give on the command line."""
    return {m._meta.model_name: m for m in (*kinds(), *parts())}


def model_named(name: str) -> type[Model] | None:
    """Return the model of a name; `leg` is enough for an itinerary leg."""
    models = importable()
    if name in models:
        return models[name]
    return next((m for m in parts() if re.split(r"(?=[A-Z])", m.__name__)[-1].lower() == name), None)


def demo_files() -> list[tuple[type[Model], Path]]:
    """Return every demo file with its model: themes first, then what stands on the shelf."""
    places = [settings.ROOT / "cms" / "demo", *sorted(settings.SHELVES.glob("*/demo"))]
    found = [(model_named(file.stem), file) for place in places for file in sorted(place.glob("*.csv"))]
    if strange := [file for model, file in found if model is None]:
        raise ImportRefused([RowError(f.name, 0, "", f"没有“{f.stem}”这一种馆藏。") for f in strange])
    return found
