"""One import from beginning to end, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import translation

from cms.importing.checking import check
from cms.importing.errors import ImportRefused, RowError
from cms.importing.writing import Writer
from cms.models import ImportBatch


@dataclass(frozen=True)
class Report:
    """What an import did: how many things it made, changed and left alone, and each file's encoding."""

    created: int
    updated: int
    unchanged: int
    encodings: dict[str, str]


def nobody_listens(line: str) -> None:
    """Progress that is not shown."""


def import_files(
    files: list[tuple[type[Model], Path]],
    user: User | None = None,
    progress: Callable[[str], None] = nobody_listens,
) -> Report:
    """Import files of kinds or parts together; rows may point to each other across files.

    ImportRefused names every fault, and then nothing was saved. A second run of the same files changes nothing.
    """
    writer = None
    try:
        # Labels, roles and the words of validation are compared and told in Chinese, whoever asks.
        with translation.override("zh-hans"), transaction.atomic():
            sheets = check(files)
            progress(f"{sum(len(s.rows) for s in sheets)} 行都已查过")
            batch = ImportBatch.objects.create(source="、".join(p.name for _m, p in files)[:500], made_by=user)
            writer = Writer(batch, user, progress)
            writer.write(sheets)
            finish(batch, writer)
    except BaseException as fault:
        # The rows are rolled back by the database; files that came with them are ours to take away.
        if writer:
            writer.album.forget()
        if isinstance(fault, IntegrityError):
            raise ImportRefused([RowError("", 0, "", f"与馆里已有的内容冲突：{fault}")]) from fault
        raise
    return Report(writer.created, writer.updated, writer.unchanged, {s.table.name: s.table.encoding for s in sheets})


def finish(batch: ImportBatch, writer: Writer) -> None:
    """Keep the batch with its counts, or nothing where nothing changed."""
    batch.created, batch.updated = writer.created, writer.updated
    if writer.created or writer.updated:
        batch.save()
    else:
        batch.delete()
