"""What a row changes, and whether a draft that waits has changed the same thing to something else."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.models import Revision

from cms.catalogue.columns import Column
from cms.importing.drafts import diverges
from cms.importing.errors import RowError
from cms.importing.forms import form_of
from cms.importing.library import Library
from cms.importing.sheets import Row
from cms.models import Holding

STALE = "表格导出以后，馆里也改过这一栏，与表格不同。请重新导出，或把这一格改成馆里现在的。"
CONFLICT = "没发布的草稿里，这一栏另有改动，与表格不同。请先发布或放弃草稿，再导入。"


def snapshot(instance: Model, columns: list[Column]) -> dict[str, Any]:
    """Return an instance's values in the form in which cells are read, for the columns of a file."""
    return {c.field: form_of(c).current(instance, c) for c in columns}


def changes(before: dict[str, Any], after: dict[str, Any], columns: list[Column]) -> list[Column]:
    """Return the columns in which a row changes something; an empty path or picture text keeps what is there."""
    told = (c for c in columns if not form_of(c).keeps(after[c.field]))
    return [c for c in told if after[c.field] != before[c.field]]


def version_of(holding: Holding) -> str:
    """Return the version of a record as a table that leaves names it: what readers see, or else the draft."""
    return str(holding.live_revision_id or holding.latest_revision_id or "")


def settle_stale(row: Row, holding: Holding) -> Iterator[RowError]:
    """Leave out of a row's changes what changed here since the table left and not in the table; yields what both changed.

    What somebody chose the table's cell for, seeing the record as it is, stays a change.
    """
    then = Revision.objects.filter(pk=row.base, object_id=str(holding.pk)).first() if row.base.isdecimal() else None
    if then is None:
        return
    drafted = [c for c in row.changes if form_of(c).drafted]
    were = snapshot(then.as_object(), drafted)
    for column in drafted:
        if (row.before or {})[column.field] == were[column.field]:
            continue
        row.stale.append((column, were[column.field]))
        if not row.takes(column):
            row.changes = [one for one in row.changes if one is not column]
            if row.values[column.field] != were[column.field] and not row.sheet.wishes.by_right:
                yield row.error(STALE, column.field)


def settle_changes(row: Row, holding: Holding | None, library: Library) -> Iterator[RowError]:
    """Find what a row changes; yields the columns in which a draft has gone another way."""
    if holding is None:
        row.changes = row.sheet.columns
        return
    row.before = snapshot(holding, row.sheet.columns)
    row.version = version_of(holding)
    told = [c for c in row.sheet.columns if not row.leaves(c)]
    row.changes = changes(row.before, row.values, told)
    if row.is_old:
        yield from settle_stale(row, holding)
    if draft := library.drafts.of(holding):
        yield from (row.error(CONFLICT, column.field) for column in conflicts(row, draft))
        tell(row, draft, library)


def conflicts(row: Row, part: Model) -> list[Column]:
    """Return the columns that a row and a draft both change, to different values."""
    before = row.before or {}
    return [
        column
        for column in row.changes
        if form_of(column).drafted
        and diverges(form_of(column).current(part, column), before[column.field], row.values[column.field])
    ]


def tell(row: Row, draft: Holding, library: Library) -> None:
    """Tell the librarian what becomes of a row that meets a draft."""
    if row.changes:
        library.notes.append(f"{row.place}：{draft.uid} 另有没发布的草稿；这一行的改动也记进了草稿，草稿仍没有发布。")
    others = [
        c.heading
        for c in row.sheet.columns
        if c not in row.changes
        and form_of(c).drafted
        and not form_of(c).keeps(row.values[c.field])
        and form_of(c).current(draft, c) != row.values[c.field]
    ]
    if others:
        library.notes.append(f"{row.place}：{draft.uid} 的草稿改了“{'、'.join(others)}”，表格没有改；草稿里的留着。")


def merge(row: Row, target: Model, library: Library) -> None:
    """Write into a draft what a row changes, and nothing else."""
    for column in row.changes:
        form = form_of(column)
        if form.drafted and form.current(target, column) != row.values[column.field]:
            form.write(target, column, row.values[column.field], library)
