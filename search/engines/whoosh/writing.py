"""Writing the index: changes in one commit, purging what was taken out, and building a new one beside the old."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.index import LockError
from whoosh.reading import SegmentReader

from search.document import Document
from search.engines.chains import fingerprint
from search.engines.whoosh import sums
from search.engines.whoosh.place import Place, make_way
from search.engines.whoosh.schema import LAYOUT, codec, row, schema
from search.hits import IndexBroken, IndexMissing

PATIENCE = 30.0
"""Seconds that a second writer waits for the first."""
MEMORY = 256
"""Megabytes of postings held before they go to disk."""
STEP = 500
WHOOSHS_LOCK = "MAIN_WRITELOCK"


NO_DAMAGE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""What the machine is short of; any other trouble with a file is cured by a rebuild."""


@contextmanager
def _opened(place: Place, within: float | None) -> Iterator[Path]:
    """Hold the index's folder for writing. Raises IndexMissing, IndexBroken or EngineDown."""
    with place.lock("write", within):
        folder = place.current()
        if folder is None:
            raise IndexMissing(str(place.root))
        try:
            yield folder
        except LockError:
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno in NO_DAMAGE:
                raise
            raise IndexBroken(f"{type(error).__name__}: {error}") from error


def change(place: Place, add: Iterable[Document], remove: Iterable[int], within: float | None) -> int:
    """Replace and remove documents in one commit; the number added. Raises IndexMissing, IndexBroken or EngineDown."""
    with _opened(place, within) as folder:
        writer = _writer(folder)
        added = 0
        try:
            for number in remove:
                writer.delete_by_term("id", str(number))
            for document in add:
                writer.update_document(**row(document))
                added += 1
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        sums.keep(folder)
    return added


def purge(place: Place, most: int | None) -> int:
    """Write those segments anew that still have the words of documents taken out; the number of documents in them.

    None where that would be more than `most`. Raises as `change` does.
    """
    with _opened(place, None) as folder:
        outdated = [s for s in whoosh_index.open_dir(str(folder))._segments() if s.has_deletions()]
        documents = sum(segment.doc_count_all() for segment in outdated)
        if not outdated or (most is not None and documents > most):
            return 0
        _writer(folder).commit(mergetype=_without_the_deleted)
        sums.keep(folder)
    return int(documents)


def _writer(folder: Path) -> Any:
    make_way(folder / WHOOSHS_LOCK)
    return whoosh_index.open_dir(str(folder)).writer(timeout=PATIENCE, codec=codec())


def _without_the_deleted(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy of a purge: copy what is left of each segment with deletions, leave the others alone."""
    for segment in segments:
        if segment.has_deletions():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return [segment for segment in segments if not segment.has_deletions()]


def build(place: Place, documents: Iterable[Document], progress: Callable[[int], None] | None) -> int:
    """Build a whole index in a new folder and swap the pointer; one build at a time."""
    with place.lock("rebuild"):
        place.clear(keep=place.current())
        folder = place.new(fingerprint(LAYOUT))
        writer = whoosh_index.create_in(str(folder), schema()).writer(limitmb=MEMORY, codec=codec())
        count = 0
        try:
            for count, document in enumerate(documents, 1):
                writer.add_document(**row(document))
                if progress and count % STEP == 0:
                    progress(count)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        sums.keep(folder)
        with place.lock("write"):
            place.put(folder)
    return count
