"""Checking every row of every file before anything is saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from cms.columns import Column
from cms.importing.cells import read_cell
from cms.importing.context import Context
from cms.importing.errors import CellError, ImportRefused, RowError
from cms.importing.reading import Table, read_table
from cms.kinds import kind_of
from cms.models import Holding, Theme

# Forms whose values are plain fields of the model; the rest are put in place by `writing`.
PLAIN = {"text", "uid", "slug", "edtf", "choice", "yes", "integer", "decimal", "day", "moment"}


@dataclass
class Sheet:
    """A file, the model that it fills, and its rows as read."""

    model: type[Model]
    path: Path
    table: Table
    rows: list["Row"]

    @property
    def columns(self) -> list[Column]:
        """The columns that this file has, in the model's order."""
        return [c for c in columns_of(self.model) if c.heading in self.table.headings]


@dataclass
class Row:
    """One row: its number in the file, its values by field, and the instance that it makes or changes."""

    sheet: Sheet
    number: int
    values: dict[str, Any]
    instance: Model | None = None
    before: dict[str, Any] | None = None

    @property
    def key(self) -> tuple:
        """What identifies the thing: its uid, or for a part the fields of its key."""
        if issubclass(self.sheet.model, Holding):
            return (self.values["uid"],)
        return tuple(self.values[name] for name in self.sheet.model.key)

    def error(self, message: str, field: str = "") -> RowError:
        """Return a fault of this row, at the column of a field where one is meant."""
        column = next((c.heading for c in columns_of(self.sheet.model) if c.field == field), "")
        return RowError(self.sheet.path.name, self.number, column, message)


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


def known_kinds(sheets: list[Sheet]) -> dict[str, type[Model]]:
    """Return the kind of every number in the library and in these files."""
    kinds = {h.uid: kind_of(h) for h in Holding.objects.only("uid", "content_type_id")}
    for sheet in sheets:
        if issubclass(sheet.model, Holding):
            kinds.update({cells["编号"].strip(): sheet.model for _n, cells in sheet.table.rows})
    return kinds


def known_themes(sheets: list[Sheet]) -> dict[str, str]:
    """Return the slug of every theme by its title, in the library and in these files."""
    themes = dict(Theme.objects.values_list("title", "slug"))
    for sheet in sheets:
        if sheet.model is Theme:
            themes.update({cells["主题"].strip(): cells["标识"].strip() for _n, cells in sheet.table.rows})
    return themes


def read_rows(sheet: Sheet, context: Context) -> Iterator[RowError]:
    """Read the cells of a file into its rows; yields what could not be read."""
    seen: dict[tuple, int] = {}
    for number, cells in sheet.table.rows:
        row, good = Row(sheet, number, {}), True
        for column in sheet.columns:
            try:
                row.values[column.field] = read_cell(cells[column.heading], column, context)
            except CellError as fault:
                good = False
                yield RowError(sheet.path.name, number, column.heading, str(fault))
        if not good:
            continue
        if row.key in seen:
            yield row.error(f"与第 {seen[row.key]} 行重复。", columns_of(sheet.model)[0].field)
            continue
        seen[row.key] = number
        sheet.rows.append(row)


def existing(sheet: Sheet) -> dict[str, Holding]:
    """Return the holdings that a file's rows name, with what the comparison needs."""
    uids = [row.values["uid"] for row in sheet.rows]
    rows: list[Holding] = []
    for start in range(0, len(uids), 500):
        found = sheet.model.objects.filter(uid__in=uids[start : start + 500])
        rows.extend(found.select_related("cover").prefetch_related("names", "citations", "themes", "relations__target"))
    return {h.uid: h for h in rows}


def fill(row: Row, instance: Model) -> Iterator[RowError]:
    """Give an instance the row's plain values and validate it as the admin would."""
    row.instance = instance
    fields = {c.field for c in row.sheet.columns if c.form in PLAIN}
    for name in fields:
        value = row.values[name]
        if name == "slug" and not value:
            continue
        setattr(instance, name, value)
    if isinstance(instance, Holding):
        instance.date_by_hand = bool(row.values.get("date_edtf")) or instance.date_by_hand
    try:
        instance.clean_fields(exclude={f.name for f in instance._meta.fields} - fields)
        instance.clean()
    except ValidationError as fault:
        messages = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
        for name, texts in messages.items():
            yield row.error(" ".join(texts), name)


def validate(sheet: Sheet) -> Iterator[RowError]:
    """Validate every row of a kind's file against the library."""
    there = existing(sheet)
    taken = set(Holding.objects.filter(uid__in=[r.values["uid"] for r in sheet.rows]).values_list("uid", flat=True))
    for row in sheet.rows:
        uid = row.values["uid"]
        if uid in taken and uid not in there:
            yield row.error("馆里这个编号属于另一种馆藏。", "uid")
            continue
        # The comparison looks at the row as it is in the database; `fill` changes the instance.
        row.before = snapshot(there[uid], sheet.columns) if uid in there else None
        yield from fill(row, there.get(uid) or sheet.model())


def snapshot(holding: Holding, columns: list[Column]) -> dict[str, Any]:
    """Return a holding's values in the form in which cells are read, for the columns of a file."""
    from cms.importing.comparing import value_of

    return {c.field: value_of(holding, c) for c in columns}


def check(files: list[tuple[type[Model], Path]]) -> list[Sheet]:
    """Read and check everything; ImportRefused with every fault found, by file, row and column."""
    sheets = open_sheets(files)
    kinds, themes = known_kinds(sheets), known_themes(sheets)
    errors: list[RowError] = []
    for sheet in sheets:
        errors.extend(read_rows(sheet, Context(sheet.model, sheet.path.parent, kinds, themes)))
    if errors:
        raise ImportRefused(errors)
    for sheet in sheets:
        if issubclass(sheet.model, Holding):
            errors.extend(validate(sheet))
    if errors:
        raise ImportRefused(errors)
    return sheets
