"""What the worker does with an upload: it checks it, and once somebody said go, saves it piece by piece. Either may be killed and done again."""

from time import sleep
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_lazy
from django_tasks import task

from cms.desk.incoming.recognising import is_clear, recognise
from cms.desk.incoming.sources import sources, wishes
from cms.desk.incoming.staging import staged
from cms.importing.checking import Examined, examine
from cms.importing.errors import ImportRefused, RowError
from cms.importing.library import Library
from cms.importing.sheets import Row
from cms.importing.steps import Kept, Piece, needs, save
from cms.importing.troubles import in_words
from cms.importing.turn import BUSY
from cms.models import Change, Holding, ImportBatch, Incoming, IncomingRow
from cms.worker.words import called

PATIENCE = (1, 2, 4, 8, 15)
"""Seconds between tries to get the turn while another import has it."""
State, RowState = Incoming.State, IncomingRow.State
DONE = (RowState.SAVED, RowState.LEFT)
NEEDED = "它所指的 {} 在这张表里有错，没有进来。"


@task(backend="worker")
def check(number: int) -> None:
    """Check an upload and keep its rows apart; nothing when it was dropped or checked meanwhile."""
    incoming = Incoming.objects.filter(pk=number, state=State.CHECKING).first()
    if incoming is None:
        return
    if incoming.made_by is None or not recognised(incoming, incoming.made_by):
        return
    try:
        examined = looked_at(incoming)
    except ImportRefused as refused:
        settle(incoming, State.REFUSED, faults=[str(error) for error in refused.errors][:100])
        return
    keep_rows(incoming, examined, moved_on=False)


def recognised(incoming: Incoming, by: User) -> bool:
    """Say what each table is, once; returns whether nothing is to be asked before it is checked."""
    if all("found" in table for table in incoming.tables):
        return True
    with translation.override("zh-hans"):
        paths = [incoming.folder / table["file"] for table in incoming.tables]
        incoming.tables, faults = recognise(paths, by)
    if faults or not incoming.tables:
        settle(incoming, State.REFUSED, faults=faults[:100], tables=incoming.tables)
        return False
    clear = is_clear(incoming.tables)
    settle(incoming, State.CHECKING if clear else State.ASKING, tables=incoming.tables)
    return clear


def looked_at(incoming: Incoming) -> Examined:
    """Check all of an upload, in Chinese, in which labels are compared; ImportRefused where a file is no table."""
    library = Library(progress=lambda rows: tell(incoming, rows))
    with in_words(), translation.override("zh-hans"):
        examined = examine(sources(incoming), library, incoming.made_by, wishes(incoming))
    incoming.notes = library.notes[:200]
    return examined


def tell(incoming: Incoming, rows: int) -> None:
    """Say how many rows are read."""
    Incoming.objects.filter(pk=incoming.pk).update(done=rows)


def settle(incoming: Incoming, state: str, **values: Any) -> None:
    """Put an upload into a state."""
    Incoming.objects.filter(pk=incoming.pk).update(state=state, **values)


def keep_rows(incoming: Incoming, examined: Examined, moved_on: bool) -> None:
    """Keep the rows as they were checked in the place of those of before."""
    made = list(staged(incoming, examined))
    for at, sheet in enumerate(examined.sheets):
        incoming.tables[at]["rows"] = len(sheet.table.rows)
    loose = [str(error) for error in examined.errors if not error.row][:100]
    with transaction.atomic():
        incoming.rows.all().delete()
        IncomingRow.objects.bulk_create(made, 500)
        changed = {"tables": incoming.tables, "notes": incoming.notes, "faults": loose}
        settle(incoming, State.CHECKED, done=0, moved_on=moved_on, **changed)


@task(backend="worker")
def bring_in(number: int) -> None:
    """Save an upload; done again after a kill, it goes on with what is not there."""
    incoming = Incoming.objects.select_related("made_by", "batch").filter(pk=number, state=State.SAVING).first()
    if incoming is None or incoming.made_by is None:
        return
    try:
        for wait in (*PATIENCE, 0):
            try:
                saved(incoming, incoming.made_by)
                return
            except ImportRefused as refused:
                if not wait or BUSY not in str(refused):
                    raise
                sleep(wait)
    except ImportRefused as refused:
        settle(incoming, State.CHECKED, faults=[str(error) for error in refused.errors][:100])


def saved(incoming: Incoming, by: User) -> None:
    """Check once more, and save, unless there is something new to be shown first."""
    for together in (True, False):
        library = Library()
        with in_words(), translation.override("zh-hans"):
            examined = examine(sources(incoming), library, incoming.made_by, wishes(incoming))
            if incoming.batch is None and something_new(incoming, examined):
                return
            batch = begin(incoming)
            leave_out(incoming, examined)
            if not save(examined.sheets, batch, by, library, keeper(incoming, batch), together):
                break
    settle(incoming, State.SAVED)
    # A batch that did nothing is none.
    ImportBatch.objects.filter(pk=batch.pk, created=0, updated=0).delete()


def something_new(incoming: Incoming, examined: Examined) -> bool:
    """Show the preview again where records moved on since, or where a row is wrong now that was not, or all must be right."""
    seen = dict(((t, n), (s, v)) for t, n, s, v in incoming.rows.values_list("table", "number", "state", "version"))
    moved = any(
        seen.get((at, row.number), ("", ""))[1] != row.version
        for at, sheet in enumerate(examined.sheets)
        for row in sheet.rows
        if row.before is not None and sheet.is_kind and (row.changes or row.stale)
    )
    places = {sheet.table.name: at for at, sheet in enumerate(examined.sheets)}
    wrong = {(places.get(error.file, 0), error.row) for error in examined.errors}
    known = {place for place, (state, _version) in seen.items() if state == RowState.WRONG}
    if moved or (wrong - known if incoming.only_good else wrong):
        keep_rows(incoming, examined, moved_on=moved)
        return True
    return False


def begin(incoming: Incoming) -> ImportBatch:
    """Return the batch, made once."""
    if incoming.batch is None:
        with transaction.atomic():
            incoming.batch = ImportBatch.objects.create(source=incoming.source, made_by=incoming.made_by)
            Change.objects.create(
                action=incoming.action, title=incoming.source, made_by=incoming.made_by, batch=incoming.batch
            )
            incoming.rows.update(was=F("state"))
            Incoming.objects.filter(pk=incoming.pk).update(batch=incoming.batch, done=0)
    return incoming.batch


def leave_out(incoming: Incoming, examined: Examined) -> None:
    """Take out of the tables what was done before, what is wrong, and what needs a new record that is."""
    done = set(incoming.rows.filter(state__in=DONE).values_list("table", "number"))
    wrong = {(error.file, error.row) for error in examined.errors}
    lost = set(incoming.rows.filter(was=RowState.NEW, state__in=[RowState.LEFT]).values_list("uid", flat=True))
    lost |= set(incoming.rows.filter(was=RowState.WRONG).values_list("uid", flat=True))
    for at, sheet in enumerate(examined.sheets):
        sheet.rows[:] = [
            row for row in sheet.rows if (at, row.number) not in done and (sheet.table.name, row.number) not in wrong
        ]
    rows = [row for sheet in examined.sheets for row in sheet.rows if row.changes]
    there = in_library(lost)
    lost -= there
    left: list[RowError] = []
    while hanging := [(row, lack) for row in rows if (lack := next((n for n in needs(row) if n in lost), ""))]:
        left += [row.error(NEEDED.format(lack)) for row, lack in hanging]
        gone = {id(row) for row, _lack in hanging}
        lost |= {row.values["uid"] for row, _lack in hanging if row.sheet.is_kind and row.before is None}
        rows = [row for row in rows if id(row) not in gone]
        for sheet in examined.sheets:
            sheet.rows[:] = [row for row in sheet.rows if id(row) not in gone]
    note_left(incoming, examined, left)


def in_library(uids: set[str]) -> set[str]:
    """Return the numbers among those that the library has."""
    return set(Holding.objects.filter(uid__in=uids).values_list("uid", flat=True)) if uids else set()


def note_left(incoming: Incoming, examined: Examined, left: list[RowError]) -> None:
    """Note the rows that are left, with the reasons."""
    places = {sheet.table.name: at for at, sheet in enumerate(examined.sheets)}
    for error in left:
        rows = incoming.rows.filter(table=places[error.file], number=error.row)
        rows.update(state=RowState.LEFT, faults=[error.message])


def keeper(incoming: Incoming, batch: ImportBatch) -> Kept:
    """Return what notes a piece of the work in the transaction of the piece."""
    tables = {(table["file"], table["title"]): at for at, table in enumerate(incoming.tables)}

    def place(row: Row) -> int:
        return tables[(row.sheet.path.name, row.sheet.source.title)]

    def keep(piece: Piece) -> None:
        left = {(error.file, error.row): error.message for error in piece.left}
        by_table: dict[int, list[int]] = {}
        for row in piece.rows:
            why = left.get((row.sheet.table.name, row.number))
            if why is None:
                by_table.setdefault(place(row), []).append(row.number)
            else:
                one = incoming.rows.filter(table=place(row), number=row.number)
                one.update(state=RowState.LEFT, faults=[why])
        for table, numbers in by_table.items():
            incoming.rows.filter(table=table, number__in=numbers).update(state=RowState.SAVED)
        counts = {"created": F("created") + piece.created, "updated": F("updated") + piece.updated}
        ImportBatch.objects.filter(pk=batch.pk).update(**counts)
        Incoming.objects.filter(pk=incoming.pk).update(done=F("done") + len(piece.rows))

    return keep


def name_of(number: int) -> str | None:
    """Return what an upload is of."""
    return Incoming.objects.filter(pk=number).values_list("source", flat=True).first()


called(check, gettext_lazy("检查要导入的表格"), name_of)
called(bring_in, gettext_lazy("把表格写进馆里"), name_of)
