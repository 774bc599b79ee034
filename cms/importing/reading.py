"""Reading a table as Excel and others write it: a workbook, or CSV in UTF-8 with or without a mark, in GB18030, with three delimiters."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from cms.catalogue.columns import Column
from cms.importing.decoding import checked_size, encoding_of
from cms.importing.errors import ImportRefused, RowError, refuse
from cms.importing.headings import LEFT_OUT, SAMPLE, heading_errors
from cms.importing.signs import bare, printable
from cms.importing.workbooks import chosen, is_workbook, lines

MOST_ROWS = 50_000
MOST_LINES = 4 * MOST_ROWS
"""Records with and without anything in them; Excel leaves empty ones below a table, but not so many."""
MOST_COLUMNS = 500
MOST_DELIMITERS = 200_000
"""In one line of the file; a long text has commas of its own, but not so many."""
MOST_FAULTS = 1_000
LONGEST_CELL = 2_000_000


@dataclass(frozen=True)
class Table:
    """A file's rows: the number that Excel shows, and the cells in the order of the headings.

    `faults` are rows that could not be read at all, with the reasons; `notes` say what of the file was left. A table that does not say all clears nothing.
    """

    name: str
    encoding: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    faults: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    says_all: bool = True

    def cell(self, cells: list[str], heading: str) -> str:
        """Return a row's cell below a heading; a row that ends early has empty ones, and so has a heading that is not there."""
        if heading not in self.headings:
            return ""
        place = self.headings.index(heading)
        return cells[place] if place < len(cells) else ""


def delimiter_of(first: str, known: set[str]) -> str:
    """Return the delimiter under which the first line has the most known headings."""
    return max(",\t;", key=lambda d: sum(bare(h).strip('"') in known for h in first.split(d, MOST_COLUMNS)))


def bounded(file: TextIO, delimiter: str, name: str) -> Iterator[str]:
    """Yield the lines of a file; one that no table has is refused before it is taken apart."""
    for number, line in enumerate(file, 1):
        if line.count(delimiter) > MOST_DELIMITERS:
            raise refuse(name, f"这一行的分隔符超过 {MOST_DELIMITERS} 个，不是表格。", number)
        yield line


def records(file: TextIO, delimiter: str, name: str) -> Iterator[list[str]]:
    """Yield the records of a file; a broken one refuses the file."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(bounded(file, delimiter, name), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise refuse(name, "这一行的引号不成对，或单元格太长。", number) from None


def headings_of(first: list[str], columns: tuple[Column, ...], name: str, meant: Mapping[str, str]) -> tuple[str, ...]:
    """Return the headings, others by what was chosen for them; ImportRefused where they are not those of the kind."""
    if len(first) > MOST_COLUMNS:
        raise refuse(name, f"第一行有 {len(first)} 格，最多 {MOST_COLUMNS} 格，不像栏名。", 1)
    headings = [bare(h) for h in first]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise refuse(name, "文件是空的，或者第一行没有栏名。")
    headings = [meant.get(one, one) or f"{LEFT_OUT}{one}" for one in headings] if meant else headings
    if errors := list(heading_errors(headings, columns, name)):
        raise ImportRefused(errors)
    return tuple(headings)


def filled(every: Iterator[list[str]], width: int, name: str, head: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with their numbers; ImportRefused with all that have more cells than headings."""
    errors, rows = [], 0
    for number, cells in enumerate(every, head + 1):
        if rows > MOST_ROWS or number > MOST_LINES:
            raise refuse(name, f"超过 {MOST_ROWS} 行，请分成几份。")
        if not any(map(str.strip, cells)) or bare(cells[0]) == SAMPLE:
            continue
        if any(map(str.strip, cells[width:])):
            errors.append(RowError(name, number, "", f"这一行有 {len(cells)} 格，比栏名多。是不是少了引号？"))
            if len(errors) == MOST_FAULTS:
                break
        rows += 1
        if rows <= MOST_ROWS:
            yield number, cells[:width]
    if errors:
        raise ImportRefused(errors)
    if rows > MOST_ROWS:
        raise refuse(name, f"超过 {MOST_ROWS} 行，请分成几份。")


def read_table(
    path: Path,
    columns: tuple[Column, ...],
    called: frozenset[str] = frozenset(),
    title: str = "",
    meant: Mapping[str, str] | None = None,
    head: int = 1,
) -> Table:
    """Read a file, of a workbook the sheet with that title or one that is called so; `head` is the row of the headings.

    ImportRefused where it is no table or its headings are wrong.
    """
    meant = meant or {}
    if is_workbook(path):
        return read_workbook(path, columns, title or called, meant, head)
    name, encoding = printable(path.name), encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        for _row in range(head):
            first = re.split(r"[\r\n]", file.readline(), maxsplit=1)[0]
        delimiter = delimiter_of(first, {c.heading for c in columns})
        file.seek(0)
        every = records(file, delimiter, name)
        headings = headings_of(nth(every, head), columns, name, meant)
        rows = tuple(filled(every, len(headings), name, head))
    return Table(name, "UTF-8" if encoding == "utf-8-sig" else "GB18030", headings, rows)


def read_workbook(
    path: Path, columns: tuple[Column, ...], called: str | frozenset[str], meant: Mapping[str, str], head: int
) -> Table:
    """Read one sheet of a workbook: that with a title, or one of those that it may be called."""
    checked_size(path, printable(path.name))
    title = called if isinstance(called, str) else chosen(path, called, frozenset(c.heading for c in columns))
    name = f"{printable(path.name)}“{printable(title)}”"
    every = lines(path, title)
    headings = headings_of(nth(every, head), columns, name, meant)
    return Table(name, "XLSX", headings, tuple(filled(every, len(headings), name, head)))


def nth(every: Iterator[list[str]], number: int) -> list[str]:
    """Return the row of a number, the first being 1; nothing where there are fewer."""
    return next(islice(every, number - 1, None), [])


def beginning(path: Path, title: str, known: frozenset[str], most: int) -> tuple[str, list[list[str]]]:
    """Return what a file is, as `Table` names its encoding, and its first rows; ImportRefused where it is no table."""
    if is_workbook(path):
        return "XLSX", list(islice(lines(path, title), most))
    name, encoding = printable(path.name), encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        heads = [re.split(r"[\r\n]", file.readline(), maxsplit=1)[0] for _line in range(most)]
        best = max(heads, key=lambda line: len(known & set(map(bare, re.split("[,;\t]", line[:20_000])))))
        delimiter = delimiter_of(best, set(known))
        file.seek(0)
        return "UTF-8" if encoding == "utf-8-sig" else "GB18030", list(islice(records(file, delimiter, name), most))
