"""Import whole old books into an empty library, then draw words from them: are all found, alone, and how fast?

.venv/bin/python benchmarks/gazetteer.py FOLDER [FOLDER ...]   (folders in the Kanripo format)
"""

import os
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PLACE = tempfile.TemporaryDirectory(prefix="zhihui-gazetteer-")
# A library of its own: neither the demo's database nor a real one is touched.
os.environ.update(VAR_DIR=PLACE.name, DJANGO_SETTINGS_MODULE="cms.settings.demo")
os.environ.pop("DATABASE_URL", None)
os.environ.pop("SEARCH_URL", None)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from chronicle.gazetteer import import_gazetteer  # noqa: E402
from chronicle.kanripo import files_of, read_book  # noqa: E402
from chronicle.kanripo_layout import HAN, han  # noqa: E402
from cms.indexing.source import Source  # noqa: E402
from search import outbox  # noqa: E402
from search.document import Document  # noqa: E402
from search.engines import engine  # noqa: E402
from search.folding import fold  # noqa: E402
from search.query import LARGEST_PAGE, Query  # noqa: E402

DRAWN = 100
LEAF = re.compile(r"⟦[^⟦⟧]*⟧")
HAN_RUN = re.compile(f"(?:{HAN.pattern}){{2,}}")
Scan = Callable[[str, str], bool]


def say_book(folder: Path) -> None:
    """Say what a book holds, and whether reading it lost a character."""
    book = read_book(folder)
    texts = [path.read_text("utf-8-sig") for _number, path in files_of(folder)]
    source = han("".join(re.sub(r"(?m)^#.*$", "", text) for text in texts))
    read = "".join(j.opening + "".join(e.heading + e.body for e in j.entries) for j in book.juans)
    entries, leaves = sum(len(j.entries) for j in book.juans), sum(text.count("<pb:") for text in texts)
    lost = "every one of them kept, in order" if han(read) == source else "TEXT LOST"
    print(
        f"{book.id} {book.title}: {len(book.juans)} juans, {entries} entries, {leaves} leaves "
        f"({read.count('⟦')} marked), {len(source)} Han characters, {lost}"
    )


def bring_in(folder: Path) -> None:
    """Import one book, the search with it, and once more."""
    for what in ("imported and indexed", "once more"):
        start, cpu = time.monotonic(), time.process_time()
        tally = import_gazetteer(folder)
        if outbox.waiting():
            outbox.drain()
        print(
            f"  {what}: {tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged, "
            f"{time.monotonic() - start:.1f} s ({time.process_time() - cpu:.1f} s CPU)"
        )


def lines_of(document: Document) -> list[str]:
    """Return what can be searched of a document, leaf numbers out of the way."""
    said = [
        document.title,
        document.title_en,
        *document.names,
        *document.text.split("\n"),
        *document.text_en.split("\n"),
    ]
    return [LEAF.sub("", line) for line in said]


def draw(documents: list[list[str]], number: int) -> Iterator[str]:
    """Yield substrings of 2 to 4 Han characters; every place in the text is as likely as another."""
    chance = random.Random(2026)
    runs = [run for lines in documents for line in lines for run in HAN_RUN.findall(line)]
    weights = [len(run) for run in runs]
    for run in chance.choices(runs, weights, k=number):
        length = min(chance.randint(2, 4), len(run))
        start = chance.randrange(len(run) - length + 1)
        yield run[start : start + length]


def hits(words: str, exact: bool) -> set[int]:
    """Return the ids of all hits, page by page."""
    found: set[int] = set()
    for page in range(1, 1000):
        answer = engine().search(Query(words, exact=exact, page=page, size=LARGEST_PAGE))
        found.update(answer.ids)
        if page * LARGEST_PAGE >= answer.total:
            break
    return found


def compare(mode: str, words: list[str], texts: dict[int, list[str]], exact: bool, read: Callable[[str], str]) -> None:
    """Say recall and precision beside a plain scan of every text."""
    whole = {identity: "\n".join(map(read, lines)) for identity, lines in texts.items()}
    right = wanted = given = missed = 0
    for drawn in words:
        found, there = hits(drawn, exact), {i for i, text in whole.items() if read(drawn) in text}
        right, wanted, given = right + len(found & there), wanted + len(there), given + len(found)
        missed += not there <= found
    print(
        f"  {mode:8} recall {right / wanted:.4f}  precision {right / given:.4f}  "
        f"({wanted} texts to find, {given} found; {missed} of {len(words)} queries missed one)"
    )


def clock(what: str, calls: Iterable[Callable[[], object]]) -> None:
    """Say the median and the 95th percentile of CPU milliseconds."""
    times = []
    for call in calls:
        start = time.process_time()
        call()
        times.append(1000 * (time.process_time() - start))
    print(f"  {what}: p50 {statistics.median(times):.1f}  p95 {statistics.quantiles(times, n=20)[-1]:.1f} CPU ms")


def measure(folders: list[Path]) -> None:
    """Import, compare, clock."""
    call_command("migrate", verbosity=0)
    # Pages of the site name their styles by content.
    call_command("collectstatic", interactive=False, verbosity=0)
    engine().rebuild(())
    for folder in folders:
        say_book(folder)
        bring_in(folder)
    documents = list(Source().documents())
    texts = {document.id: lines_of(document) for document in documents}
    drawn = list(draw(list(texts.values()), 2 * DRAWN))
    # Words that no query has asked for yet are the ones to clock.
    words, fresh = drawn[:DRAWN], drawn[DRAWN:]
    print(f"{len(words)} substrings of 2 to 4 characters from {len(documents)} texts: {' '.join(words[:8])} …")
    compare("normal", words, texts, exact=False, read=fold)
    compare("exact", words, texts, exact=True, read=str)
    engine().search(Query("志"))
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    clock("engine, 20 hits with facets", [lambda w=w: engine().search(Query(w)) for w in fresh])
    clock("whole page", [lambda w=w: client.get("/search/", {"q": w}) for w in fresh])
    print(f"  most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def main() -> None:
    """Measure, and leave nothing behind."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    with PLACE:
        measure([Path(name) for name in sys.argv[1:]])


if __name__ == "__main__":
    main()
