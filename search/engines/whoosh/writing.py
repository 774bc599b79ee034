"""Writing the index: changes in one commit, and building a new one beside the old."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.index import LockError

from search.document import Document
from search.engines.chains import fingerprint
from search.engines.whoosh.place import Place
from search.engines.whoosh.schema import LAYOUT, codec, row, schema
from search.hits import IndexBroken, IndexMissing

PATIENCE = 30.0
"""Seconds that a second writer waits for the first."""
MEMORY = 256
"""Megabytes of postings held before they go to disk."""
STEP = 500


def change(place: Place, add: Iterable[Document], remove: Iterable[int], within: float | None) -> int:
    """Replace and remove documents in one commit; the number added. Raises IndexMissing, IndexBroken or EngineDown."""
    with place.lock("write", within):
        folder = place.current()
        if folder is None:
            raise IndexMissing(str(place.root))
        try:
            return _changed(folder, add, remove)
        except (OSError, LockError):
            raise
        except Exception as error:
            raise IndexBroken(f"{type(error).__name__}: {error}") from error


def _changed(folder: Path, add: Iterable[Document], remove: Iterable[int]) -> int:
    writer = whoosh_index.open_dir(str(folder)).writer(timeout=PATIENCE, codec=codec())
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
    return added


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
        with place.lock("write"):
            place.put(folder)
    return count
