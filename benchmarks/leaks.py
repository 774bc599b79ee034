"""Let a thousand things happen to a small library and look after each for what nobody may see: pages, search, files, index.

.venv/bin/python benchmarks/leaks.py [COUNT] [SEED]     (makes a library of its own, and takes it away again)
"""

import logging
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
# Nobody brings the index up to date but the benchmark, so that it is asked before and after.
os.environ["SEARCH_DRAIN"] = "worker"

import django  # noqa: E402

django.setup()

import time_machine  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from search.rebuilding import rebuild  # noqa: E402
from tests.cms.random_events import EventfulLibrary  # noqa: E402

SHOWN = 20


def main() -> None:
    """Make, happen, look, and print what was asked after what, and every leak."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    logging.disable(logging.WARNING)
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    rebuild()
    started = time.process_time()
    with time_machine.travel(timezone.now()) as clock:
        library = EventfulLibrary(seed, clock)
        library.happen(count)
    report(library, seed, time.process_time() - started)
    sys.exit(bool(library.leaks))


def report(library: EventfulLibrary, seed: int, seconds: float) -> None:
    """Print the table."""
    print(f"{sum(library.events.values())} events, seed {seed}, {len(library.records)} records, {seconds:.0f} CPU s")
    for title, counts in (("events", library.events), ("asked", library.asked)):
        print(f"{title}: " + ", ".join(f"{name} {number}" for name, number in sorted(counts.items())))
    print(f"searches that found what is public: {library.found}")
    print(f"forms that failed and were done without: {library.fallbacks}")
    print(f"leaks: {len(library.leaks)}")
    for leak in library.leaks[:SHOWN]:
        print(f"  {leak}")


if __name__ == "__main__":
    main()
