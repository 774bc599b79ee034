"""A file on its way in: its model, its columns and its rows, each with the thing that it makes or changes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from cms.columns import Column
from cms.importing.errors import RowError
from cms.importing.reading import read_table
from cms.kinds import kinds, parts
from cms.models import Holding


@dataclass
class Row:
    """One row: the number that Excel shows, the values by field, and the record they go to."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    thing: Model | None = None
    changed: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the library has no such record yet; true until it is written."""
        return self.thing is None or self.thing.pk is None


@dataclass
class Sheet:
    """One file as a table of rows for one model."""

    model: type[Model]
    path: Path
    encoding: str
    columns: tuple[Column, ...]
    cells: tuple[tuple[int, dict[str, str]], ...]
    rows: list[Row] = field(default_factory=list)

    @property
    def is_kind(self) -> bool:
        """Whether the rows are holdings, not parts of them."""
        return issubclass(self.model, Holding)

    @property
    def key(self) -> tuple[str, ...]:
        """The fields by which a row is known again."""
        return ("uid",) if self.is_kind else self.model.key

    def of_form(self, *forms: str) -> list[Column]:
        """Return the columns of this file that are read in one of these ways."""
        return [c for c in self.columns if c.form in forms]

    def error(self, row: int, name: str, message: str) -> RowError:
        """Return an error at a field of a row, under the heading that the file has for it."""
        heading = next((c.heading for c in self.columns if c.field == name), "")
        return RowError(self.path.name, row, heading, message)


def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """Return the columns that a file of this model may have."""
    return model.columns() if issubclass(model, Holding) else model.columns


def read_sheet(model: type[Model], path: Path) -> Sheet:
    """Read a file as a sheet; ImportRefused where it is no such table."""
    table = read_table(path, columns_of(model))
    columns = tuple(c for c in columns_of(model) if c.heading in table.headings)
    return Sheet(model, path, table.encoding, columns, table.rows)


def short_name(model: type[Model]) -> str:
    """Return what commands and demo files call a model: the last word of its name (`ItineraryLeg` is `leg`)."""
    name = model.__name__
    start = max(i for i, letter in enumerate(name) if letter.isupper())
    return name[start:].lower()


def importable() -> dict[str, type[Model]]:
    """Return everything that can come from a file, by short name; themes first, then kinds, then parts."""
    loose = [m for m in parts() if m._meta.app_label == "cms"]
    tied = [m for m in parts() if m._meta.app_label != "cms"]
    return {short_name(m): m for m in (*loose, *kinds(), *tied)}


def demo_files() -> list[tuple[type[Model], Path]]:
    """Return the files of the demo, each `demo/<name>.csv` in the folder of its app."""
    found = []
    for name, model in importable().items():
        path = Path(apps.get_app_config(model._meta.app_label).path) / "demo" / f"{name}.csv"
        if path.is_file():
            found.append((model, path))
    return found
