"""Changes reach the index: with their transaction, at least once, with one drainer at a time, whatever breaks."""

import shutil
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from search import outbox
from search.document import Document
from search.engines import engine
from search.finding import answer, find
from search.lease import lease
from search.models import Lease, Outbox, Record
from search.query import Query
from search.rebuilding import rebuild

pytestmark = pytest.mark.each_database

ONE = Document(id=1, kind="entry", uid="U-1", title="徐家汇", text="浜")


@pytest.mark.django_db
def test_what_was_saved_is_found_and_what_was_deleted_is_not(library) -> None:
    library.shelf[1] = ONE
    outbox.enqueue([1, 1])
    assert outbox.drain() == 1
    assert find(Query("徐家汇")).ids == (1,)
    assert Record.objects.get().title == "徐家汇"
    library.shelf[1] = replace(ONE, title="龙华")
    outbox.enqueue([1])
    outbox.drain()
    assert (find(Query("徐家汇")).total, find(Query("龙华")).total) == (0, 1)
    del library.shelf[1]
    outbox.enqueue([1])
    outbox.drain()
    assert find(Query("龙华")).total == 0
    assert not Record.objects.exists()
    assert outbox.waiting() == 0


def test_an_event_lives_and_dies_with_its_transaction(committed, library, settings) -> None:
    settings.SEARCH_DRAIN = "inline"
    library.shelf[1] = ONE

    def fails() -> None:
        with transaction.atomic():
            outbox.enqueue([1])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert not Outbox.objects.exists()
    with transaction.atomic():
        outbox.enqueue([1])
        assert not Record.objects.exists()
    assert find(Query("徐家汇")).ids == (1,)


def test_a_search_that_fails_never_fails_a_publication(committed, library, settings, monkeypatch) -> None:
    settings.SEARCH_DRAIN = "inline"
    rebuild()
    tried = []
    library.shelf.update({1: ONE, 2: replace(ONE, id=2)})
    with monkeypatch.context() as broken:
        broken.setattr("search.engines.whoosh.WhooshEngine.change", lambda *_, **__: tried.append(1) or 1 / 0)
        for number in (1, 2):
            with transaction.atomic():
                outbox.enqueue([number])
    assert outbox.waiting() == 2
    assert len(tried) == 1  # the second left it alone
    assert Lease.objects.get(name="drain").holder == ""
    assert outbox.drain() == 2
    assert not outbox.rest.on


@pytest.mark.django_db
def test_a_drainer_that_died_in_the_middle_leaves_its_events(library, monkeypatch) -> None:
    rebuild()
    library.shelf[1] = ONE
    outbox.enqueue([1])
    with monkeypatch.context() as broken:
        broken.setattr("search.records.keep", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            outbox.drain()
    assert outbox.drain() == 1
    assert find(Query("徐家汇")).ids == (1,)
    assert engine().health().documents == 1


@pytest.mark.django_db
def test_one_drainer_at_a_time_and_a_dead_one_is_passed(library) -> None:
    rebuild()
    outbox.enqueue([1])
    with lease("drain") as held:
        assert held
        assert outbox.drain() == 0
        Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
        assert outbox.drain() == 1


def test_several_drainers_lose_and_double_nothing(committed, library) -> None:
    rebuild()
    library.shelf.update({number: replace(ONE, id=number) for number in range(1, 41)})
    done: list[int] = []

    def work(first: int) -> None:
        for number in range(first, first + 10):
            outbox.enqueue([number])
            done.append(outbox.drain())
        connections.close_all()

    threads = [threading.Thread(target=work, args=(first,)) for first in (1, 11, 21, 31)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outbox.drain()
    assert outbox.waiting() == 0
    assert find(Query("浜")).total == engine().health().documents == Record.objects.count() == 40


@pytest.mark.django_db
def test_an_index_that_is_gone_comes_back_by_itself(library) -> None:
    library.shelf[1] = ONE
    assert find(Query("浜")).ids == (1,)
    shutil.rmtree(library.root)
    assert find(Query("浜")).ids == (1,)
    engine().close()
    for file in engine().place.current().iterdir():
        file.write_bytes(b"")
    library.shelf[2] = replace(ONE, id=2)
    outbox.enqueue([2])
    assert outbox.drain() == 1
    assert find(Query("浜")).ids == (1, 2)


@pytest.mark.django_db
def test_without_an_index_the_answer_says_so(library, settings) -> None:
    settings.SEARCH_REPAIR = "off"
    hits = find(Query("浜"))
    assert hits.degraded
    assert hits.ids == ()


@pytest.mark.django_db
def test_what_was_edited_during_a_rebuild_is_not_lost(library, monkeypatch) -> None:
    library.shelf.update({1: ONE, 2: replace(ONE, id=2, title="龙华")})
    rebuild()
    old = engine().place.current()
    build = engine().rebuild

    def edited_meanwhile(documents, progress, *, turn):
        read = list(documents)
        library.shelf[1] = replace(ONE, title="武康路")
        del library.shelf[2]
        outbox.enqueue([1, 2])
        outbox.drain()
        return build(iter(read), progress, turn=turn)

    monkeypatch.setattr(engine(), "rebuild", edited_meanwhile)
    rebuild()
    outbox.drain()
    assert find(Query("武康路")).ids == (1,)
    assert find(Query("浜")).total == 1
    assert not old.exists()


def test_what_a_dead_process_left_is_done_when_somebody_searches(committed, library, settings, monkeypatch) -> None:
    rebuild()
    monkeypatch.setattr(outbox, "_looked", float("-inf"))
    settings.SEARCH_DRAIN, settings.SEARCH_REPAIR = "off", "background"
    library.shelf[1] = Document(id=1, kind="entry", uid="U-1", title="武康路")
    outbox.enqueue([1])
    answer(Query("武康"))
    assert outbox.waiting() == 1
    settings.SEARCH_DRAIN = "inline"
    answer(Query("武康"))
    for thread in threading.enumerate():
        if thread.name == "search-catch-up":
            thread.join(10)
    assert outbox.waiting() == 0
    assert answer(Query("武康")).hits.ids == (1,)


@pytest.mark.django_db
def test_a_command_that_ends_leaves_nothing_waiting_for_a_search(library, settings) -> None:
    rebuild()
    settings.SEARCH_DRAIN = "inline"
    library.shelf[1] = ONE
    outbox.enqueue([1])
    outbox.rest.begin()
    outbox.finish()
    assert outbox.waiting() == 0
    outbox.enqueue([1])
    settings.SEARCH_DRAIN = "worker"
    outbox.finish()
    assert outbox.waiting() == 1
