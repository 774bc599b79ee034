"""Tables that leave the library: with a byte order mark for Excel, and no cell that a spreadsheet would run."""

import csv
import re
import unicodedata
from collections.abc import Iterable

from django.http import HttpResponse

SIGNS = "=+-@\u2212"
"""What a formula begins with, also typed in full width; a spreadsheet passes over blanks before it."""
UNSEEN = re.compile("^[\\s\\x00-\\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


def safe(cell: object) -> str:
    """Return a cell as text, with an apostrophe before what would be run, and before what begins with what nobody sees."""
    text = str(cell)
    unseen = UNSEEN.match(text)
    first = unicodedata.normalize("NFKC", text[:1])
    return f"'{text}" if unseen or (first and first[0] in SIGNS) else text


def table(name: str, headings: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a CSV file to keep under a name."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer)
    writer.writerows([safe(cell) for cell in row] for row in (headings, *rows))
    return answer
