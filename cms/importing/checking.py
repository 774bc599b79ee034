"""Checking every row of every file before anything is saved."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from cms.columns import Column
from cms.importing.cells import read_cell
from cms.importing.comparing import value_of
from cms.importing.context import Context
from cms.importing.errors import CellError, ImportRefused, RowError
from cms.importing.sheets import Row, Sheet, columns_of, open_sheets
from cms.kinds import kind_of
from cms.models import Holding, Theme

# Forms whose values are plain fields of the model; the rest are put in place by `writing`.
PLAIN = {"text", "uid", "slug", "edtf", "choice", "yes", "integer", "decimal", "day", "moment"}


def known_kinds(sheets: list[Sheet]) -> dict[str, type[Model]]:
    """Return the kind of every number in the library and in these files."""
    kinds = {h.uid: kind_of(h) for h in Holding.objects.only("uid", "content_type_id")}
    for sheet in sheets:
        if sheet.is_kind:
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
    for number, cells in sheet.table.rows:
        row, good = Row(sheet, number, {}), True
        for column in sheet.columns:
            try:
                row.values[column.field] = read_cell(cells[column.heading], column, context)
            except CellError as fault:
                good = False
                yield RowError(sheet.path.name, number, column.heading, str(fault))
        if good:
            sheet.rows.append(row)


def twins(sheets: list[Sheet]) -> Iterator[RowError]:
    """Yield rows that stand for the same thing as an earlier row, in the same file or in another of the batch."""
    seen: dict[tuple, Row] = {}
    for row in (row for sheet in sheets for row in sheet.rows):
        key = (Holding if row.sheet.is_kind else row.sheet.model, *row.key)
        if first := seen.get(key):
            elsewhere = "" if first.sheet is row.sheet else f" {first.sheet.path.name} "
            yield row.error(f"与{elsewhere}第 {first.number} 行重复。", columns_of(row.sheet.model)[0].field)
        seen.setdefault(key, row)


def share_picture_texts(sheets: list[Sheet]) -> None:
    """Let the first words for a picture count wherever the batch shows it: they belong to the picture."""
    said: dict[tuple[str, str], str] = {}
    for row in (row for sheet in sheets for row in sheet.rows):
        for column in (c for c in row.sheet.columns if c.form == "picture_text"):
            field, name = column.field.split(".")
            digest, words = row.values.get(field, ("", ""))[1], row.values[column.field]
            if digest and words:
                row.values[column.field] = said.setdefault((digest, name), words)


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
    point(row, instance)
    if "date_edtf" in fields:
        instance.date_by_hand = bool(row.values["date_edtf"])
    try:
        instance.clean_fields(exclude={f.name for f in instance._meta.fields} - fields)
        instance.clean()
    except ValidationError as fault:
        messages = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
        for name, texts in messages.items():
            yield row.error(" ".join(texts), name)


def point(row: Row, instance: Model) -> None:
    """Let a part see that it points to something: what it points to may come with this batch and has no number yet."""
    if row.sheet.is_kind:
        return
    for column in row.sheet.columns:
        if column.form == "holding" and (uid := row.values[column.field]):
            setattr(instance, column.field, row.sheet.model._meta.get_field(column.field).related_model(uid=uid))


def validate(sheet: Sheet) -> Iterator[RowError]:
    """Validate every row of a kind's file against the library."""
    there = existing(sheet)
    taken = set(Holding.objects.filter(uid__in=[r.values["uid"] for r in sheet.rows]).values_list("uid", flat=True))
    for row in sheet.rows:
        uid = row.values["uid"]
        if uid in taken and uid not in there:
            yield row.error("馆里这个编号属于另一种馆藏。", "uid")
            continue
        if uid not in there and sheet.model.shelf is None and not row.values.get("parent"):
            yield row.error("这一种馆藏要有上级。", "parent")
            continue
        # The comparison looks at the row as it is in the database; `fill` changes the instance.
        row.before = snapshot(there[uid], sheet.columns) if uid in there else None
        yield from fill(row, there.get(uid) or sheet.model())


def snapshot(holding: Holding, columns: list[Column]) -> dict[str, Any]:
    """Return a holding's values in the form in which cells are read, for the columns of a file."""
    return {c.field: value_of(holding, c) for c in columns}


def check(files: list[tuple[type[Model], Path]]) -> list[Sheet]:
    """Read and check everything; ImportRefused with every fault found, by file, row and column."""
    sheets = open_sheets(files)
    kinds, themes = known_kinds(sheets), known_themes(sheets)
    errors: list[RowError] = []
    for sheet in sheets:
        errors.extend(read_rows(sheet, Context(sheet.model, sheet.path.parent, kinds, themes)))
    errors.extend(twins(sheets))
    share_picture_texts(sheets)
    for sheet in sheets:
        # A part is filled for its check alone: what it is known by may still be on its way in.
        found = validate(sheet) if sheet.is_kind else (e for row in sheet.rows for e in fill(row, sheet.model()))
        errors.extend(found)
    if errors:
        names = [s.path.name for s in sheets]
        raise ImportRefused(sorted(errors, key=lambda e: (names.index(e.file), e.row)))
    return sheets
