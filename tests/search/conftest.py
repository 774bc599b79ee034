"""A small library of our own writing, and an engine in a folder of its own."""

import random
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from django.db import connections

from search.document import Document
from search.engines import Engine, engine
from search.engines.elasticsearch import open_engine as open_elasticsearch
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh import open_engine as open_whoosh
from search.models import Heading, Lease, Outbox, Record

PHRASES = (
    "城西有浜，舟楫往來其上", "浦水東流，其岸髙而多樹", "邑人築堤以禦潮", "橋畔有茶肆，老者坐談舊事", "徐家匯之名始於明",
    "黃浦江上晨霧初開", "黄浦江的轮渡每日往返", "逺山如黛，近水含煙", "畧述其事，以俟後之觀者", "龙华的塔，是这片土地的眼睛",
    "2026年春，路旁的梧桐又绿了", "Avenue Joffre 今为淮海中路", "孩子们在里弄里学写字", "印書館舊址在土山灣", "AI 大模型读懂了旧志",
    "Churches and old libraries stood by the creek", "café 的灯亮到夜里", "𠮷祥之兆，里人相慶", "㑹于城隍廟前，凡三日", "ミルク色的雾",
    "Łódź 的信，Straße 5", "ISBN 978-7-5439-0123-0", "二○二六年，第3卷", "讲解员：王　小　川", "T‘ien Ju-k‘ang, Tzʻu-hsi",
)  # fmt: skip
HAN = "城浜舟橋茶塔樹潮堤水岸霧江路街里弄書館廟山川田井園亭石人家志年月日春秋高髙黃黄會㑹"


def written(number: int) -> Document:
    """One document of a library made up by chance, always the same."""
    chance = random.Random(number)
    paragraphs = [
        "，".join([*chance.sample(PHRASES, 3), "".join(chance.choices(HAN, k=chance.randint(2, 12)))])
        for _ in range(chance.randint(1, 3))
    ]
    return Document(
        id=number,
        kind=chance.choice(("entry", "person", "place")),
        uid=f"XH-EN-{number:06}",
        title="".join(chance.choices(HAN, k=4)),
        title_en=f"Leaf {number}",
        text="\n".join(paragraphs),
        first=650_000 + number * 90,
        last=650_000 + number * 90 + 365,
        places=tuple(chance.sample(range(900, 906), chance.randint(0, 2))),
        themes=tuple(chance.sample(("水系与地名", "人物", "社区生活"), chance.randint(0, 2))),
    )


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    """Return 120 documents."""
    return [written(number) for number in range(1, 121)]


@pytest.fixture(scope="session", params=["whoosh", "elasticsearch"])
def filled(documents: list[Document], tmp_path_factory: pytest.TempPathFactory, request) -> Iterator[Engine]:
    """Yield each engine with all of them; for reading only."""
    with opened(request, tmp_path_factory.mktemp("filled")) as engine:
        engine.rebuild(documents)
        yield engine


@pytest.fixture(params=["whoosh", "elasticsearch"])
def empty(request, tmp_path) -> Iterator[Engine]:
    """Yield each engine with an empty index."""
    with opened(request, tmp_path) as engine:
        engine.rebuild([])
        yield engine


@contextmanager
def opened(request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """Open the engine that a fixture's parameter names; what it made on a server goes with it."""
    if request.param == "whoosh":
        yield open_whoosh(f"whoosh:{folder / 'index'}")
        return
    engine = open_elasticsearch(f"{request.getfixturevalue('elasticsearch_url')}/zhihui-{uuid.uuid4().hex}")
    yield engine
    engine.building.clear(keep=())
    engine.close()


@pytest.fixture
def whoosh(tmp_path) -> WhooshEngine:
    """Return the embedded engine with an empty index."""
    engine = open_whoosh(f"whoosh:{tmp_path / 'index'}")
    engine.rebuild([])
    return engine


@pytest.fixture
def library(settings, tmp_path, monkeypatch) -> Iterator[SimpleNamespace]:
    """Yield a site whose documents are a dictionary that the test writes in."""
    shelf: dict[int, Document] = {}

    class Source:
        def documents(self, ids=None):
            yield from [document for key, document in list(shelf.items()) if ids is None or key in ids]

        def ids(self):
            return set(shelf)

        def tied(self, ids):
            return []

        def under(self, ids):
            return []

    module = ModuleType("shelf_of_the_test")
    module.Source = Source
    monkeypatch.setitem(sys.modules, "shelf_of_the_test", module)
    settings.SEARCH_SOURCE = "shelf_of_the_test.Source"
    settings.SEARCH_URL = f"whoosh:{tmp_path / 'index'}"
    settings.SEARCH_DRAIN = "off"
    settings.SEARCH_REPAIR = "inline"
    yield SimpleNamespace(shelf=shelf, root=tmp_path / "index")
    engine().close()


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let a test commit, from several threads too; its rows are taken out by hand, since a flush would empty the site."""
    with django_db_blocker.unblock():
        yield
        for model in (Outbox, Lease, Record, Heading):
            model.objects.all().delete()
        connections.close_all()
