"""Ask the results page ten thousand things that nobody means: none may fail, none may take a second.

.venv/bin/python benchmarks/odd_queries.py [COUNT] [SEED]     (VAR_DIR and SEARCH_URL say which library and engine)
"""

import logging
import os
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from tests.cms.odd_queries import odd_queries  # noqa: E402

LIMIT = 1.0
"""Seconds that one may take."""


class Heard(logging.Handler):
    """Counts what the search room complains of: a question that a server cannot read would look like a server that is down."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count one complaint by its first words."""
        self.lines[record.getMessage()[:80]] += 1


def main() -> None:
    """Ask, count and time."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    heard = Heard()
    logging.getLogger("search").addHandler(heard)
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if client.get("/search/?q=warm").status_code != 200:
        raise SystemExit("The results page does not work at all: has `make demo` made this library?")
    statuses: Counter[int] = Counter()
    times: list[tuple[float, str]] = []
    failed: list[str] = []
    for number, asked in enumerate(odd_queries(count, seed)):
        start = time.perf_counter()
        answer = client.get(("/search/", "/en/search/")[number % 2], QUERY_STRING=asked)
        times.append((time.perf_counter() - start, asked))
        statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            failed.append(asked)
    times.sort(reverse=True)
    print(f"engine {settings.SEARCH_URL.partition(':')[0]}, {count} questions, seed {seed}")
    print("answers: " + ", ".join(f"{status}: {n}" for status, n in sorted(statuses.items())))
    print(f"over {LIMIT:g} s: {sum(took > LIMIT for took, _ in times)}")
    print(
        f"ms: p50 {1000 * times[count // 2][0]:.0f}, p95 {1000 * times[count // 20][0]:.0f}, most {1000 * times[0][0]:.0f}"
    )
    for took, asked in times[:5]:
        print(f"  {1000 * took:6.0f} ms  {len(asked)} bytes  {asked[:160]}")
    for line, n in heard.lines.items():
        print(f"the search room said {n} times: {line}")
    for asked in failed[:10]:
        print(f"FAILED  {asked[:300]}")
    sys.exit(bool(failed) or times[0][0] > LIMIT)


if __name__ == "__main__":
    main()
