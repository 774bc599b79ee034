"""Reading a workbook (XLSX) as the table that it shows: cells as text, looked at by its size before it is unpacked."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from cms.importing.errors import ImportRefused, refuse
from cms.importing.signs import bare, guarded, printable

CONTENTS = "[Content_Types].xml"
MOST_UNPACKED = 64 * 2**20
"""Bytes. A table of 50,000 rows has some 30 MB of XML; 320 KB can hold 93."""
MOST_FILES = 2_000
MOST_LINES = 60_000
"""Rows with and without anything in them; whoever formats a whole column leaves a million."""


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook, by what is in it and not by its name."""
    try:
        with zipfile.ZipFile(path) as packed:
            return CONTENTS in packed.NameToInfo
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """Open a workbook a row at a time; ImportRefused for one that would not fit, or that nobody can read."""
    name = printable(path.name)
    try:
        with zipfile.ZipFile(path) as packed:
            files = packed.infolist()
        if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
            raise refuse(name, f"工作簿解开以后超过 {MOST_UNPACKED // 2**20} MB，请分成几份，或另存为 CSV。")
        book = load_workbook(path, read_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except ImportRefused:
        raise
    # Half a zip, XML with entities, a sheet that names a string that is not there: there is no end of them.
    except Exception:
        raise refuse(name, "这个工作簿读不到底，可能坏了。请在 Excel 里另存一份再试。") from None


def titles(path: Path) -> list[str]:
    """Return the names of the sheets."""
    with opened(path) as book:
        return [sheet.title for sheet in book.worksheets]


def chosen(path: Path, called: frozenset[str], known: frozenset[str]) -> str:
    """Return the name of the sheet that is called so, or of that whose first row has the most known headings."""
    with opened(path) as book:
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
        named = next((sheet for sheet in sheets if bare(sheet.title) in called), None)
        sheet = named or max(sheets, key=lambda one: len(known & set(first(one))), default=None)
        if sheet is None:
            raise refuse(printable(path.name), "工作簿里没有表。")
        return str(sheet.title)


def lines(path: Path, title: str) -> Iterator[list[str]]:
    """Yield the rows of a sheet as text."""
    with opened(path) as book:
        for number, row in enumerate(rows(book[title]), 1):
            if number > MOST_LINES:
                raise refuse(
                    printable(path.name), f"超过 {MOST_LINES} 行（空行也算），请删去表下面的空行，或分成几份。"
                )
            yield row


def first(sheet: Any) -> list[str]:
    """Return the first row of a sheet."""
    return [bare(cell) for cell in next(rows(sheet), [])]


def rows(sheet: Any) -> Iterator[list[str]]:
    """Yield the rows of a sheet as text, whatever size it says it has."""
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        yield [text_of(cell) for cell in row]


def text_of(cell: Any) -> str:
    """Return a cell as its row in CSV would have it; a text that begins as a formula does is no formula."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value if cell.data_type == "f" else guarded(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date | time) else str(value)
