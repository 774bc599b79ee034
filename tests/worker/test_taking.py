"""Tasks: asked for with the change that wants them and never twice at once, failed with a reason, taken up again, forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from benchmarks.broken_pictures import png
from cms.worker import loop, queue
from cms.worker.clock import Clock, mend_pictures
from media.models import Image
from media.renditions import make_by_id
from search.lease import lease

pytestmark = pytest.mark.each_database

DONE: list[str] = []


@task(backend="worker")
def note(word: str) -> None:
    """Write down that it was done, unless it is asked to fail."""
    DONE.append(word)
    if word == "fail":
        raise OSError(28, "No space left on device")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    """Begin with an empty sheet."""
    DONE.clear()


def picture(data: bytes = png(60, 60)) -> Image:
    """Keep a picture as a form does, without its sizes."""
    return Image.objects.create(title="图", file=ContentFile(data, "a.png"))


def work() -> int:
    """Do all that waits; return how many tasks were done."""
    count = 0
    while queue.work_one("a worker"):
        count += 1
    return count


def test_sizes_are_asked_for_in_the_transaction_of_the_picture(db: None) -> None:
    """So that neither is there without the other, whenever the process ends."""
    with transaction.atomic():
        picture()
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    image = picture()
    assert not image.renditions.exists(), "made in the request"
    assert work() == 1
    assert image.renditions.count() == 3
    image.title = "另一个题名"
    image.save()
    assert work() == 0


def test_what_waits_or_runs_is_not_asked_for_again(db: None) -> None:
    assert queue.ask_once(note, "a")
    assert not queue.ask_once(note, "a")
    assert queue.ask_once(note, "b")
    DBTaskResult.objects.update(status="RUNNING")
    assert not queue.ask_once(note, "a")
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert queue.ask_once(note, "a")


def test_what_failed_is_tried_again_by_the_clock_after_a_while(db: None) -> None:
    queue.ask_once(note, "fail")
    assert work() == 1
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert not queue.ask_once(note, "fail")
    with time_machine.travel(timezone.now() + queue.AGAIN + timedelta(seconds=1)):
        assert queue.ask_once(note, "fail")
        assert work() == 1
    assert DONE == ["fail", "fail"]
    assert DBTaskResult.objects.count() == 1


def test_what_can_never_be_done_is_left_alone(db: None) -> None:
    """A broken picture would be tried for ever."""
    image = picture()
    with open(image.file.path, "wb") as file:
        file.write(b"no picture")
    work()
    with time_machine.travel(timezone.now() + 10 * queue.AGAIN):
        assert not queue.ask_once(make_by_id, image.pk)
        assert queue.again(DBTaskResult.objects.get())
        assert not queue.again(DBTaskResult.objects.get())


def test_one_that_ends_its_worker_each_time_is_given_up(db: None) -> None:
    note.enqueue("a")
    for ended in range(1, queue.MOST + 1):
        row = DBTaskResult.objects.get()
        assert row.status == "READY"
        row.claim(f"worker {ended}")
        queue.retake()
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "cms.worker.queue.WorkerDied")
    assert not queue.work_one("another")


def test_a_command_leaves_the_work_to_whoever_is_at_it(db: None, settings: object) -> None:
    settings.WORKER = "inside"
    note.enqueue("a")
    with lease(loop.NAME) as held:
        assert held
        loop.finish()
        assert DONE == []
    settings.WORKER = "apart"
    loop.finish()
    assert DONE == []
    settings.WORKER = "inside"
    loop.finish()
    assert DONE == ["a"]


def test_old_results_are_forgotten(db: None) -> None:
    for word in ("a", "fail"):
        note.enqueue(word)
    work()
    for later, left in ((timedelta(0), 2), (queue.KEPT, 1), (queue.KEPT_FAILED, 0)):
        with time_machine.travel(timezone.now() + later + timedelta(minutes=1 if later else 0)):
            queue.prune()
        assert DBTaskResult.objects.count() == left


def test_pictures_without_sizes_get_them(db: None) -> None:
    """Whatever happened: never asked for, half of them there, a file lost from the disk."""
    whole, never, half, lost = (picture() for _ in range(4))
    work()
    DBTaskResult.objects.all().delete()
    never.renditions.all().delete()
    half.renditions.first().delete()
    one = lost.renditions.last()
    one.file.storage.delete(one.file.name)
    assert mend_pictures() == 3
    assert mend_pictures() == 0, "asked for twice"
    assert work() == 3
    for image in (whole, never, half, lost):
        assert all(r.file.storage.exists(r.file.name) for r in image.renditions.all())
        assert image.renditions.count() == 3
    assert mend_pictures() == 0


def test_what_fails_in_a_round_stops_no_other(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = ((20, lambda: 1 / 0), (20, lambda: DONE.append("second")))
    monkeypatch.setattr("cms.worker.clock.ROUNDS", rounds)
    clock = Clock()
    clock.tick()
    clock.tick()
    assert DONE == ["second"]
