"""Checking every row of every file before anything is saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model

from cms.importing.album import Album
from cms.importing.context import Context
from cms.importing.differing import settle_changes
from cms.importing.errors import CellError, ImportRefused, RowError, UnknownName
from cms.importing.forms import Stage, form_of, key_of, read_cell
from cms.importing.library import Library
from cms.importing.locks import closed
from cms.importing.naming import Namer, dated
from cms.importing.part_rows import settle_parts
from cms.importing.reading import MOST_FAULTS
from cms.importing.rights import refused
from cms.importing.sheets import Row, Sheet, columns_of, open_sheets
from cms.importing.source import Source, Wishes
from cms.importing.tape import Tape
from cms.importing.uids import coming, known_heirs, known_kinds, known_numbers, known_themes, names_in
from cms.models import Holding
from cms.models.kinds import Tabled

OFTEN = 200
"""Rows read between two signs of progress."""


def read_rows(sheet: Sheet, context: Context, library: Library) -> Iterator[RowError]:
    """Read the cells of a file into its rows; yields what could not be read."""
    dating = dated(sheet.columns)
    library.notes.extend(sheet.table.notes)
    broken = dict(sheet.table.faults)
    for at, (number, cells) in enumerate(sheet.table.rows, 1):
        if at % OFTEN == 0:
            library.progress(at)
        if number in broken:
            yield RowError(sheet.table.name, number, "", broken[number])
            continue
        row, good, empty = Row(sheet, number, {}), True, set()
        context.dates = tuple(sheet.table.cell(cells, heading) for heading in dating)
        for column in sheet.columns:
            cell = sheet.table.cell(cells, column.heading)
            if not cell.strip():
                empty.add(column.field)
            try:
                row.values[column.field] = read_cell(cell, column, context)
            except CellError as fault:
                good = False
                asks = fault.asks if isinstance(fault, UnknownName) else ()
                yield RowError(sheet.table.name, number, column.heading, str(fault), asks)
            library.notes.extend(f"{row.place}“{column.heading}”：{note}" for note in (*context.notes, *context.named))
            if context.named:
                row.named[column.field] = "；".join(context.named)
            context.notes.clear()
            context.named.clear()
        row.empty = frozenset(empty)
        if good:
            sheet.rows.append(row)


def twins(sheets: list[Sheet]) -> Iterator[RowError]:
    """Yield rows that stand for the same thing as an earlier row, in the same file or in another of the batch."""
    seen: dict[tuple[Any, ...], Row] = {}
    for row in (row for sheet in sheets for row in sheet.rows):
        key = (Holding if row.sheet.is_kind else row.sheet.model, *row.key)
        if first := seen.get(key):
            elsewhere = "" if first.sheet is row.sheet else f" {first.sheet.table.name} "
            yield row.error(f"与{elsewhere}第 {first.number} 行重复。", columns_of(row.sheet.model)[0].field)
        seen.setdefault(key, row)


def share_texts(sheets: list[Sheet], library: Library) -> None:
    """Let the first words for a picture or a recording count wherever the batch shows it."""
    shelves: dict[str, Album | Tape] = {"picture_text": library.album, "sound_text": library.tape}
    for row in (row for sheet in sheets for row in sheet.rows):
        for column in (c for c in row.sheet.columns if c.form in shelves):
            field, name = column.field.split(".")
            shot, words = row.values.get(field), row.values[column.field]
            if shot and shot.digest and words:
                row.values[column.field] = shelves[column.form].say(shot.digest, name, words)


def existing(sheet: Sheet) -> dict[str, Holding]:
    """Return the holdings that a file's rows name, with what the comparison needs."""
    uids = [row.values["uid"] for row in sheet.rows]
    pictures = [c.field for c in sheet.columns if c.form in ("picture", "sound")]
    rows: list[Holding] = []
    for start in range(0, len(uids), 500):
        found = sheet.kind.objects.filter(uid__in=uids[start : start + 500])
        rows.extend(
            found.select_related(*pictures).prefetch_related("names", "citations", "themes", "relations__target")
        )
    return {h.uid: h for h in rows}


def fill(row: Row, instance: Model, library: Library) -> Iterator[RowError]:
    """Give an instance the row's plain values and validate it as the admin would."""
    row.instance = instance
    plain = [c for c in row.sheet.columns if form_of(c).stage is Stage.FIELD]
    kept = row.before is not None and row.sheet.is_kind
    told = [c for c in plain if not form_of(c).keeps(row.values[c.field])]
    if kept:  # of a record that is there, what the row changes; a cell may be left empty, or be older than the record
        told = [c for c in told if c in row.changes]
    for column in told:
        form_of(column).write(instance, column, row.values[column.field], library)
    fields = {c.field for c in told}
    pointing = point(row, instance)
    try:
        instance.clean_fields(exclude={f.name for f in instance._meta.fields} - fields)
        instance.clean()
    except ValidationError as fault:
        messages = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
        for name, texts in messages.items():
            yield row.error(" ".join(texts), name)
    for name, target in pointing.items():
        setattr(instance, name, target)


def point(row: Row, instance: Model) -> dict[str, Model | None]:
    """Let an instance see that it points to something, which may come with this batch and have no number yet.

    Returns what its fields pointed to before, for the time after the check.
    """
    before = {}
    for column in (c for c in row.sheet.columns if c.form == "holding"):
        if uid := row.values[column.field]:
            before[column.field] = getattr(instance, column.field, None)
            setattr(instance, column.field, key_of(column, row.sheet.model).related_model(uid=uid))
    return before


def validate(sheet: Sheet, library: Library, user: User | None) -> Iterator[RowError]:
    """Validate every row of a kind's file against the library."""
    there = existing(sheet)
    taken = set(Holding.objects.filter(uid__in=[r.values["uid"] for r in sheet.rows]).values_list("uid", flat=True))
    for row in sheet.rows:
        uid = row.values["uid"]
        if uid in taken and uid not in there:
            yield row.error("馆里这个编号属于另一种馆藏。", "uid")
            continue
        if uid not in there and sheet.kind.shelf is None and not row.values.get("parent"):
            yield row.error("这一种馆藏要有上级。", "parent")
            continue
        # The comparison looks at the row as it is in the database; `fill` changes the instance.
        yield from settle_changes(row, there.get(uid), library)
        yield from fill(row, there.get(uid) or sheet.kind(), library)
    reasons = closed((row.holding.pk for row in sheet.rows if row.before is not None and row.changes), user)
    for row in sheet.rows:
        if row.before is not None and row.changes and (reason := reasons.get(row.holding.pk)):
            yield row.error(f"《{row.holding.title}》现在不能改：{reason}", "uid")


def check_rows(sheets: list[Sheet], library: Library, user: User | None) -> Iterator[RowError]:
    """Yield every fault of every row."""
    kinds, themes = known_kinds(sheets), known_themes(sheets)
    numbers, heirs = known_numbers(kinds), known_heirs()
    wishes = sheets[0].wishes if sheets else Wishes()
    namer = Namer(coming(sheets, numbers), wishes.names)
    namer.learn(names_in(sheets, numbers))
    for sheet in sheets:
        context = Context(sheet.model, sheet.path.parent, kinds, themes, numbers, heirs=heirs, namer=namer)
        yield from read_rows(sheet, context, library)
    yield from twins(sheets)
    share_texts(sheets, library)
    for sheet in sheets:
        if sheet.is_kind:
            yield from validate(sheet, library, user)
        else:
            # A part is filled for its check alone: what it is known by may still be on its way in.
            yield from (error for row in sheet.rows for error in fill(row, sheet.model(), library))
    if wishes.by_right:
        parts = [sheet for sheet in sheets if not sheet.is_kind]
        yield from settle_parts(parts, library, user)
        yield from refused(sheets, user, wishes)


@dataclass(frozen=True)
class Examined:
    """Tables as they were checked: their rows, without those that could not be read, and every fault."""

    sheets: list[Sheet]
    errors: list[RowError]


def examine(
    sources: list[Source],
    library: Library,
    user: User | None = None,
    wishes: Wishes | None = None,
    most: int | None = None,
) -> Examined:
    """Read and check everything, and save nothing; ImportRefused where a file is no table. At `most` faults it stops."""
    sheets = open_sheets(sources, wishes or Wishes())
    return Examined(sheets, list(islice(check_rows(sheets, library, user), most)))


def check(files: list[tuple[Tabled, Path]], library: Library | None = None, user: User | None = None) -> list[Sheet]:
    """Read and check everything; ImportRefused with every fault found, by file, row and column."""
    examined = examine([Source(*one) for one in files], library or Library(), user, most=MOST_FAULTS)
    sheets, errors = examined.sheets, examined.errors
    if len(errors) == MOST_FAULTS:
        errors.append(RowError(sheets[-1].table.name, 0, "", f"错处超过 {MOST_FAULTS} 处，后面的没有再查。"))
    if errors:
        names = [s.table.name for s in sheets]
        raise ImportRefused(sorted(errors, key=lambda e: (names.index(e.file), e.row or len(names) * 10**9)))
    return sheets
