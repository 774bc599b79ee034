"""Measuring one engine in a process of its own: time to build, size, memory, time of each sort of question, recall and precision."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from benchmarks.passages import Texts
from benchmarks.questions import PAGE, PAGE_FIFTH, SUGGESTION, UNDERSTANDING, Question, Questions
from search.document import Document

LONGEST = 60.0
"""Seconds for one row; what has not been asked by then is left out, but twenty are asked at least."""
FEWEST = 20
MOST_FOR_STOCK = 10_000
"""Passages. A question takes stock Wagtail near a second there, and ten times as long for ten times as many."""
RIVALS = {
    "whoosh": ("benchmarks.rivals.ours", "Whoosh"),
    "elasticsearch": ("benchmarks.rivals.ours", "Elasticsearch"),
    "wagtail": ("benchmarks.rivals.stock", "Wagtail"),
    "fts5": ("benchmarks.rivals.fts5", "Trigrams"),
}

Asked = TypeVar("Asked")


class Rival(Protocol):
    """A way to search passages. What it cannot do is None."""

    title: str
    suggest: Callable[[str], object] | None
    understand: Callable[[str], object] | None

    def __init__(self, place: Path) -> None:
        """Prepare an empty index in a folder."""

    def build(self, documents: Iterable[Document]) -> None:
        """Index all."""

    def ask(self, question: Question) -> int:
        """Find 20 hits, the total and the counts of all facets; the total."""

    def page(self, question: Question) -> int:
        """Do the same and fetch what a page shows of the hits, with snippets; the total."""

    def ids(self, text: str, *, exact: bool) -> set[int]:
        """All hits."""

    def megabytes(self) -> str:
        """What lies on the disk."""

    def server(self) -> float:
        """Seconds of CPU that a server has used for it so far."""

    def close(self) -> None:
        """Leave nothing behind."""


@dataclass(frozen=True)
class Times:
    """Milliseconds of one row, CPU and wall; how many were asked; how many hits at most."""

    cpu: list[float]
    wall: list[float]
    hits: int = 0

    @staticmethod
    def at(part: float, times: list[float]) -> float:
        """The time that such a part of all does not exceed."""
        return sorted(times)[min(len(times) - 1, int(len(times) * part))]


@dataclass
class Measured:
    """What was found out of one engine and one number of passages; memory while building, and afterwards."""

    engine: str
    title: str
    count: int
    build_cpu: float = 0.0
    build_wall: float = 0.0
    megabytes: str = ""
    memory: tuple[float, float] = (0.0, 0.0)
    rows: dict[str, Times] = field(default_factory=dict)
    literal: tuple[float, float] = (0.0, 0.0)
    folded: tuple[float, float] | None = None


def measure(engine: str, folder: Path, count: int, questions: Questions) -> Measured:
    """Build, ask everything, compare; to be called in a process of its own."""
    module, name = RIVALS[engine]
    with TemporaryDirectory(prefix="zhihui-benchmark-") as place:
        rival: Rival = getattr(import_module(module), name)(Path(place))
        try:
            return _measured(rival, Measured(engine, rival.title, count), Texts(folder), questions)
        finally:
            rival.close()


def _measured(rival: Rival, found: Measured, texts: Texts, questions: Questions) -> Measured:
    # Reading the texts and mixing the passages is no part of building: what it takes alone is taken off.
    texts.clauses  # noqa: B018 (read once, kept)
    made = time.process_time()
    for _ in texts.mixed(found.count):
        pass
    made = time.process_time() - made
    server, cpu, wall = rival.server(), time.process_time(), time.perf_counter()
    rival.build(texts.mixed(found.count))
    found.build_wall = time.perf_counter() - wall - made
    found.build_cpu = time.process_time() - cpu - made + rival.server() - server
    found.megabytes, building = rival.megabytes(), memory()
    for row, asked in questions.rows.items():
        found.rows[row] = clock(rival.page if row in (PAGE, PAGE_FIFTH) else rival.ask, asked, rival.server)
    for row, work in ((SUGGESTION, rival.suggest), (UNDERSTANDING, rival.understand)):
        if work is not None:
            # Asked of the database alone, whatever the engine.
            found.rows[row] = clock(work, questions.typed[row], lambda: 0.0)
    found.memory = (building, memory())
    found.literal = quality(lambda text: rival.ids(text, exact=True), questions.literal)
    if rival.understand is not None:
        found.folded = quality(lambda text: rival.ids(text, exact=False), questions.folded)
    return found


def clock(work: Callable[[Asked], object], asked: list[Asked], server: Callable[[], float]) -> Times:
    """Time each; two that warm it up are not counted. What a server used is shared out evenly."""
    for one in asked[:2]:
        work(one)
    times, before, start = Times([], []), server(), time.perf_counter()
    hits = 0
    for one in asked:
        cpu, wall = time.process_time(), time.perf_counter()
        total = work(one)
        times.cpu.append(1000 * (time.process_time() - cpu))
        times.wall.append(1000 * (time.perf_counter() - wall))
        hits = max(hits, total) if isinstance(total, int) else 0
        if len(times.cpu) >= FEWEST and time.perf_counter() - start > LONGEST:
            break
    share = 1000 * (server() - before) / len(times.cpu)
    return Times([cpu + share for cpu in times.cpu], times.wall, hits)


def quality(ids: Callable[[str], set[int]], there: dict[str, set[int]]) -> tuple[float, float]:
    """Recall and precision over all substrings."""
    wanted = given = right = 0
    for piece, texts in there.items():
        found = ids(piece)
        wanted, given, right = wanted + len(texts), given + len(found), right + len(found & texts)
    return right / wanted, right / given if given else 0.0


def memory() -> float:
    """The most memory that this process has had since it was asked last, in MB; unlike getrusage it forgets its parent's."""
    status = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
