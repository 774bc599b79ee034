"""Checking every row of every file before anything is written."""

from collections.abc import Callable
from pathlib import Path

from django.db.models import Model

from cms.importing.cells import read_cell
from cms.importing.context import Context
from cms.importing.errors import CellError, ImportRefused, RowError
from cms.importing.filling import settle
from cms.importing.sheets import Row, Sheet, read_sheet
from cms.importing.standing import kinds_by_uid, lists_of, themes_by_title, things_of

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many rows are done, and how many there are."""


def read_sheets(files: list[tuple[type[Model], Path]]) -> list[Sheet]:
    """Read every file; ImportRefused with the errors of all that are no tables."""
    sheets, errors = [], []
    for model, path in files:
        try:
            sheets.append(read_sheet(model, Path(path)))
        except ImportRefused as refused:
            errors.extend(refused.errors)
    if errors:
        raise ImportRefused(errors)
    return sheets


class Check:
    """One look over a batch of sheets; `errors` collects what is found."""

    def __init__(self, sheets: list[Sheet], progress: Progress) -> None:
        self.sheets, self.progress = sheets, progress
        self.errors: list[RowError] = []
        self.there = kinds_by_uid()
        self.kinds = {**self.batch_kinds(), **self.there}
        self.themes = {**themes_by_title(), **self.batch_themes()}
        self.done, self.total = 0, sum(len(s.cells) for s in sheets)

    def batch_kinds(self) -> dict[str, type[Model]]:
        """Return the kinds of the holdings that the batch brings."""
        return {
            cells["编号"].strip(): sheet.model for sheet in self.sheets if sheet.is_kind for _row, cells in sheet.cells
        }

    def batch_themes(self) -> dict[str, str]:
        """Return the themes that the batch brings."""
        return {
            cells["主题"].strip(): cells["标识"].strip()
            for sheet in self.sheets
            if sheet.model.__name__ == "Theme"
            for _row, cells in sheet.cells
        }

    def run(self) -> None:
        """Check all; ImportRefused when anything is wrong."""
        for sheet in self.sheets:
            self.read_cells(sheet)
            self.find_twins(sheet)
            self.find_records(sheet)
        self.find_circles()
        if self.errors:
            self.errors.sort(key=lambda e: (e.file, e.row))
            raise ImportRefused(self.errors)

    def read_cells(self, sheet: Sheet) -> None:
        """Read every cell of a sheet; rows with a fault are left out of what follows."""
        context = Context(sheet.model, sheet.path.parent, self.kinds, self.themes)
        for number, cells in sheet.cells:
            row, sound = Row(number), True
            for column in sheet.columns:
                try:
                    row.values[column.field] = read_cell(cells[column.heading], column, context)
                except CellError as error:
                    self.errors.append(RowError(sheet.path.name, number, column.heading, str(error)))
                    sound = False
            if sound:
                sheet.rows.append(row)
            self.done += 1
            self.progress("检查", self.done, self.total)

    def find_twins(self, sheet: Sheet) -> None:
        """Report rows of the batch that stand for the same record."""
        heading = sheet.key[-1]
        for twin in (s for s in self.sheets[: self.sheets.index(sheet) + 1] if s.is_kind == sheet.is_kind):
            if not sheet.is_kind and twin.model is not sheet.model:
                continue
            first: dict[tuple, int] = {}
            for row in [*(twin.rows if twin is not sheet else []), *sheet.rows]:
                key = tuple(row.values[name] for name in sheet.key)
                if key in first:
                    text = " ".join(map(str, key))
                    self.errors.append(sheet.error(row.number, heading, f"“{text}”重复了，第 {first[key]} 行已有。"))
                first.setdefault(key, row.number)

    def find_records(self, sheet: Sheet) -> None:
        """Give each row the record it changes, or a new one, and ask the record what is wrong."""
        standing = things_of(sheet, [tuple(r.values[n] for n in sheet.key) for r in sheet.rows])
        lists = lists_of([t.pk for t in standing.values()]) if sheet.is_kind else {}
        for row in sheet.rows:
            key = tuple(row.values[name] for name in sheet.key)
            if sheet.is_kind and not self.fits(sheet, row, key[0], key in standing):
                continue
            for name, messages in settle(row, sheet, standing.get(key), lists).items():
                self.errors.extend(sheet.error(row.number, name, message) for message in messages)

    def fits(self, sheet: Sheet, row: Row, uid: str, known: bool) -> bool:
        """Report a number that belongs to another kind, and a new holding that has no place to stand."""
        if not known and uid in self.there:
            other = self.there[uid]._meta.verbose_name
            self.errors.append(sheet.error(row.number, "uid", f"编号“{uid}”在馆里是{other}。"))
            return False
        if not known and sheet.model.shelf is None and not row.values.get("parent"):
            self.errors.append(RowError(sheet.path.name, row.number, "上级", "这一种馆藏要有上级。"))
            return False
        return True

    def find_circles(self) -> None:
        """Report holdings of the batch that stand under themselves."""
        above = {
            r.values["uid"]: (r.values.get("parent"), s, r) for s in self.sheets if s.is_kind for r in s.rows
        }
        for uid, (parent, sheet, row) in above.items():
            seen = {uid}
            while parent in above and parent not in seen:
                seen.add(parent)
                parent = above[parent][0]
            if parent in seen:
                self.errors.append(sheet.error(row.number, "parent", "上级绕成了一圈。"))
