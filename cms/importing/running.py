"""One import from beginning to end, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation

from cms.importing.checking import check
from cms.importing.library import Library
from cms.importing.signs import printable
from cms.importing.troubles import in_words
from cms.importing.turn import turn
from cms.importing.writing import Writer
from cms.models import ImportBatch
from cms.models.kinds import Tabled


@dataclass(frozen=True)
class Report:
    """What an import did: how many things it made, changed and left alone, and each file's encoding.

    `notes` say what happened to single rows that did not simply go in.
    """

    created: int
    updated: int
    unchanged: int
    encodings: dict[str, str]
    notes: tuple[str, ...] = ()


def nobody_listens(line: str) -> None:
    """Progress that is not shown."""


def import_files(
    files: list[tuple[Tabled, Path]],
    user: User | None = None,
    progress: Callable[[str], None] = nobody_listens,
) -> Report:
    """Import files of kinds or parts together; rows may point to each other across files.

    ImportRefused names every fault, and then nothing was saved. A second run of the same files changes nothing.
    """
    # Labels, roles and the words of validation are compared and told in Chinese, whoever asks.
    with in_words(), turn(), translation.override("zh-hans"):
        return import_now(files, user, progress)


def import_now(files: list[tuple[Tabled, Path]], user: User | None, progress: Callable[[str], None]) -> Report:
    """Import, for whoever has the turn."""
    library = Library()
    try:
        with transaction.atomic():
            sheets = check(files, library, user)
            progress(f"{sum(len(s.rows) for s in sheets)} 行都已查过")
            source = "、".join(printable(path.name) for _model, path in files)[:500]
            batch = ImportBatch.objects.create(source=source, made_by=user)
            writer = Writer(batch, user, progress, library)
            writer.write(sheets)
            finish(batch, writer)
    except BaseException:
        # The rows are rolled back by the database; files that came with them are ours to take away.
        library.album.forget()
        library.tape.forget()
        raise
    encodings = {s.table.name: s.table.encoding for s in sheets}
    return Report(writer.created, writer.updated, writer.unchanged, encodings, tuple(library.notes))


def finish(batch: ImportBatch, writer: Writer) -> None:
    """Keep the batch with its counts, or nothing where nothing changed."""
    batch.created, batch.updated = writer.created, writer.updated
    if writer.created or writer.updated:
        batch.save()
        writer.enter()
    else:
        batch.delete()
