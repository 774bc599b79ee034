"""Checked rows as they are kept apart until somebody says go: what each would do, cell by cell."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.utils import translation

from cms.catalogue.columns import Column
from cms.importing.checking import Examined
from cms.importing.context import Context
from cms.importing.errors import RowError
from cms.importing.forms import form_of
from cms.importing.sheets import Row, Sheet, columns_of
from cms.models import Incoming, IncomingRow, Theme

LONGEST = 2_000
"""Characters of a cell that are shown of what is right."""
State = IncomingRow.State


def staged(incoming: Incoming, examined: Examined) -> Iterator[IncomingRow]:
    """Yield every row of every table, so that none is lost between the file and the page."""
    faults: dict[tuple[str, int], list[RowError]] = {}
    for error in examined.errors:
        faults.setdefault((error.file, error.row), []).append(error)
    themes = dict(Theme.objects.values_list("title", "slug"))
    with translation.override("zh-hans"):
        for at, sheet in enumerate(examined.sheets):
            context = Context(sheet.model, sheet.path.parent, themes=themes)
            rows = {row.number: row for row in sheet.rows}
            for number, cells in sheet.table.rows:
                wrong = faults.get((sheet.table.name, number), [])
                if wrong or number not in rows:
                    made = wrong_row(sheet, cells, wrong)
                else:
                    made = good_row(rows[number], context)
                made.incoming, made.table, made.number = incoming, at, number
                name_row(made, sheet, cells)
                if number in rows:
                    made.version = rows[number].version
                    made.base = rows[number].base or made.version
                yield made


def name_row(made: IncomingRow, sheet: Sheet, cells: list[str]) -> None:
    """Say which row it is, by its first and second column of those that must be there."""
    firsts = [sheet.table.cell(cells, c.heading).strip() for c in naming(sheet)]
    made.uid, made.title = (firsts[0] if firsts else "")[:80], " ".join(firsts[1:])[:300]


def naming(sheet: Sheet) -> list[Column]:
    """Return the columns by which a row is called."""
    return [c for c in columns_of(sheet.model) if c.required][:2]


def cell(heading: str, old: str = "", new: str = "", fault: str = "", **more: Any) -> dict[str, Any]:
    """Return a cell as it is kept."""
    return {"heading": heading, "old": old[:LONGEST], "new": new, "fault": fault, **more}


def wrong_row(sheet: Sheet, cells: list[str], faults: list[RowError]) -> IncomingRow:
    """Return a row that cannot come in; what is wrong with a heading that the table has not stands with the row."""
    by_heading: dict[str, list[str]] = {}
    asks: dict[str, list[Any]] = {}
    loose = []
    for fault in faults:
        if fault.column in sheet.table.headings:
            by_heading.setdefault(fault.column, []).append(fault.message)
            asks.setdefault(fault.column, []).extend(map(asdict, fault.asks))
        else:
            loose.append(f"{fault.column}：{fault.message}" if fault.column else fault.message)
    made = []
    for column in sheet.columns:
        text, said = sheet.table.cell(cells, column.heading), " ".join(by_heading.get(column.heading, []))
        if said or text.strip():
            made.append(
                cell(
                    column.heading,
                    new=text if said else text[:LONGEST],
                    fault=said,
                    **some("asks", asks.get(column.heading)),
                )
            )
    return IncomingRow(state=State.WRONG, cells=made, faults=loose)


def good_row(row: Row, context: Context) -> IncomingRow:
    """Return a row that would come in, or changes nothing."""
    if row.before is None:
        told = [c for c in row.sheet.columns if c.field not in row.empty and c not in naming(row.sheet)]
        return IncomingRow(state=State.NEW, cells=[told_of(row, c, context) for c in told])
    stale = {column.heading for column, _then in row.stale}
    cells = [changed(row, c, context) for c in row.changes if c.heading not in stale]
    for column, then in row.stale:
        both = "kept" if row.values[column.field] == then else "taken" if column in row.changes else "asked"
        made = changed(row, column, context)
        cells.append({**made, "then": form_of(column).cell(then, column, context)[:LONGEST], "both": both})
    state = State.BOTH if stale else State.CHANGED if cells else State.SAME
    return IncomingRow(state=state, cells=cells)


def some(name: str, value: Any) -> dict[str, Any]:
    """Return a value under a name; nothing where there is none to be kept."""
    return {name: value} if value else {}


def told_of(row: Row, column: Column, context: Context) -> dict[str, Any]:
    """Return a cell of a new row, with the names in it that were taken for records."""
    return cell(column.heading, new=new_text(row, column, context), **some("named", row.named.get(column.field)))


def changed(row: Row, column: Column, context: Context) -> dict[str, Any]:
    """Return a cell that changes, old beside new."""
    old = form_of(column).cell((row.before or {})[column.field], column, context)
    return {**told_of(row, column, context), "old": old[:LONGEST]}


def new_text(row: Row, column: Column, context: Context) -> str:
    """Return what a cell would come to say."""
    return form_of(column).cell(row.values[column.field], column, context)[:LONGEST]
