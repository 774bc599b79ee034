"""Files on their way in: each with the model that it fills, its rows as read, and what a row makes or changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db.models import Model
from django.utils import translation

from cms.catalogue.columns import Column
from cms.importing.errors import ImportRefused, RowError
from cms.importing.headings import VERSION
from cms.importing.marc.known import marc_form
from cms.importing.marc.table import read_marc
from cms.importing.reading import Table, read_table
from cms.importing.signs import bare, printable, shown
from cms.importing.source import Source, Wishes
from cms.importing.workbooks import titles
from cms.models import Holding
from cms.models.kinds import Tabled, kinds, parts

NOTES = frozenset({"填表说明", "Notes"})
"""Sheets that explain the others, as those of a template."""


@dataclass
class Sheet:
    """A file, the model that it fills, and its rows as read."""

    model: Tabled
    path: Path
    table: Table
    rows: list["Row"]
    source: Source
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def is_kind(self) -> bool:
        """Whether the rows are holdings, and not parts of them."""
        return issubclass(self.model, Holding)

    @property
    def kind(self) -> type[Holding]:
        """The kind that it fills; not to be asked of a table of parts."""
        return cast("type[Holding]", self.model)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that this file has, in the model's order."""
        return [c for c in columns_of(self.model) if c.heading in self.table.headings]

    @cached_property
    def versions(self) -> dict[int, str]:
        """What each row says of its record's version."""
        return {number: bare(self.table.cell(cells, VERSION)) for number, cells in self.table.rows}

    def cells(self, field: str) -> Iterator[str]:
        """Yield every row's cell of the column that fills a field."""
        heading = next(c.heading for c in columns_of(self.model) if c.field == field)
        if heading not in self.table.headings:
            return iter(())
        return (self.table.cell(cells, heading) for _number, cells in self.table.rows)


@dataclass
class Row:
    """One row: its number in the file, its values by field, the instance that it makes or changes, and in what.

    `empty` are the fields whose cells were; `named` says by field which names were taken for which records; `stale` the columns that changed here since the table left, with the value of then.
    """

    sheet: Sheet
    number: int
    values: dict[str, Any]
    instance: Model | None = None
    before: dict[str, Any] | None = None
    changes: list[Column] = field(default_factory=list)
    empty: frozenset[str] = frozenset()
    stale: list[tuple[Column, Any]] = field(default_factory=list)
    version: str = ""
    named: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """What identifies the thing: its uid, or for a part the fields of its key."""
        model = self.sheet.model
        if issubclass(model, Holding):
            return (self.values["uid"],)
        return tuple(self.values[name] for name in model.key)

    @property
    def holding(self) -> Holding:
        """The holding that it makes or changes; every row of a kind has one from its check on."""
        return cast("Holding", self.instance)

    @property
    def base(self) -> str:
        """The version of the record that the row was made from; nothing where nobody knows."""
        said = self.sheet.versions.get(self.number, "") if VERSION in self.sheet.table.headings else ""
        return said or self.sheet.source.bases.get(self.number, "")

    @property
    def is_old(self) -> bool:
        """Whether the record has changed since the table left."""
        return bool(self.base and self.version and self.base != self.version)

    def leaves(self, column: Column) -> bool:
        """Tell whether an empty cell is to leave what is there."""
        leave = self.sheet.wishes.leave_empty or not self.sheet.table.says_all
        return leave and column.field in self.empty

    def takes(self, column: Column) -> bool:
        """Tell whether somebody chose the table's cell, seeing the record as it is now."""
        return self.sheet.source.takes.get(self.number, {}).get(column.heading) == self.version

    @property
    def place(self) -> str:
        """The row as it is named in messages."""
        return f"{self.sheet.table.name} 第 {self.number} 行"

    def error(self, message: str, field: str = "") -> RowError:
        """Return a fault of this row, at the column of a field where one is meant."""
        column = next((c.heading for c in columns_of(self.sheet.model) if c.field == field), "")
        return RowError(self.sheet.table.name, self.number, column, message)


def columns_of(model: Tabled) -> tuple[Column, ...]:
    """Return the columns of a kind or of a part."""
    columns = model.columns  # a kind puts its own together
    return columns() if callable(columns) else columns


def open_sheets(sources: list[Source], wishes: Wishes) -> list[Sheet]:
    """Read all files; ImportRefused with the faults of each that is no table."""
    sheets, errors = [], []
    for one in sources:
        try:
            sheets.append(Sheet(one.model, one.path, mended(read(one), one), [], one, wishes))
        except ImportRefused as refused:
            errors.extend(refused.errors)
    if errors:
        raise ImportRefused(errors)
    return sheets


def read(one: Source) -> Table:
    """Read a table, or catalogue records as one; ImportRefused where it is neither."""
    columns = columns_of(one.model)
    if marc_form(one.path):
        return read_marc(one.path, one.model, columns)
    return read_table(one.path, columns, called(one.model), one.title, one.headings, one.head)


def mended(table: Table, source: Source) -> Table:
    """Return a table with the cells that somebody mended since; what they cannot be in has no such column."""
    if not source.cells:
        return table
    rows = []
    for number, cells in table.rows:
        others = source.cells.get(number, {})
        if others:
            cells = cells + [""] * (len(table.headings) - len(cells))
            cells = [others.get(heading, cell) for heading, cell in zip(table.headings, cells, strict=True)]
        rows.append((number, cells))
    return replace(table, rows=tuple(rows))


def called(model: Tabled) -> frozenset[str]:
    """Return what a sheet of a workbook is called that fills a model: its name in Chinese, or as the command takes it."""
    with translation.override("zh-hans"):
        return frozenset({str(model._meta.verbose_name), str(model._meta.model_name)})


def sheets_of(path: Path) -> list[tuple[Tabled, Path]]:
    """Return what the sheets of a workbook fill; ImportRefused where one is called like nothing that there is."""
    found, errors = [], []
    for title in (title for title in titles(path) if title not in NOTES):
        model = next((m for m in importable().values() if bare(title) in called(m)), None)
        if model is None:
            known = "、".join(str(m._meta.verbose_name) for m in importable().values())
            errors.append(RowError(printable(path.name), 0, shown(title), f"没有这一种。工作表的名字可用：{known}。"))
        else:
            found.append((model, path))
    if errors:
        raise ImportRefused(errors)
    return found


def importable() -> dict[str, Tabled]:
    """Return what can be imported, by the name to give on the command line."""
    models: tuple[Tabled, ...] = (*kinds(), *parts())
    return {str(m._meta.model_name): m for m in models}


def model_named(name: str) -> Tabled | None:
    """Return the model of a name; `leg` is enough for an itinerary leg."""
    models = importable()
    if name in models:
        return models[name]
    return next((m for m in parts() if re.split(r"(?=[A-Z])", m.__name__)[-1].lower() == name), None)


def demo_files() -> list[tuple[Tabled, Path]]:
    """Return every demo file with its model: themes first, then what stands on the shelf."""
    places = [settings.ROOT / "cms" / "demo", *sorted(settings.SHELVES.glob("*/demo"))]
    found = [(model_named(file.stem), file) for place in places for file in sorted(place.glob("*.csv"))]
    if strange := [file for model, file in found if model is None]:
        raise ImportRefused([RowError(f.name, 0, "", f"没有“{f.stem}”这一种馆藏。") for f in strange])
    return [(model, file) for model, file in found if model is not None]
