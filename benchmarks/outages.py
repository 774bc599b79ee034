"""Trouble with a real Elasticsearch while people search and edit: who waited, who got no answer, what was lost?

.ci/elasticsearch .venv/bin/python benchmarks/outages.py             one node: paused, refusing writes, killed and started again
.ci/elasticsearch --nodes 3 .venv/bin/python benchmarks/outages.py   three nodes: one paused, one killed
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PLACE = tempfile.TemporaryDirectory(prefix="zhihui-outages-")
GROUPS = [int(group) for group in os.environ.get("ELASTICSEARCH_PIDS", "").split(",") if group]
if not GROUPS:
    raise SystemExit(__doc__)
# A library of its own: neither the demo's database nor a real one is touched.
os.environ.update(VAR_DIR=PLACE.name, DJANGO_SETTINGS_MODULE="cms.settings.dev")
os.environ["SEARCH_URL"] = f"{os.environ['ELASTICSEARCH_URL']}/zhihui-outages"
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from cms.models import Holding  # noqa: E402
from search import outbox  # noqa: E402
from search.checking import compare  # noqa: E402
from search.engines import engine  # noqa: E402

EDITS, SEARCHES, READERS = 200, 1_000, 2
WORDS = ("徐家汇", "霞飞路", "梧桐", "的", "xujiahui", "Avenue Joffre", "吴贻弓", "电影 胶片", "志汇角", "")
WAITED: list[float] = []
BEFORE = 0.15
"""The part of the work that is done before the trouble begins."""


@dataclass
class Load:
    """What readers and a librarian met while it lasted."""

    searches: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    degraded: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    def done(self) -> float:
        """The part of the work that is done."""
        return min(len(self.searches) / SEARCHES, len(self.edits) / EDITS)

    def read(self) -> None:
        """Ask the results page."""
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        for number in range(SEARCHES // READERS):
            start = time.perf_counter()
            answer = client.get("/search/", {"q": WORDS[number % len(WORDS)]})
            self.searches.append(time.perf_counter() - start)
            if answer.status_code != 200:
                self.failed[f"search {answer.status_code}"] += 1
            else:
                self.degraded += answer.context["hits"].degraded
        connections.close_all()

    def edit(self) -> None:
        """Publish changes, one after the other."""
        ids = list(Holding.objects.live().exclude(summary="").values_list("pk", flat=True)[:EDITS])
        for number in range(EDITS):
            page = Holding.objects.get(pk=ids[number % len(ids)]).specific
            page.summary = f"第{number}改 {time.time_ns()}"
            WAITED.clear()
            start = time.perf_counter()
            try:
                page.save_revision().publish()
            except Exception as error:
                self.failed[f"edit {type(error).__name__}"] += 1
            self.edits.append(time.perf_counter() - start)
            self.waits.append(sum(WAITED))
            time.sleep(0.02)
        connections.close_all()


@contextmanager
def nothing() -> Iterator[None]:
    """No trouble, to compare with."""
    yield


@contextmanager
def paused() -> Iterator[None]:
    """The first node takes connections and answers none of them."""
    os.killpg(GROUPS[0], signal.SIGSTOP)
    yield
    os.killpg(GROUPS[0], signal.SIGCONT)


@contextmanager
def refusing() -> Iterator[None]:
    """The index is read-only, as when the server's disk is full."""
    block = {"index.blocks.read_only_allow_delete": True}
    engine().connection.patiently(lambda client: client.indices.put_settings(index=engine().name, settings=block))
    yield
    free = {"index.blocks.read_only_allow_delete": None}
    engine().connection.patiently(lambda client: client.indices.put_settings(index=engine().name, settings=free))


@contextmanager
def killed() -> Iterator[None]:
    """The first node dies at once; it is started again afterwards with the data that it left."""
    process = Path(f"/proc/{GROUPS[0]}")
    command = process.joinpath("cmdline").read_text().split("\0")[:-1]
    environment = dict(pair.split("=", 1) for pair in process.joinpath("environ").read_text().split("\0") if pair)
    folder, owner = process.joinpath("cwd").resolve(), process.stat()
    os.killpg(GROUPS[0], signal.SIGKILL)
    yield
    as_owner = {} if os.geteuid() == owner.st_uid else {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    again = subprocess.Popen(
        command, env=environment, cwd=folder, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_owner,
    )  # fmt: skip
    GROUPS[0] = again.pid


def phase(name: str, trouble: Callable) -> None:
    """Work, with trouble in the middle; then look how long it takes until all is well, and whether it is."""
    load = Load()
    threads = [threading.Thread(target=load.read) for _ in range(READERS)] + [threading.Thread(target=load.edit)]
    for thread in threads:
        thread.start()
    while load.done() < BEFORE:
        time.sleep(0.01)
    with trouble():
        for thread in threads:
            thread.join()
        waiting = outbox.waiting()
    start = time.monotonic()
    client = Client(SERVER_NAME="localhost")
    while outbox.waiting() and time.monotonic() - start < 120:
        client.get("/search/", {"q": "梧桐"})
        time.sleep(0.2)
    drained = time.monotonic() - start
    same = compare().same
    print(
        f"| {name} | {len(load.searches)} | {sum(load.failed.values())} | {load.degraded} | {quantiles(load.searches)} "
        f"| {len(load.edits)} | {quantiles(load.edits)} | {quantiles(load.waits)} | {waiting} | {drained:.1f} s | {'yes' if same else 'NO'} |",
        flush=True,
    )
    for what, count in load.failed.items():
        print(f"  {count} × {what}")


def quantiles(times: list[float]) -> str:
    """Median, 95th and slowest, in seconds."""
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2]:.2f} / {ordered[int(len(ordered) * 0.95)]:.2f} / {ordered[-1]:.2f}"


def listened(drain: Callable[[], None]) -> Callable[[], None]:
    """Note how long publishing waits for the index."""

    def timed() -> None:
        if outbox.rest.on:
            return  # it passes the index by
        start = time.perf_counter()
        drain()
        WAITED.append(time.perf_counter() - start)

    return timed


def main() -> None:
    """Load a library, then one phase after the other."""
    setup_test_environment()
    outbox._drain_inline = listened(outbox._drain_inline)
    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=StringIO())
    client = Client(SERVER_NAME="localhost")
    for words in WORDS:
        client.get("/search/", {"q": words})
    print(
        "| server | searches | failed | from titles and names | s: p50 / p95 / most | edits | s: p50 / p95 / most "
        "| of it for the index, s "
        "| left waiting | drained after | index same as library |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    phase("well", nothing)
    phase("a node paused" if len(GROUPS) > 1 else "paused", paused)
    if len(GROUPS) == 1:
        phase("refusing writes", refusing)
    phase("a node killed" if len(GROUPS) > 1 else "killed", killed)
    engine().building.clear(keep=())
    os.killpg(GROUPS[0], signal.SIGKILL)


if __name__ == "__main__":
    main()
