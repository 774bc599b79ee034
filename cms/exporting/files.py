"""Tables as files: a workbook with a sheet for each, or CSV, one alone or several in a zip."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cms.exporting.tables import Sheet
from cms.importing.signs import guarded

AS_TEXT = "@"
"""The number format under which Excel leaves 1905-10-28 and 000123 as they are, also when they are typed anew."""
LONGEST_CELL = 32_767
"""Characters of a cell in a workbook; longer texts go by CSV alone."""
WIDEST, NARROWEST = 48, 10


class TooLong(Exception):
    """A text is longer than a workbook's cell; `args` are the record's first cell and the heading."""


def write_workbook(sheets: Iterable[Sheet], target: IO[bytes]) -> int:
    """Write a workbook with every cell as text, headings kept in sight; returns how many rows. TooLong names the first."""
    book, count = Workbook(write_only=True), 0
    for sheet in sheets:
        count += fill(book.create_sheet(sheet.title), sheet)
    if not count:
        book.create_sheet()
    book.save(target)
    return count


def fill(page: WriteOnlyWorksheet, sheet: Sheet) -> int:
    """Write one sheet; returns how many rows it has."""
    page.freeze_panes = "B2"
    for place, heading in enumerate(sheet.headings, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].number_format = AS_TEXT
        page.column_dimensions[letter].width = WIDEST if heading.endswith(("提要", "正文", "文字")) else NARROWEST + 4
    page.append([text_cell(page, heading, bold=True) for heading in sheet.headings])
    count = 0
    for row in sheet.rows:
        for heading, text in zip(sheet.headings, row, strict=True):
            if len(text) > LONGEST_CELL:
                page.close()  # else what it holds open is closed too late
                raise TooLong(row[0], heading)
        page.append([text_cell(page, text) for text in row])
        count += 1
    return count


def text_cell(page: WriteOnlyWorksheet, text: str, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that holds a text, whatever it begins with; signs that XML cannot hold are left out."""
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type, cell.number_format = "s", AS_TEXT
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    cell.font = Font(bold=bold)
    return cell


def write_csv(sheet: Sheet, target: IO[bytes]) -> int:
    """Write one table as CSV, with the mark by which Excel knows UTF-8, and no cell that it would run; returns how many rows."""
    text = io.TextIOWrapper(target, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.headings)
    count = 0
    for row in sheet.rows:
        writer.writerow(map(guarded, row))
        count += 1
    text.detach()  # flushes, and leaves the file open
    return count


def write_zip(sheets: Iterable[Sheet], target: IO[bytes]) -> int:
    """Write a zip with a CSV for each table, named as the importer's command calls it; returns how many rows."""
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            with archive.open(f"{sheet.name}.csv", "w", force_zip64=True) as file:
                count += write_csv(sheet, file)
    return count


def write_single(sheets: Iterator[Sheet], target: IO[bytes]) -> int:
    """Write the only table there is as CSV; ValueError where there are several."""
    first = next(sheets, None)
    count = write_csv(first, target) if first else 0
    if next(sheets, None):
        raise ValueError("several tables do not fit into one CSV file")
    return count
