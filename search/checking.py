"""Comparing the index, its records and headings, and the library: the same ids, content and names, and files that are whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from search import headings
from search.engines import engine
from search.hits import EngineDown, IndexBroken, IndexMissing
from search.models import Record
from search.source import source

SHOWN = 20


@dataclass(frozen=True)
class Difference:
    """Ids by what is wrong with them, `headings` by what they are called, and the files that are not what was written."""

    missing: list[int]
    surplus: list[int]
    changed: list[int]
    headings: list[int] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Nothing is wrong."""
        return not (self.missing or self.surplus or self.changed or self.headings or self.damaged)

    def lines(self) -> Iterator[str]:
        """One line for each kind of difference."""
        for name in ("missing", "surplus", "changed", "headings", "damaged"):
            ids = getattr(self, name)
            more = " …" if len(ids) > SHOWN else ""
            yield f"{name}: {len(ids)} {' '.join(map(str, ids[:SHOWN]))}{more}".rstrip()


def compare() -> Difference:
    """What the index lacks, what it has too much, and what it holds in an older state; what is called otherwise; what is damaged."""
    try:
        indexed, damaged = engine().contents(), engine().damaged()
    except (IndexMissing, IndexBroken, EngineDown):
        indexed, damaged = {}, []
    recorded = dict(Record.objects.values_list("id", "hash"))
    wanted: dict[int, str] = {}
    named, misnamed = headings.kept(), []
    for document in source().documents():
        wanted[document.id] = document.hash()
        if named.pop(document.id, []) != headings.wanted(document):
            misnamed.append(document.id)
    held = indexed.keys() & recorded.keys()
    return Difference(
        missing=sorted(wanted.keys() - held),
        surplus=sorted((indexed.keys() | recorded.keys()) - wanted.keys()),
        changed=sorted(n for n in held & wanted.keys() if {recorded[n], indexed[n]} != {wanted[n]}),
        headings=sorted([*misnamed, *named]),
        damaged=damaged,
    )
