"""Saving a large table by pieces: each whole in itself, so that nobody who edits meanwhile waits longer than for one of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from time import sleep

from django.contrib.auth.models import User
from django.db import transaction

from cms.importing.differing import version_of
from cms.importing.errors import ImportRefused, RowError
from cms.importing.library import Library
from cms.importing.sheets import Row, Sheet
from cms.importing.turn import turn
from cms.importing.writing import Writer
from cms.models import Holding, ImportBatch, Theme

STEP = 20
"""Rows of a piece, where they do not need each other: about half a second."""
BREATH = 0.15
"""Seconds between pieces; SQLite lets in no one in turn, so a writer without a pause would keep all others out."""
CHANGED = "预览以后有人改过这一条，没有写入。"


@dataclass
class Piece:
    """What one transaction did: its rows, what it made and changed, and the rows that it left, with the reasons."""

    rows: list[Row]
    created: int = 0
    updated: int = 0
    left: list[RowError] = field(default_factory=list)


Kept = Callable[[Piece], None]
"""What is to be noted in the same transaction."""


def needs(row: Row) -> Iterator[str]:
    """Yield the numbers that a row points to: its parent, what it belongs to, its relations."""
    for column in row.sheet.columns:
        value = row.values.get(column.field)
        if column.form in ("parent", "owner", "holding") and value:
            yield value
        elif column.form == "relations" and value:
            yield from (target for _role, target, *_words in value)


def groups(rows: list[Row]) -> list[list[Row]]:
    """Put together the rows that need each other: new records that point to each other, parts with their new record."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    new = {row.values["uid"] for row in rows if row.sheet.is_kind and row.before is None}
    named = [(row, row.values["uid"] if row.sheet.is_kind else owner(row) or f"{row.place}") for row in rows]
    for row, name in named:
        for other in needs(row):
            if other in new:
                above[top(name)] = top(other)
    found: dict[str, list[Row]] = {}
    for row, name in named:
        found.setdefault(top(name), []).append(row)
    return list(found.values())


def owner(row: Row) -> str:
    """Return the number of what a part belongs to."""
    column = next((c for c in row.sheet.columns if c.form == "owner"), None)
    return row.values[column.field] if column else ""


def pieces(sheets: list[Sheet]) -> Iterator[list[list[Row]]]:
    """Yield groups of rows to be written together, themes first; what changes nothing is in none."""
    loose = [row for sheet in sheets if sheet.model is Theme for row in sheet.rows if row.changes]
    if loose:
        yield [loose]
    tied = [row for sheet in sheets if sheet.model is not Theme for row in sheet.rows if row.changes]
    waiting: list[list[Row]] = []
    for group in groups(tied):
        waiting.append(group)
        if sum(map(len, waiting)) >= STEP:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def save(
    sheets: list[Sheet], batch: ImportBatch, user: User, library: Library, keep: Kept, together: bool = True
) -> bool:
    """Write checked rows piece by piece, each in a transaction with what `keep` notes of it; returns whether some are left to do.

    Those are the groups of a piece that was refused: check again, and write them not `together`, so that only the one that is
    refused is left. ImportRefused while another import has the turn. Killed between two pieces, nothing is half done: whoever
    checks again and goes on leaves out what is there.
    """
    left = False
    with turn():
        for some in pieces(sheets):
            for groups_of_one in [some] if together else [[group] for group in some]:
                rows = [row for group in groups_of_one for row in group]
                try:
                    write(rows, batch, user, library, keep)
                except ImportRefused as fault:
                    if len(groups_of_one) > 1:
                        left = True
                        continue
                    refuse(rows, fault, keep)
                sleep(BREATH)
    return left


def refuse(rows: list[Row], fault: ImportRefused, keep: Kept) -> None:
    """Note that a group was refused, and why."""
    said = fault.errors[0].message
    with transaction.atomic():
        keep(Piece(rows, left=[row.error(said) for row in rows]))


def write(rows: list[Row], batch: ImportBatch, user: User, library: Library, keep: Kept) -> Piece:
    """Write some rows in one transaction; those of which the record changed since they were checked are left."""
    library.drafts.known.clear()
    wishes = rows[0].sheet.wishes
    try:
        with transaction.atomic():
            changed = set(moved_on(rows))
            good = [row for row in rows if id(row) not in changed]
            writer = Writer(batch, user, lambda _line: None, library, wishes.become)
            writer.write([replace(sheet, rows=some) for sheet, some in by_sheet(good)])
            if writer.created or writer.updated:
                writer.enter()
            left = [row.error(CHANGED) for row in rows if id(row) in changed]
            piece = Piece(rows, writer.created, writer.updated, left)
            keep(piece)
    except BaseException:
        for shelf in (library.album, library.tape):
            shelf.forget()
            shelf.made.clear()
            shelf.known.clear()
        raise
    for shelf in (library.album, library.tape):
        shelf.made.clear()  # they stay
    return piece


def by_sheet(rows: Iterable[Row]) -> list[tuple[Sheet, list[Row]]]:
    """Return rows by the tables that they are of."""
    found: dict[int, tuple[Sheet, list[Row]]] = {}
    for row in rows:
        found.setdefault(id(row.sheet), (row.sheet, []))[1].append(row)
    return list(found.values())


def moved_on(rows: list[Row]) -> Iterator[int]:
    """Yield the rows whose record is another version than when they were checked, or is gone, or came meanwhile."""
    kinds = [row for row in rows if row.sheet.is_kind]
    uids = [row.values["uid"] for row in kinds]
    now = {h.uid: version_of(h) for h in Holding.objects.filter(uid__in=uids)}
    for row in kinds:
        there = now.get(row.values["uid"])
        if (row.before is None) != (there is None) or (there is not None and there != row.version):
            yield id(row)
