"""Server CPU and SQL queries of the main public pages, warm, beside what quality asks of them.

Run after `make demo` has loaded the library:  .venv/bin/python benchmarks/pages.py [rounds]
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from cms.models import Shelf  # noqa: E402
from cms.models.kinds import kinds  # noqa: E402
from cms.visibility import visible  # noqa: E402

# At most so many queries, and half of the CPU milliseconds that Wagtail's own showcase takes on the same machine.
TARGETS = {"home": (15, 52.0), "detail": (12, 17.5), "listing": (10, 45.0), "search": (8, 54.5)}
WARM_UP = 5


def addresses() -> Iterator[tuple[str, str, str]]:
    """Yield the sort of page, what it shows, and its address: each kind's richest holding, each shelf."""
    yield "home", "home", "/"
    yield "home", "home in English", "/en/"
    for kind in kinds():
        seen = visible(kind.objects.all(), None)
        if fullest := max(seen, key=lambda holding: len(getattr(holding, "body", "")), default=None):
            yield "detail", f"{kind._meta.label_lower} {fullest.uid}", fullest.get_url()
    for shelf in visible(Shelf.objects.all(), None):
        yield "listing", shelf.slug, shelf.get_url()
    for words in ("徐家汇", "霞飞路", "的", "xujiahui"):
        yield "search", words, f"/search/?q={words}"


def measure(client: Client, address: str, rounds: int) -> tuple[int, float, int]:
    """Return the queries, the median CPU milliseconds and the HTML bytes of one warm page."""
    for _ in range(WARM_UP):
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    asked, times = len(queries), []
    for _ in range(rounds):
        start = time.process_time()
        client.get(address)
        times.append(1000 * (time.process_time() - start))
    return asked, statistics.median(times), len(response.content)


def main() -> None:
    """Print the table; a figure over its target carries a mark."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="identity")
    print(f"{'page':8} {'queries':>8} {'target':>7} {'CPU ms':>8} {'target':>7} {'KB':>6}  what")
    for sort, what, address in addresses():
        queries, cpu, size = measure(client, address, rounds)
        most, slowest = TARGETS[sort]
        over = "  OVER" if queries > most or cpu > slowest else ""
        print(f"{sort:8} {queries:8} {most:7} {cpu:8.1f} {slowest:7} {size / 1000:6.1f}  {what}{over}")


if __name__ == "__main__":
    main()
