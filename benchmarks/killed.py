"""Kill the site with SIGKILL, again and again, while it edits and while it rebuilds its index: what is left, and is anything lost?

.venv/bin/python benchmarks/killed.py [KILLS]      (SEARCH_URL names an Elasticsearch; without it, Whoosh)
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
CHILD = sys.argv[1:2] == ["child"]
PLACE = Path(sys.argv[3] if CHILD else tempfile.mkdtemp(prefix="zhihui-killed-"))
# A library of its own: neither the demo's database nor a real one is touched.
os.environ.update(VAR_DIR=str(PLACE), DJANGO_SETTINGS_MODULE="cms.settings.demo")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

import shutil  # noqa: E402
from datetime import timedelta  # noqa: E402
from io import StringIO  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from cms.models import Holding  # noqa: E402
from search import lease, outbox, rebuilding  # noqa: E402
from search.checking import compare  # noqa: E402
from search.engines import engine  # noqa: E402

LONGEST = 1.5
"""Seconds that a child lives at most once it works."""
# A dead holder keeps others out for a minute; fifty of them would make this an hour.
lease.LENGTH = timedelta(seconds=2)


def edit(number: int) -> None:
    """Publish a change to some holding, as a librarian does, and say so when it is committed."""
    holding = random.choice(Holding.objects.live().exclude(summary="").values_list("pk", flat=True)[:200])
    page = Holding.objects.get(pk=holding).specific
    page.summary = f"第{os.getpid()}次{number}改"
    page.save_revision().publish()
    print("edited", page.pk, page.summary, flush=True)


def work(kind: str) -> None:
    """Be the process that is killed: edit, or rebuild, until then."""
    print("ready", flush=True)
    for number in range(10_000):
        if kind == "edit":
            edit(number)
        else:
            rebuilding.rebuild()
            print("rebuilt", flush=True)


def one(kind: str, chance: random.Random) -> list[list[str]]:
    """Start a child, kill it at some moment; what it said that it had committed."""
    child = subprocess.Popen(
        [sys.executable, __file__, "child", kind, str(PLACE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    while child.stdout.readline().strip() != "ready":
        if child.poll() is not None:
            raise SystemExit("the child did not start")
    time.sleep(chance.uniform(0.0, LONGEST))
    child.kill()
    said = [line.split() for line in child.stdout.read().splitlines() if line.endswith("改")]
    child.wait()
    return said


def drained() -> float:
    """Work off what waits, as the next process would; the seconds until it could."""
    start = time.monotonic()
    while outbox.waiting() and time.monotonic() - start < 30:
        outbox.drain()
        time.sleep(0.05)
    return time.monotonic() - start


def main() -> None:
    """Kill, look, and count."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=StringIO())
    chance, counted, committed, lost, slowest = random.Random(7), Counter(), 0, 0, 0.0
    for number in range(kills):
        said = one(("edit", "rebuild")[number % 2], chance)
        engine().close()
        committed += len(said)
        lost += sum(not kept(int(pk), summary) for pk, summary in {pk: summary for _, pk, summary in said}.items())
        state, waiting = engine().health().state, outbox.waiting()
        counted[f"index {state} right after"] += 1
        counted["kills that left changes waiting"] += waiting > 0
        counted["half a new index left beside it"] += left_over() > 1
        slowest = max(slowest, drained())
        difference = compare()
        counted["same as the library after the next drain"] += difference.same
        if not difference.same:
            print(f"kill {number}: {list(difference.lines())}")
    while rebuilding.rebuild() is None:  # the last one killed may still hold the lease
        time.sleep(0.1)
    print(f"engine {settings.SEARCH_URL.partition(':')[0]}, {kills} kills, {committed} edits committed before them")
    for name, count in sorted(counted.items()):
        print(f"  {count:4}  {name}")
    print(f"  {lost:4}  committed edits lost")
    print(f"  {left_over():4}  index there after the last rebuild")
    print(f"  slowest drain after a kill {slowest:.1f} s (leases of {lease.LENGTH.seconds} s)")
    remove()
    sys.exit(bool(lost) or counted["same as the library after the next drain"] != kills)


def kept(pk: int, summary: str) -> bool:
    """Whether the database holds the edit, or a later one that the child had no time to tell of."""
    now = Holding.objects.get(pk=pk).summary
    (child, _, number), (its_child, _, its_number) = now.partition("次"), summary.partition("次")
    return child == its_child and int(number[:-1]) >= int(its_number[:-1])


def left_over() -> int:
    """How many indexes there are, whole and half."""
    if settings.SEARCH_URL.startswith("whoosh:"):
        return sum(folder.is_dir() for folder in Path(settings.SEARCH_URL.removeprefix("whoosh:")).iterdir())
    return len(engine().connection.patiently(lambda client: dict(client.indices.get(index=f"{engine().name}-*"))))


def remove() -> None:
    """Leave nothing behind."""
    if not settings.SEARCH_URL.startswith("whoosh:"):
        engine().building.clear(keep=())
    shutil.rmtree(PLACE)


if __name__ == "__main__":
    work(sys.argv[2]) if CHILD else main()
