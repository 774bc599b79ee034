"""Tables that leave the library: with a byte order mark for Excel, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula."""


def safe(cell: object) -> str:
    """Return a cell as text, with an apostrophe before what would be run."""
    text = str(cell)
    return f"'{text}" if text.startswith(RUNS) else text


def table(name: str, headings: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a CSV file to keep under a name."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer)
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return answer
