"""Opening the index and keeping it open: reopened when a commit or a swap made a newer one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index

from search.engines.whoosh.leaf import Facts, Leaf
from search.engines.whoosh.place import Place
from search.hits import IndexMissing


class Reading:
    """The open index of one process. Not for two threads at once."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._folder: Path | None = None
        self._index: Any = None
        self._reader: Any = None
        self._leaves: list[Leaf] = []
        self._facts: dict[str, Facts] = {}

    def leaves(self) -> list[Leaf]:
        """The segments as they are now. Raises IndexMissing."""
        folder = self.place.current()
        if folder is None:
            self.close()
            raise IndexMissing(str(self.place.root))
        if folder != self._folder:
            self.close()
            self._index = whoosh_index.open_dir(str(folder))
            self._folder = folder
        if self._reader is None or self._reader.generation() != self._index.latest_generation():
            self._open()
        return self._leaves

    def _open(self) -> None:
        # Never `reuse=`: it would bring merged segments and undone deletions back. What is dear is kept in the facts.
        previous, self._reader = self._reader, self._index.reader()
        if previous is not None:
            previous.close()
        readers = [reader for reader, _ in self._reader.leaf_readers()]
        known, self._facts = self._facts, {}
        self._leaves = []
        for reader in readers:
            if reader.doc_count_all():
                name = str(reader.segment().segment_id())
                leaf = Leaf(reader, known.get(name))
                self._facts[name] = leaf.facts
                self._leaves.append(leaf)

    def close(self) -> None:
        """Close the files; the next reading opens them anew."""
        if self._reader is not None:
            self._reader.close()
        self._folder = self._index = self._reader = None
        self._leaves, self._facts = [], {}
