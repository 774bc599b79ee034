"""Comparing the index, its records and the library: the same ids, the same hashes of the content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.engines import engine
from search.hits import EngineDown, IndexBroken, IndexMissing
from search.models import Record
from search.source import source

SHOWN = 20


@dataclass(frozen=True)
class Difference:
    """Ids by what is wrong with them."""

    missing: list[int]
    surplus: list[int]
    changed: list[int]

    @property
    def same(self) -> bool:
        """Nothing is wrong."""
        return not (self.missing or self.surplus or self.changed)

    def lines(self) -> Iterator[str]:
        """One line for each kind of difference."""
        for name in ("missing", "surplus", "changed"):
            ids = getattr(self, name)
            more = " …" if len(ids) > SHOWN else ""
            yield f"{name}: {len(ids)} {' '.join(map(str, ids[:SHOWN]))}{more}".rstrip()


def compare() -> Difference:
    """What the index lacks, what it has too much, and what it holds in an older state."""
    try:
        indexed = engine().contents()
    except (IndexMissing, IndexBroken, EngineDown):
        indexed = {}
    recorded = dict(Record.objects.values_list("id", "hash"))
    wanted = {document.id: document.hash() for document in source().documents()}
    held = indexed.keys() & recorded.keys()
    return Difference(
        missing=sorted(wanted.keys() - held),
        surplus=sorted((indexed.keys() | recorded.keys()) - wanted.keys()),
        changed=sorted(n for n in held & wanted.keys() if {recorded[n], indexed[n]} != {wanted[n]}),
    )
