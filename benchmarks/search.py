"""Time to build an index, CPU time of a search with total, facets, records and snippets, and recall, on any folder of texts.

Run it on a folder with .txt files:  .venv/bin/python benchmarks/search.py FOLDER [PASSAGES]
"""

import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Not this folder: its search.py would stand before the room of that name.
sys.path[0] = str(ROOT)

import django  # noqa: E402
from django.conf import settings  # noqa: E402

TEMPORARY = tempfile.TemporaryDirectory(prefix="zhihui-benchmark-")
PLACE = Path(TEMPORARY.name)
settings.configure(
    INSTALLED_APPS=["search"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(PLACE / "db.sqlite3")}},
    SEARCH_URL=f"whoosh:{PLACE / 'index'}",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402

from search import records  # noqa: E402
from search.analysis import chain  # noqa: E402
from search.document import Document  # noqa: E402
from search.engines import engine  # noqa: E402
from search.query import Query  # noqa: E402
from search.snippets import marked, passages  # noqa: E402

KINDS = ("entry", "person", "place", "work", "event")
THEMES = ("水系与地名", "道路与里弄", "人物")
HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]+"
ROUNDS = 300


def texts(folder: Path) -> str:
    """Return all texts in one, without the marks of Kanripo's format."""
    whole = "".join(file.read_text("utf-8", "ignore") for file in sorted(folder.rglob("*.txt")))
    return re.sub(r"^#.*$|<pb:[^>]*>|¶|\s", "", whole, flags=re.MULTILINE)


def made(whole: str, count: int) -> list[Document]:
    """Return so many passages of equal length, each a document with facets."""
    width = len(whole) // count
    return [
        Document(
            id=number + 1,
            kind=KINDS[number % 5],
            uid=f"XH-EN-{number:06}",
            title=whole[number * width : number * width + 8],
            text=whole[number * width + 8 : (number + 1) * width],
            first=650_000 + number * 9,
            last=650_000 + number * 9 + 400,
            places=(number % 25,),
            themes=THEMES[: number % 3],
        )
        for number in range(count)
    ]


def full(query: Query) -> int:
    """Do what a results page does: hits, total, facets, their records in one query, titles and passages marked."""
    hits = engine().search(query)
    for record in records.records(hits.ids).values():
        marked(record.title, query)
        passages(record.text, query)
    return hits.total


def timed(name: str, queries: Iterable[Query], work: Callable[[Query], int] = full) -> None:
    """Print the 50th and 95th percentile of the CPU milliseconds."""
    spent, totals = [], []
    for query in queries:
        start = time.process_time()
        totals.append(work(query))
        spent.append((time.process_time() - start) * 1000)
    spent.sort()
    middle, high = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
    print(f"{name:34} p50 {middle:6.1f} ms   p95 {high:6.1f} ms   max {spent[-1]:6.1f} ms   hits {max(totals)}")


def drawn(documents: list[Document], length: int) -> str:
    """Return a substring of Han characters, by chance."""
    while True:
        text = random.choice(documents).text
        start = random.randrange(max(1, len(text) - length))
        if re.fullmatch(HAN, piece := text[start : start + length]) and len(piece) == length:
            return piece


def recall(documents: list[Document], *, exact: bool) -> None:
    """Compare the totals of a hundred substrings with looking through every text."""
    chained = [(d.id, f"{chain(d.title, exact=exact)}\n{chain(d.text, exact=exact)}") for d in documents]
    wanted = found = right = 0
    for _ in range(100):
        piece = drawn(documents, random.choice((2, 3, 4)))
        there = {number for number, text in chained if chain(piece, exact=exact) in text}
        ids: set[int] = set()
        for page in range(1, 10_000):
            hits = engine().search(Query(piece, exact=exact, page=page, size=100))
            ids.update(hits.ids)
            if page >= hits.pages:
                break
        wanted, found, right = wanted + len(there), found + len(ids), right + len(there & ids)
    print(f"{'exact' if exact else 'normal'} mode: recall {right / wanted:.3f}, precision {right / found:.3f}")


def common(documents: list[Document]) -> list[str]:
    """Return the terms of one or two characters that stand nearest to a fifth of all documents."""
    counts: Counter[str] = Counter()
    for document in documents:
        text = chain(document.text)
        counts.update(
            {term for at in range(len(text)) for term in (text[at], text[at : at + 2]) if re.fullmatch(HAN, term)}
        )
    return sorted(counts, key=lambda term: abs(counts[term] - len(documents) / 5))[:20]


def main(folder: Path, count: int) -> None:
    """Build, time, compare."""
    random.seed(1)
    documents = made(texts(folder), count)
    call_command("migrate", verbosity=0)
    start = time.process_time()
    engine().rebuild(documents)
    size = sum(file.stat().st_size for file in (PLACE / "index").rglob("*") if file.is_file())
    print(
        f"{count} passages, {sum(len(d.text) for d in documents)} characters: built in {time.process_time() - start:.1f} CPU s, {size / 1e6:.1f} MB"
    )
    records.keep(documents)
    fifth = common(documents)
    for index in range(1, 4):
        engine().search(Query(fifth[index]))
    timed("2 to 4 characters", (Query(drawn(documents, random.choice((2, 3, 4)))) for _ in range(ROUNDS)))
    timed(
        "2 to 4 characters, exact",
        (Query(drawn(documents, random.choice((2, 3, 4))), exact=True) for _ in range(ROUNDS)),
    )
    timed("12 characters", (Query(drawn(documents, 12)) for _ in range(ROUNDS)))
    timed("two words", (Query(f"{drawn(documents, 2)} {drawn(documents, 1)}") for _ in range(ROUNDS)))
    timed("one character", (Query(drawn(documents, 1)) for _ in range(ROUNDS)))
    timed("a word in a fifth of all", (Query(fifth[at % 20]) for at in range(ROUNDS)))
    timed("a word in a fifth of all, exact", (Query(fifth[at % 20], exact=True) for at in range(ROUNDS)))
    timed(
        "a word in a fifth, two filters",
        (Query(fifth[at % 20], kinds=("entry",), places=(1, 5)) for at in range(ROUNDS)),
    )
    recall(documents, exact=False)
    recall(documents, exact=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
