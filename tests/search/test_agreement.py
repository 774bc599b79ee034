"""Both engines give the same answer: hits, order, total, facets and counts of names."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.document import FACETS, Document
from search.engines import Engine
from search.engines.elasticsearch import open_engine as open_elasticsearch
from search.engines.whoosh import open_engine as open_whoosh
from search.query import SORTS, Alias, Query


@pytest.fixture(scope="module")
def both(documents, elasticsearch_url: str, tmp_path_factory) -> Iterator[tuple[Engine, Engine]]:
    """Yield both engines with the same documents, some of them changed and taken out again."""
    embedded = open_whoosh(f"whoosh:{tmp_path_factory.mktemp('agreement')}")
    distributed = open_elasticsearch(f"{elasticsearch_url}/zhihui-agreement-{random.randrange(10**9)}")
    for engine in (embedded, distributed):
        engine.rebuild(documents)
        engine.change([replace(document, title=document.title * 2) for document in documents[10:30]], [5, 6, 7])
    yield embedded, distributed
    distributed.building.clear(keep=())
    distributed.close()


def drawn(documents: list[Document], chance: random.Random) -> Query:
    """Return a query of any form that a reader can send."""

    def piece() -> str:
        text = chance.choice(documents).text
        start = chance.randrange(len(text))
        found = text[start : start + chance.choice((1, 1, 2, 2, 2, 3, 4, 12))]
        # As somebody types it from memory.
        return found.replace("，", chance.choice(("，", "", " ")))

    words = " ".join(piece() for _ in range(chance.choice((1, 1, 1, 2))))
    return Query.read(
        chance.choice((words, words, f'"{words}"', "", "Avenue Joffre", "churches", "二〇二六年", "徐 家", "王 小 川")),
        exact=chance.random() < 0.2,
        kinds=chance.choice(((), (), ("entry",), ("entry", "place"), ("none",))),
        places=chance.choice(((), (), (901,), (901, 904))),
        decades=chance.choice(((), (), (), (1790,))),
        themes=chance.choice(((), (), ("人物",))),
        since=chance.choice((None, None, 655_000)),
        until=chance.choice((None, None, 658_000)),
        exclude=chance.choice(((), range(30, 50))),
        page=chance.choice((1, 1, 2, 99)),
        sort=chance.choice(SORTS),
    )


@pytest.mark.parametrize("seed", range(6))
def test_fifty_questions_have_one_answer(both: tuple[Engine, Engine], documents, seed: int) -> None:
    chance = random.Random(seed)
    found = 0
    for _ in range(50):
        query = drawn(documents, chance)
        if chance.random() < 0.4:
            other = drawn(documents, chance).text
            query = replace(query, aliases=(Alias(query.text, ("徐家匯", other)),), first=(chance.randrange(1, 120),))
        one, two = (engine.search(query) for engine in both)
        assert replace(one, took_ms=0) == replace(two, took_ms=0), query
        found += bool(one.total)
    assert found > 20


def test_every_facet_is_counted_by_both(both: tuple[Engine, Engine]) -> None:
    for engine in both:
        assert set(engine.search(Query("水")).facets) == set(FACETS)


def test_both_hold_the_same_content(both: tuple[Engine, Engine]) -> None:
    assert both[0].contents() == both[1].contents()
