"""A search server that is gone, hangs, or refuses: readers are answered, publishing goes on, nothing is lost."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from elasticsearch import Elasticsearch

from search import outbox
from search.checking import compare
from search.document import Document
from search.engines import engine
from search.engines.elasticsearch import connection
from search.engines.elasticsearch.connection import QUICK
from search.engines.elasticsearch.schema import fingerprint
from search.finding import answer, find
from search.hits import EngineDown
from search.query import Query
from search.rebuilding import Watch, rebuild
from search.resting import Rest
from tests.search.line import Line

ONE = Document(id=1, kind="place", uid="U-1", title="淮海中路", names=("霞飞路",), text="梧桐夹道", authority=True)
LONG = 600.0
"""Seconds for which a server that did not answer is left alone here, so that no test depends on how fast it is itself."""


@pytest.fixture
def line(elasticsearch_url: str, library, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Yield the line to the server of a site with one place in its index."""
    monkeypatch.setattr(connection, "REST", LONG)
    monkeypatch.setattr(connection, "LONGEST_REST", LONG)
    monkeypatch.setattr(outbox, "rest", Rest(LONG, LONG))
    made = Line(elasticsearch_url)
    settings.SEARCH_URL = f"{made.url}/zhihui-{uuid.uuid4().hex}"
    library.shelf[1] = ONE
    yield made
    made.turn("open")
    engine().close()
    engine().building.clear(keep=())
    engine().close()
    made.close()


@pytest.fixture
def trouble(line: Line, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts the line in trouble, in which nobody waits longer than a moment, or opens it again."""

    def begin(mode: str) -> None:
        monkeypatch.setattr(connection, "QUICK", 60.0 if mode == "open" else 0.5)
        line.turn(mode)

    return begin


def test_somebody_who_waits_waits_for_one_question() -> None:
    """How long that is; the tests below count the questions."""
    assert QUICK <= 1.0
    assert outbox.PATIENCE <= 0.5


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("mode", ["cut", "hang"])
@pytest.mark.django_db
def test_readers_are_answered_from_titles_and_names(line: Line, trouble: Callable[[str], None], mode: str) -> None:
    rebuild()
    assert not find(Query("梧桐")).degraded
    trouble(mode)
    for words in ("霞飞路", "xiafeilu", "梧桐", ""):
        answer(Query(words))
    assert line.vain == 1
    found = answer(Query("霞飞路"))
    assert found.hits.degraded
    assert found.hits.ids == (1,)
    trouble("open")
    engine().close()
    assert answer(Query("梧桐")).hits.ids == (1,)


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("mode", ["cut", "hang"])
def test_publishing_goes_on_and_the_backlog_drains(
    line: Line, trouble: Callable[[str], None], committed, library, settings, mode: str
) -> None:
    settings.SEARCH_DRAIN = "inline"
    rebuild()
    trouble(mode)
    for number in range(2, 12):
        library.shelf[number] = Document(id=number, kind="entry", uid=f"U-{number}", title="武康路", text="梧桐")

        def publish(number: int = number) -> None:
            with transaction.atomic():
                outbox.enqueue([number])

        publish()
    assert line.vain == 1
    assert outbox.waiting() == 10
    trouble("open")
    engine().close()
    outbox.drain()
    assert outbox.waiting() == 0
    assert find(Query("梧桐")).total == 11


def test_an_import_waits_once_for_all_its_holdings(
    line: Line, trouble: Callable[[str], None], committed, library, settings
) -> None:
    """Each of its holdings asks for its own way to the index; and the server is not sent the same batch hundreds of times."""
    settings.SEARCH_DRAIN = "inline"
    rebuild()
    trouble("hang")
    library.shelf.update({n: Document(id=n, kind="entry", uid=f"U-{n}", title="武康路") for n in range(2, 302)})

    def publish() -> None:
        with transaction.atomic():
            for number in range(2, 302):
                outbox.enqueue([number])

    publish()
    assert line.vain == 1
    assert outbox.waiting() == 300
    trouble("open")
    engine().close()
    outbox.drain()
    assert outbox.waiting() == 0
    assert find(Query("武康路")).total == 300


@pytest.mark.django_db
def test_an_index_that_refuses_writes_loses_none(line: Line, library) -> None:
    rebuild()

    def block(blocked: bool | None) -> None:
        engine().connection.patiently(
            lambda client: client.indices.put_settings(index=engine().name, settings={"index.blocks.write": blocked})
        )

    block(True)
    library.shelf[1] = Document(id=1, kind="place", uid="U-1", title="武康路")
    outbox.enqueue([1])
    with pytest.raises(EngineDown):
        outbox.drain()
    assert outbox.waiting() == 1
    assert find(Query("梧桐")).total == 1
    block(None)
    outbox.drain()
    assert find(Query("梧桐")).total == 0
    assert find(Query("武康路")).ids == (1,)


@pytest.mark.django_db
def test_an_index_that_is_gone_from_the_server_comes_back(line: Line) -> None:
    rebuild()
    engine().building.clear(keep=())
    assert engine().health().state == "missing"
    assert find(Query("梧桐")).ids == (1,)
    assert engine().health().state == "ok"


@pytest.mark.django_db
def test_a_server_that_is_down_is_not_asked_by_every_reader(line: Line, trouble: Callable[[str], None]) -> None:
    rebuild()
    trouble("hang")
    for _reader in range(20):
        find(Query("梧桐"))
    assert line.vain == 1
    assert engine().health().state == "down"


@pytest.mark.django_db
def test_a_worker_rebuilds_an_index_that_the_cluster_has_lost(line: Line) -> None:
    """Its only shard is on no node; a node that restarts would bring it back, so that is waited for first."""
    rebuild()
    lost = f"{engine().name}-{fingerprint()}-1"
    nowhere = {"index.routing.allocation.require._name": "nobody"}

    def lose(client: Elasticsearch) -> None:
        client.indices.create(index=lost, settings=nowhere, aliases={engine().name: {}}, wait_for_active_shards="0")

    engine().building.clear(keep=())
    engine().connection.patiently(lose)
    assert engine().health().state == "broken"
    assert answer(Query("霞飞路")).hits.degraded
    Watch(every=0).look()
    assert engine().health().state == "broken"
    watch = Watch(every=0, lost_after=0)
    watch.look()
    assert engine().health().state == "ok"
    assert answer(Query("梧桐")).hits.ids == (1,)


@pytest.mark.django_db
def test_a_worker_rebuilds_an_index_that_is_gone_though_nobody_searches(line: Line) -> None:
    assert engine().health().state == "missing"
    Watch().look()
    assert engine().health().state == "ok"


@pytest.mark.django_db
def test_a_change_that_a_hanging_server_carries_out_late_undoes_nothing(
    line: Line, library, settings, elasticsearch_url: str
) -> None:
    """What was sent before the hanging began and given up stays on its way; meanwhile a later change gets through elsewhere."""
    rebuild()
    line.turn("hang")
    library.shelf[1] = replace(ONE, text="改了一次")
    library.shelf[2] = replace(ONE, id=2, uid="U-2")
    outbox.enqueue([1, 2])
    with pytest.raises(EngineDown):
        outbox.drain(within=0.3)
    held_up = engine()
    settings.SEARCH_URL = settings.SEARCH_URL.replace(line.url, elasticsearch_url)
    library.shelf[1] = replace(ONE, text="改了两次")
    del library.shelf[2]
    outbox.enqueue([1, 2])
    outbox.drain()
    assert find(Query("改了两次")).ids == (1,)
    line.turn("open")
    arrived = line.passed
    while line.passed == arrived:
        time.sleep(0.01)
    time.sleep(0.5)
    engine().connection.patiently(lambda client: client.indices.refresh(index=engine().name))
    assert find(Query("改了两次")).ids == (1,)
    assert compare().same
    held_up.close()
