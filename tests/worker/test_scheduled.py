"""What time alone changes: texts go live and expire by the worker's clock, and the index follows; no command, no cron."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from authorities.models import Place
from cms.models import Shelf
from cms.worker import queue, scheduled
from cms.worker.loop import Loop
from search.models import Record
from tests.waiting import until


@pytest.fixture
def put(db: None) -> Callable[..., Place]:
    """Return a function that puts a place on its shelf."""

    def make(title: str, **fields: object) -> Place:
        shelf = Shelf.objects.get(slug=Place.shelf.slug)
        return shelf.add_child(instance=Place(title=title, place_type="road", **fields))

    return make


def round_of_the_clock(later: timedelta) -> None:
    """Let the clock come round at a later time, and do what it asked for."""
    with time_machine.travel(timezone.now() + later):
        scheduled.look()
        while queue.work_one("a worker"):
            pass


@pytest.mark.each_database
def test_a_text_goes_live_when_its_time_has_come(put: Callable[..., Place], client: Client) -> None:
    place = put("淮海中路", live=False)
    place.go_live_at = timezone.now() + timedelta(hours=1)
    place.save_revision().publish()
    round_of_the_clock(timedelta(minutes=59))
    assert not Place.objects.get(pk=place.pk).live
    round_of_the_clock(timedelta(minutes=61))
    assert Place.objects.get(pk=place.pk).live
    with time_machine.travel(timezone.now() + timedelta(minutes=62)):
        assert client.get(place.url).status_code == 200
        scheduled.look()
    assert DBTaskResult.objects.count() == 1


@pytest.mark.each_database
def test_a_text_expires_and_leaves_the_index(
    put: Callable[..., Place], index: None, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        place = put("淮海中路", expire_at=timezone.now() + timedelta(hours=1))
    assert Record.objects.filter(pk=place.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        round_of_the_clock(timedelta(minutes=61))
    place.refresh_from_db()
    assert (place.live, place.expired) == (False, True)
    assert not Record.objects.filter(pk=place.pk).exists()


def test_one_that_cannot_be_published_stops_no_other(put: Callable[..., Place]) -> None:
    """It stands in the report with its reason instead."""
    due = timezone.now() + timedelta(hours=1)
    first, second = put("甲路", live=False), put("乙路", live=False)
    for place in (first, second):
        place.go_live_at = due
        place.save_revision().publish()
    revision = first.latest_revision
    revision.content["date_text"] = "天知道哪一年"
    revision.save()
    round_of_the_clock(timedelta(minutes=61))
    assert [Place.objects.get(pk=place.pk).live for place in (first, second)] == [False, True]
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.each_database
def test_what_was_given_more_time_meanwhile_stays(put: Callable[..., Place]) -> None:
    place = put("淮海中路", expire_at=timezone.now() - timedelta(minutes=1))
    scheduled.look()
    Place.objects.filter(pk=place.pk).update(expire_at=None)
    while queue.work_one("a worker"):
        pass
    assert Place.objects.get(pk=place.pk).live


@pytest.mark.each_database
def test_the_loop_does_all_this_by_itself(transactional_db: None, settings: object) -> None:
    """From the editor's form to the page, with nothing but the worker running."""
    shelf = Shelf.objects.get(slug=Place.shelf.slug)
    place = shelf.add_child(instance=Place(title="淮海中路", place_type="road", live=False))
    place.go_live_at = timezone.now() + timedelta(seconds=1)
    place.save_revision().publish()
    loop = Loop()
    thread = Thread(target=loop.run)
    thread.start()
    try:
        # Its first round may come a moment too early.
        until(
            lambda: (
                timezone.now() > place.go_live_at
                and (loop.clock.due.clear() or True)
                and Place.objects.get(pk=place.pk).live
            )
        )
        assert Client().get(place.url).status_code == 200
    finally:
        loop.stopping.set()
        thread.join()


def test_the_site_begins_its_worker_with_the_first_request(transactional_db: None, settings: object) -> None:
    """In a process of its own, as a server runs it; the tests' own process must not have one."""
    import subprocess
    import sys

    from tests.worker.conftest import address

    program = (
        "import django, threading; django.setup()\n"
        "from django.test import Client\n"
        "names = lambda: {thread.name for thread in threading.enumerate()}\n"
        "assert 'worker' not in names()\n"
        "assert Client().get('/robots.txt').status_code == 200\n"
        "assert 'worker' in names()\n"
        "assert Client().get('/robots.txt').status_code == 200\n"
        "assert sorted(thread.name for thread in threading.enumerate()).count('worker') == 1\n"
    )
    import os

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DATABASE_URL": address()}
    environment |= {"VAR_DIR": str(settings.MEDIA_ROOT.parent)}
    for mode, code in (("inside", 0), ("apart", 1)):
        environment["WORKER"] = mode
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
        assert done.returncode == code, done.stderr
