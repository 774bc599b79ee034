"""Reading a CSV file as Excel and others write it: UTF-8 with or without a mark, GB18030, three delimiters."""

import csv
import difflib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from cms.columns import Column
from cms.importing.errors import ImportRefused, RowError

MOST_ROWS = 50_000
LONGEST_CELL = 2_000_000
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Table:
    """A file's rows: the number that Excel shows, and the cells by heading."""

    name: str
    encoding: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def refuse(name: str, message: str, row: int = 0, column: str = "") -> ImportRefused:
    """Return the refusal of a whole file."""
    return ImportRefused([RowError(name, row, column, message)])


def decoded(path: Path) -> tuple[str, str]:
    """Return the text of a file and the encoding that it was in."""
    name = path.name
    if not path.is_file():
        raise refuse(name, "没有这个文件。")
    if path.stat().st_size > settings.IMPORT_MAX_BYTES:
        raise refuse(name, f"文件超过 {settings.IMPORT_MAX_BYTES // 1024 // 1024} MB，请分成几份。")
    raw = path.read_bytes()
    if raw.startswith(b"PK\x03\x04"):
        raise refuse(name, "这是 Excel 工作簿。请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。")
    if raw.startswith(UTF16):
        raise refuse(name, "这是 UTF-16 文本。请另存为“CSV UTF-8（逗号分隔）”。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise refuse(name, "文件里有空字符（NUL），不是 CSV。")
        return text, "UTF-8" if encoding == "utf-8-sig" else "GB18030"
    raise refuse(name, "认不出文件的编码。请另存为“CSV UTF-8（逗号分隔）”。")


def delimiter_of(text: str, known: set[str]) -> str:
    """Return the delimiter under which the first line has the most known headings."""
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(",\t;", key=lambda d: sum(h.strip().strip('"') in known for h in first.split(d)))


def records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    """Yield the records of a file; a broken one refuses the file."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise refuse(name, "这一行的引号不成对，或单元格太长。", number) from None


def heading_errors(headings: list[str], columns: tuple[Column, ...], name: str) -> list[RowError]:
    """Return what is wrong with the first row."""
    known = {c.heading for c in columns}
    choose = f"可用的栏：{'、'.join(c.heading for c in columns)}。"
    errors = []
    for heading in dict.fromkeys(headings):
        if headings.count(heading) > 1:
            errors.append(RowError(name, 1, heading, "这一栏出现了两次。"))
        elif heading not in known:
            near = difflib.get_close_matches(heading, known, 1, 0.5)
            hint = f"是不是“{near[0]}”？" if near else choose
            choose = choose if near else ""  # the whole list once is enough
            errors.append(RowError(name, 1, heading or "（空）", f"不认识这个栏名。{hint}"))
    errors.extend(
        RowError(name, 1, c.heading, "缺少这一栏。") for c in columns if c.required and c.heading not in headings
    )
    return errors


def read_table(path: Path, columns: tuple[Column, ...]) -> Table:
    """Read a file; ImportRefused where it is no table or its headings are wrong."""
    text, encoding = decoded(path)
    delimiter = delimiter_of(text, {c.heading for c in columns})
    every = records(text, delimiter, path.name)
    headings = [h.strip() for h in next(every, [])]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise refuse(path.name, "文件是空的。")
    if errors := heading_errors(headings, columns, path.name):
        raise ImportRefused(errors)
    rows, errors = [], []
    for number, cells in enumerate(every, 2):
        if not any(c.strip() for c in cells):
            continue
        if any(c.strip() for c in cells[len(headings) :]):
            errors.append(RowError(path.name, number, "", f"这一行有 {len(cells)} 格，比栏名多。是不是少了引号？"))
        padded = [*cells, *[""] * len(headings)]
        rows.append((number, dict(zip(headings, padded, strict=False))))
        if len(rows) > MOST_ROWS:
            raise refuse(path.name, f"超过 {MOST_ROWS} 行，请分成几份。")
    if errors:
        raise ImportRefused(errors)
    return Table(path.name, encoding, tuple(headings), tuple(rows))
