"""In which order the counts of a facet go out to the page, whatever engine counted them."""

from __future__ import annotations

from collections import Counter

from search.document import Value

MOST = 60
"""Values of one facet that go out to the page, beside those that are chosen."""


def ordered(
    counts: dict[str, Counter[Value]], chosen: dict[str, frozenset[Value]]
) -> dict[str, list[tuple[Value, int]]]:
    """Decades in time, all others by number, then by name; a chosen value stays even when nothing is left of it."""
    out: dict[str, list[tuple[Value, int]]] = {}
    for name, counter in counts.items():
        taken = chosen.get(name, frozenset())
        for value in taken:
            counter.setdefault(value, 0)
        if name == "decades":
            out[name] = sorted(counter.items())
        else:
            by_number = sorted(counter.items(), key=lambda pair: (-pair[1], str(pair[0])))
            out[name] = [pair for rank, pair in enumerate(by_number) if rank < MOST or pair[0] in taken]
    return out
