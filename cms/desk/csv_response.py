"""Tables that leave the library: with a byte order mark for Excel, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

from cms.importing.signs import guarded


def table(name: str, headings: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a CSV file to keep under a name."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer)
    writer.writerows([guarded(cell) for cell in row] for row in (headings, *rows))
    return answer
