"""What was measured, as tables in Markdown, with the limits that it must keep beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.measuring import Measured, Times
from benchmarks.questions import CHARACTER, FIFTH, FILTERED, PAGE, PAGE_FIFTH

BUILDING = {10_000: 120.0}
"""CPU seconds."""
TYPICAL, COMMON, LARGE = 20.0, 40.0, 150.0
"""CPU milliseconds that 95 of 100 questions keep within: at 10,000 passages, there for a word in a fifth of all, and at 100,000."""
FREQUENT = (FIFTH, FILTERED, PAGE_FIFTH, CHARACTER)
"""One character as it is met with in a text stands in more than a fifth of all texts."""


def limit(row: str, count: int) -> float | None:
    """The CPU milliseconds allowed; none is set for other sizes."""
    if count == 100_000:
        return LARGE
    if count == 10_000:
        return COMMON if row in FREQUENT else TYPICAL
    return None


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a table."""
    for number, row in enumerate([head, *rows]):
        yield f"| {' | '.join(map(str, row))} |"
        if number == 0:
            yield "|---" * len(list(row)) + "|"


def asked(found: list[Measured]) -> Iterator[str]:
    """Yield the table of one number of passages."""
    rows = list(dict.fromkeys(row for one in found for row in one.rows))
    head = ["question", "limit"]
    for one in found:
        head += [one.title, "its wall ms"] if _served(one) else [one.title]
    yield from (f"**{found[0].count:,} passages**, CPU ms p50 / p95", "")
    yield from table(head, [[row, limit(row, found[0].count) or "–", *_cells(row, found)] for row in rows])
    yield ""


def built(found: list[Measured]) -> Iterator[str]:
    """Yield the table of building, with recall and precision."""
    head = ("passages", "engine", "build CPU s", "limit", "wall s", "MB on disk", "peak MB, building / after", *QUALITY)
    yield from table(head, [_built(one) for one in found])
    yield ""


def judged(found: list[Measured]) -> Iterator[str]:
    """Yield how time grows with the number of passages, and what is over its limit."""
    if len({one.count for one in found}) > 1:
        yield from ("**Growth** of the p95 with the number of passages", "")
        yield from _growth(found)
        yield ""
    if any(one.folded and limit(PAGE, one.count) for one in found):
        yield from _over(found) or ["Ours is within every limit."]


QUALITY = ("recall, as typed", "precision, as typed", "recall, folded", "precision, folded")


def _built(one: Measured) -> Iterator[str]:
    allowed = BUILDING.get(one.count)
    yield from (f"{one.count:,}", one.title, f"{one.build_cpu:.1f}", f"{allowed:.0f}" if allowed else "–")
    yield from (f"{one.build_wall:.1f}", one.megabytes, " / ".join(f"{most:.0f}" for most in one.memory))
    for pair in (one.literal, one.folded):
        yield from (f"{part:.3f}" for part in pair) if pair else ("–", "–")


def _pair(times: list[float]) -> str:
    return f"{Times.at(0.5, times):.1f} / {Times.at(0.95, times):.1f}"


def _cells(row: str, found: list[Measured]) -> Iterator[str]:
    for one in found:
        times = one.rows.get(row)
        yield _pair(times.cpu) if times else "–"
        if _served(one):
            yield _pair(times.wall) if times else "–"


def _served(one: Measured) -> bool:
    """Whether a server does part of the work, so that waiting is not working."""
    return one.engine == "elasticsearch"


def _growth(found: list[Measured]) -> Iterator[str]:
    counts = sorted({one.count for one in found})
    by = {(one.title, one.count): one for one in found}
    rows = []
    for title in dict.fromkeys(one.title for one in found):
        ones = [by.get((title, count)) for count in counts]
        for row in (PAGE, PAGE_FIFTH):
            ends = [Times.at(0.95, one.rows[row].cpu) if one else None for one in ones]
            known = [end for end in ends if end is not None]
            cells = ["–" if end is None else f"{end:.1f}" for end in ends]
            rows.append((title, row, *cells, f"{known[-1] / known[0]:.1f}"))
    yield from table(("engine", "question", *(f"{count:,}" for count in counts), "times as much"), rows)


def _over(found: list[Measured]) -> list[str]:
    """What of ours is over its limit."""
    lines = []
    for one in (one for one in found if one.folded):
        if one.build_cpu > BUILDING.get(one.count, one.build_cpu):
            lines.append(f"OVER: {one.title}, {one.count:,} built in {one.build_cpu:.0f} CPU s")
        for row, times in one.rows.items():
            allowed, took = limit(row, one.count), Times.at(0.95, times.cpu)
            if allowed and took > allowed:
                lines.append(f"OVER: {one.title}, {one.count:,}, {row}: p95 {took:.1f} ms, allowed {allowed:.0f}")
    return lines
