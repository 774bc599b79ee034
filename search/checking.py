"""Comparing the index, its records and the library: the same ids, the same content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.engines import engine
from search.hits import IndexBroken, IndexMissing
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
        indexed = engine().ids()
    except (IndexMissing, IndexBroken):
        indexed = set()
    recorded = dict(Record.objects.values_list("id", "hash"))
    wanted = {document.id: document.hash() for document in source().documents()}
    held = indexed & recorded.keys()
    return Difference(
        missing=sorted(wanted.keys() - held),
        surplus=sorted((indexed | recorded.keys()) - wanted.keys()),
        changed=sorted(number for number in held & wanted.keys() if recorded[number] != wanted[number]),
    )
