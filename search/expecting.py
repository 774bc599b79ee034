"""What a search must find: reviewed rows of a table, each a question with what has to be among the first three answers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search.finding import answer
from search.query import Query
from search.source import source

TABLE = Path(__file__).parent / "expected.csv"
"""The rows for the demo library, where librarians add theirs."""
COLUMNS = ["query", "expected", "why"]
FIRST = 3


@dataclass(frozen=True)
class Row:
    """A question, the numbers (uids) that must all be among the first three, and why."""

    query: str
    expected: tuple[str, ...]
    why: str


def read(table: Path = TABLE) -> list[Row]:
    """The rows of a table. Raises ValueError, naming the line, for one that nobody can check, OSError for no table at all."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != COLUMNS:
            raise ValueError(f"{table.name}: the first line must be {','.join(COLUMNS)}")
        return [_row(line, lines.line_num) for line in lines if any(line)]


def _row(line: list[str], number: int) -> Row:
    query, expected, why = [*line, "", "", ""][:3]
    uids = tuple(filter(None, (uid.strip() for uid in expected.split(";"))))
    if not (query.strip() and uids and why.strip()) or len(uids) > FIRST or len(line) > len(COLUMNS):
        raise ValueError(f"line {number}: a query, one to {FIRST} numbers apart by ;, and why")
    return Row(query, uids, why)


def failing(rows: Iterable[Row]) -> Iterator[tuple[Row, list[str]]]:
    """Each row that does not hold, with the numbers of the first three that were found instead."""
    uids: dict[int, str] = {}
    for row in rows:
        first = answer(Query.read(row.query)).hits.ids[:FIRST]
        unknown = set(first) - uids.keys()
        uids.update((document.id, document.uid) for document in source().documents(list(unknown)))
        found = [uids.get(identity, "?") for identity in first]
        if not set(row.expected) <= set(found):
            yield row, found
