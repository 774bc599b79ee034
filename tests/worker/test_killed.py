"""A worker that is killed in the middle of its work: what it did is done again, once, by the next, and nothing is there twice."""

import signal
import subprocess
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from benchmarks.broken_pictures import png
from media.models import Image
from media.repair import SIZES, files
from search.models import Lease
from tests.waiting import until

pytestmark = pytest.mark.each_database


def test_what_a_killed_worker_left_is_done_by_the_next(worker: Callable[[], subprocess.Popen]) -> None:
    # Large enough to be killed over.
    image = Image.objects.create(title="图", file=ContentFile(png(8_000, 8_000, colour=6, depth=8), "large.png"))
    first = worker()
    until(lambda: DBTaskResult.objects.running().exists())
    first.send_signal(signal.SIGKILL)
    first.wait()
    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == ("RUNNING", 1)
    # A minute without a sign of life.
    Lease.objects.filter(name="worker").update(until=timezone.now())
    second = worker()
    until(lambda: DBTaskResult.objects.successful().exists())
    row.refresh_from_db()
    assert len(row.worker_ids) == 2
    assert image.renditions.count() == 3
    assert len(files(image.file.storage, SIZES)) == 3
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=300) == 0
    assert Lease.objects.get(name="worker").holder == "", "a worker that ends in peace keeps nobody waiting"


def test_one_of_two_works(worker: Callable[[], subprocess.Popen]) -> None:
    """The other waits, and takes over."""
    images = [Image.objects.create(title="图", file=ContentFile(png(60, 60), f"{n}.png")) for n in range(6)]
    both = worker(), worker()
    until(lambda: DBTaskResult.objects.successful().count() == len(images))
    assert len({tuple(row.worker_ids) for row in DBTaskResult.objects.all()}) == 1
    for process in both:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=300) for process in both] == [0, 0]
