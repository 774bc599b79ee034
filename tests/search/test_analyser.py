"""The chain is one: the analysers of an index on the server give the elements that ours gives."""

import itertools
import random
from collections.abc import Iterator

import pytest

from search.analysis import chain, elements
from search.engines.elasticsearch import ElasticsearchEngine, open_engine

CHARACTERS = "髙黃畧㑹逺黄高ＡｂC'’ʼ-‐–_ \n\t\u3000，。·ée\u0301éミルクかな々〇𠮷𡈽①²Ⅳßα٣ﾞｶ㈱⟦1a⟧\ufe0f\u200b한글‘ʻ´`ʿßæŁøİﬁđ⑫㈠⒈○零⻢⾼Ⅷ№™㎏½"
WHOLE = (
    "髙黃浦匯 ＡＢＣ１２ Café", "家·梧桐樹下", "a1b2漢 x漢", "Churches, boxes and buzzes", "cities' ladies’ days",
    "T’ou-sè-wè 土山灣", "Zi-ka-wei", "“霞飛路”（今淮海中路）", "二〇二六年·春", "卷一⟦013-1a⟧卷二", "ﾐﾙｸ色のミルク",
    "𠮷祥之兆，里人相慶", "第1段\n\n第2段", "A\u030angström", "x" * 300, "o'" * 150 + "x", "，" * 2000 + "漢", "漢" * 3000,
    "One, two. ‘Three’ four; Maʻ Hsü’s", "Łódź Straße Ærø oﬃce İzmir", "崇祯六年，徐光启卒；AI，大模型、1562，卒", "第⑫号㈠二○二零",
)  # fmt: skip


@pytest.fixture(scope="module")
def analysing(elasticsearch_url: str) -> Iterator[ElasticsearchEngine]:
    """Yield the engine of an empty index."""
    engine = open_engine(f"{elasticsearch_url}/zhihui-analyser-{random.randrange(10**9)}")
    engine.rebuild([])
    yield engine
    engine.building.clear(keep=())
    engine.close()


def texts(documents) -> list[str]:
    """Return more than five hundred strings: lines of the library, whole examples, and odd ones made by chance."""
    chance = random.Random(7)
    lines = [line for document in documents for line in (document.title, *document.text.split("\n"))]
    odd = ["".join(chance.choices(CHARACTERS, k=chance.randint(1, 16))) for _ in range(400)]
    return [*WHOLE, *lines, *odd]


@pytest.mark.parametrize("mode", ["folded", "literal"])
def test_five_hundred_strings_have_the_same_tokens(analysing: ElasticsearchEngine, documents, mode: str) -> None:
    tried = texts(documents)
    assert len(tried) > 500
    for text in tried:
        wanted = elements(chain(text, exact=mode == "literal"))
        assert analysed(analysing, mode, text) == wanted, text
        pairs = [f"{one} {two}" for one, two in itertools.pairwise(wanted)]
        assert analysed(analysing, f"{mode}_pairs", text) == pairs, text


def analysed(engine: ElasticsearchEngine, analyser: str, text: str) -> list[str]:
    """Return what the server makes of a text."""
    answer = engine.connection.patiently(
        lambda client: client.indices.analyze(index=engine.name, analyzer=analyser, text=text)
    )
    return [token["token"] for token in answer["tokens"]]


def test_an_index_of_another_chain_asks_for_a_rebuild(analysing: ElasticsearchEngine, monkeypatch) -> None:
    assert analysing.health().state == "ok"
    monkeypatch.setattr("search.engines.elasticsearch.schema.fingerprint", lambda: "0" * 12)
    assert analysing.health().state == "stale"
