"""Workbooks of the import page: an empty table of a kind with its explanations, and somebody's own table with the reasons in it."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cms.catalogue.columns import Column
from cms.desk.incoming.explaining import english, example, explained
from cms.desk.incoming.sources import sources, wishes
from cms.exporting.files import AS_TEXT, LONGEST_CELL
from cms.importing.headings import LEFT_OUT, REASON, SAMPLE
from cms.importing.sheets import columns_of, open_sheets
from cms.importing.signs import guarded
from cms.models import Incoming, IncomingRow
from cms.models.kinds import Tabled

WRONG = PatternFill("solid", fgColor="F4C7B8")
"""The colour of a wrong cell; the reason stands in words at the end of its row."""
PALE = PatternFill("solid", fgColor="E4E6D6")
SHEET_NAME = 31
ROWS_AS_TEXT = 500


def put(sheet: Worksheet, row: int, column: int, text: str, **style: Any) -> None:
    """Write a cell that holds a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = text[:LONGEST_CELL]
    cell.data_type, cell.number_format = "s", AS_TEXT
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    for name, value in style.items():
        setattr(cell, name, value)


def template(model: Tabled, target: IO[bytes], in_english: bool = False) -> None:
    """Write an empty table: headings, a row marked as an example, and a second sheet that explains each column."""
    names = {heading: label for label, heading in english(model).items()} if in_english else {}
    book = Workbook()
    with translation.override("zh-hans"):
        called = str(model._meta.verbose_name)
    sheet = book.active
    sheet.title = called[:SHEET_NAME]
    sheet.freeze_panes = "B2"
    columns = columns_of(model)
    for at, column in enumerate(columns, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = 18
        put(sheet, 1, at, names.get(column.heading, column.heading), font=Font(bold=True))
        put(sheet, 2, at, SAMPLE if at == 1 else example(column, model), fill=PALE, font=Font(italic=True))
        for row in range(3, ROWS_AS_TEXT):
            sheet.cell(row, at).number_format = AS_TEXT
    notes(book, columns, model, names)
    book.save(target)


def notes(book: Workbook, columns: tuple[Column, ...], model: Tabled, names: dict[str, str]) -> None:
    """Write the sheet of explanations, in the language of whoever asks."""
    sheet = book.create_sheet(_("填表说明"))
    for at, (heading, width) in enumerate([(_("栏名"), 16), (_("是什么"), 24), (_("怎么填"), 70), (_("例"), 36)], 1):
        put(sheet, 1, at, heading, font=Font(bold=True))
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, column in enumerate(columns, 2):
        label, how = explained(column, model)
        for at, text in enumerate((names.get(column.heading, column.heading), label, how, example(column, model)), 1):
            put(sheet, row, at, text)
            sheet.cell(row, at).alignment = Alignment(vertical="top", wrap_text=True)


def with_reasons(incoming: Incoming, target: IO[bytes]) -> None:
    """Write the tables as they were uploaded and mended, wrong cells coloured, with a column of reasons at the end."""
    book = Workbook()
    book.remove(book.active)
    for at, sheet in enumerate(open_sheets(sources(incoming), wishes(incoming))):
        rows = {row.number: row for row in incoming.rows.filter(table=at)}
        with translation.override("zh-hans"):
            name = f"{sheet.model._meta.verbose_name}{at + 1 if at else ''}"
        page = book.create_sheet(name[:SHEET_NAME])
        page.freeze_panes = "B2"
        headings = [heading.removeprefix(LEFT_OUT) for heading in sheet.table.headings]
        for place, heading in enumerate([*headings, REASON], 1):
            put(page, 1, place, heading, font=Font(bold=True))
            page.column_dimensions[get_column_letter(place)].width = 18
        page.column_dimensions[get_column_letter(len(headings) + 1)].width = 60
        for line, (number, cells) in enumerate(sheet.table.rows, 2):
            row = rows.get(number)
            bad = {cell["heading"] for cell in row.wrong_cells()} if row else set()
            for place, (heading, text) in enumerate(zip(headings, cells, strict=False), 1):
                style = {"fill": WRONG} if heading in bad else {}
                put(page, line, place, text, **style)
            for place in range(len(cells) + 1, len(headings) + 1):
                if headings[place - 1] in bad:
                    put(page, line, place, "", fill=WRONG)
            put(page, line, len(headings) + 1, "\n".join(reasons(row)) if row else "")
    book.save(target)


def reasons(row: IncomingRow) -> Iterator[str]:
    """Yield what is wrong with a row."""
    yield from (guarded(f"{cell['heading']}：{cell['fault']}") for cell in row.wrong_cells())
    yield from map(guarded, row.faults)
