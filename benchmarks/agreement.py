"""Three hundred questions on real passages, put to both engines: the same hits, the same facet counts, the same first twenty?

ELASTICSEARCH_URL=http://127.0.0.1:9200 .venv/bin/python benchmarks/agreement.py FOLDER [SEED]

FOLDER holds .txt files of Chinese, cut as they stand into 3,000 passages.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Not this folder: its search.py would stand before the room of that name.
sys.path[0] = str(ROOT)

from benchmarks.passages import KINDS, LATIN, SUBDISTRICTS, THEMES, Texts  # noqa: E402
from search.document import Document  # noqa: E402
from search.engines import Engine  # noqa: E402
from search.engines.elasticsearch import open_engine as open_elasticsearch  # noqa: E402
from search.engines.whoosh import open_engine as open_whoosh  # noqa: E402
from search.hits import Hits  # noqa: E402
from search.query import LARGEST_PAGE, SORTS, Alias, Query  # noqa: E402

PASSAGES, QUESTIONS = 3_000, 300
FORMS = ("plain", "plain", "plain", "two words", "quoted", "exact", "Latin", "only facets", "alias", "put first")

FILTERS = (
    ("kinds", KINDS[:1]),
    ("kinds", KINDS[1:3]),
    ("kinds", ("none",)),
    ("places", (901,)),
    ("places", (902, 905)),
    ("decades", (1790, 1800, 1810)),
    ("decades", (1500,)),
    ("themes", THEMES[:1]),
    ("subdistricts", SUBDISTRICTS[:2]),
    ("languages", ("en",)),
    ("pictures", ("yes",)),
    ("since", 500_000),
    ("until", 650_000),
)


@contextmanager
def both(documents: list[Document]) -> Iterator[tuple[Engine, Engine]]:
    """Yield both engines with the same documents, some of them changed and taken out again."""
    url = os.environ.get("ELASTICSEARCH_URL") or sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="zhihui-agreement-") as place:
        embedded = open_whoosh(f"whoosh:{place}")
        distributed = open_elasticsearch(f"{url.rstrip('/')}/zhihui-agreement-{os.getpid()}")
        try:
            for engine in (embedded, distributed):
                engine.rebuild(documents)
                engine.change([replace(document, title=document.title * 2) for document in documents[10:30]], [5, 6, 7])
            yield embedded, distributed
        finally:
            distributed.building.clear(keep=())
            distributed.close()
            embedded.close()


def drawn(documents: list[Document], chance: random.Random) -> tuple[str, Query]:
    """A form, and a question of this form with any facets, dates, order and page that a reader can send."""

    def piece() -> str:
        """One to twelve characters as they stand, with whatever is between them."""
        text = chance.choice(documents).text
        start = chance.randrange(len(text))
        return text[start : start + chance.choice((1, 1, 2, 2, 2, 3, 4, 6, 12))]

    form = chance.choice(FORMS)
    words = {
        "two words": f"{piece()[:2]} {piece()[:1]}",
        "quoted": f'"{piece()}"',
        "Latin": chance.choice((*LATIN, "church", "bridges gate", "CAFE", "paul", "Joffre 路")),
        "only facets": "",
    }
    filters = dict(chance.sample(FILTERS, chance.choice((0, 0, 1, 1, 2, 3))))
    excluded = {"exclude": range(30, 50), "sort": chance.choice(SORTS)}
    query = Query.read(words.get(form, piece()), exact=form == "exact", **filters, **excluded)
    if form == "alias":
        query = replace(query, aliases=(Alias(query.text, ("徐家匯", piece(), chance.choice(LATIN))),))
    if form == "put first":
        query = replace(query, first=(chance.randint(1, PASSAGES), chance.randint(1, PASSAGES)))
    return form, query


def every(engine: Engine, query: Query) -> tuple[Hits, list[int]]:
    """The first page as a reader sees it, and the ids of all pages in their order."""
    first, ids = engine.search(query), []
    for page in range(1, -(-first.total // LARGEST_PAGE) + 1):
        ids += engine.search(replace(query, page=page, size=LARGEST_PAGE)).ids
    return first, ids


def compare(one: tuple[Hits, list[int]], two: tuple[Hits, list[int]]) -> dict[str, bool]:
    """What is the same in both answers."""
    return {
        "same hits": set(one[1]) == set(two[1]) and one[0].total == two[0].total,
        "same facet counts": one[0].facets == two[0].facets,
        "same first 20": one[0].ids == two[0].ids,
        "same order of all": one[1] == two[1],
        "same counts of names": one[0].aliases == two[0].aliases,
    }


def main() -> None:
    """Ask, count, and show what differs."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    documents = list(Texts(Path(sys.argv[1])).real(PASSAGES))
    same, asked, found = Counter(), Counter(), Counter()
    with both(documents) as engines:
        for _ in range(QUESTIONS):
            form, query = drawn(documents, chance)
            one, two = (every(engine, query) for engine in engines)
            agreed = compare(one, two)
            same.update(name for name, is_same in agreed.items() if is_same)
            asked[form] += 1
            found[form] += bool(one[0].total)
            if not all(agreed.values()):
                print(f"DIFFERS in {[name[5:] for name in agreed if not agreed[name]]}: {form}, {query}")
                print(f"  Whoosh {one[0].total}: {one[0].ids}\n  Elasticsearch {two[0].total}: {two[0].ids}")
    print(f"{QUESTIONS} questions on {len(documents)} passages, {sum(found.values())} of them find something")
    print("\n".join(f"  {form}: {asked[form]} asked, {found[form]} find something" for form in sorted(asked)))
    print("\n".join(f"  {name}: {same[name]} of {QUESTIONS}" for name in agreed))
    sys.exit(any(same[name] < QUESTIONS for name in agreed))


if __name__ == "__main__":
    main()
