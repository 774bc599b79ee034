"""What was withdrawn leaves the files of the index too, soon and without doubling or losing anything."""

from dataclasses import replace
from pathlib import Path

import pytest

from cms.worker.loop import Loop
from search import outbox
from search.document import Document
from search.engines import engine
from search.engines.whoosh import WhooshEngine
from search.finding import find
from search.query import Query
from search.rebuilding import rebuild

ONE = Document(id=1, kind="entry", uid="U-1", title="徐家汇", text="浜边的旧事")
SECRET = Document(id=2, kind="entry", uid="U-2", title="密件", text="zqcanary 密而不宣")


def stands(root: Path, word: str) -> bool:
    """Whether a word stands in any file under a folder."""
    return any(word.encode() in file.read_bytes() for file in root.rglob("*") if file.is_file())


def test_a_purge_takes_the_words_and_leaves_the_rest(whoosh: WhooshEngine) -> None:
    root = whoosh.place.root
    whoosh.rebuild([ONE, SECRET, *(replace(ONE, id=number, uid=f"U-{number}") for number in range(3, 30))])
    before = whoosh.search(Query("浜边")).ids
    whoosh.change([], [2])
    assert stands(root, "zqcanary")  # Whoosh only marks it
    assert whoosh.purge(most=5) == 0
    assert stands(root, "zqcanary")
    assert whoosh.purge() == 29
    assert not stands(root, "zqcanary")
    assert not stands(root, "密而不宣")
    assert whoosh.search(Query("浜边")).ids == before
    assert whoosh.purge() == 0
    assert whoosh.damaged() == []


def test_both_engines_answer_after_a_purge_as_before(empty) -> None:
    empty.change([ONE, SECRET])
    empty.change([replace(ONE, text="浜边的新事")], [2])
    empty.purge()
    assert empty.search(Query("浜边")).ids == (1,)
    assert empty.search(Query("zqcanary")).ids == ()
    assert empty.contents().keys() == {1}


@pytest.mark.each_database
@pytest.mark.django_db
def test_a_purge_waits_until_nothing_waits(library) -> None:
    """What is tied to the one that went still has its name, as long as it is on its way."""
    library.shelf.update({1: ONE, 2: SECRET})
    rebuild()
    del library.shelf[2]
    outbox.enqueue([2])
    assert outbox.purge() == 0
    outbox.drain()
    outbox.enqueue([1])
    assert outbox.purge() == 0
    assert stands(library.root, "zqcanary")
    outbox.drain()
    outbox.purge(outbox.PROMPT)
    assert not stands(library.root, "zqcanary")
    assert find(Query("浜边")).ids == (1,)


@pytest.mark.each_database
def test_a_publication_that_withdraws_purges_a_small_index_itself(committed, library, settings) -> None:
    library.shelf.update({1: ONE, 2: SECRET})
    rebuild()
    settings.SEARCH_DRAIN = "inline"
    del library.shelf[2]
    outbox.enqueue([2])
    assert not stands(library.root, "zqcanary") or outbox.waiting()


@pytest.mark.django_db
def test_a_long_purge_is_followed_by_a_long_rest(library, monkeypatch) -> None:
    """Whoever has the time does not spend all of it."""
    library.shelf[1] = ONE
    rebuild()
    outbox.enqueue([1])
    outbox.drain()
    monkeypatch.setattr("search.outbox._purged_until", float("-inf"))
    moments = iter([100.0, 100.0, 107.0])
    with monkeypatch.context() as slow:
        slow.setattr("search.outbox.monotonic", lambda: next(moments))
        outbox.purge()
    outbox.enqueue([1])
    outbox.drain()
    asked = []
    with monkeypatch.context() as later:
        later.setattr(type(engine()), "purge", lambda self, most=None: asked.append(most) or 0)
        for now in (150.0, 176.9, 177.1):
            later.setattr("search.outbox.monotonic", lambda now=now: now)
            outbox.purge()
    assert asked == [None]


@pytest.mark.django_db
def test_without_an_index_there_is_nothing_to_purge(library, monkeypatch) -> None:
    monkeypatch.setattr("search.outbox._purged_until", float("-inf"))
    outbox._outdated.set()
    assert outbox.purge() == 0
    rebuild()
    assert outbox.purge(outbox.PROMPT) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["inline", "worker"])
def test_the_worker_purges_when_nothing_waits(library, settings, monkeypatch, mode: str) -> None:
    monkeypatch.setattr("search.outbox._purged_until", float("-inf"))
    library.shelf.update({1: ONE, 2: SECRET})
    rebuild()
    del library.shelf[2]
    outbox.enqueue([2])
    outbox.drain()
    assert stands(library.root, "zqcanary")
    settings.SEARCH_DRAIN = mode
    Loop().index()
    assert not stands(library.root, "zqcanary")
    assert find(Query("浜边")).ids == (1,)
