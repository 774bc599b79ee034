"""Let a thousand things happen to a small library and look after each for what nobody may see, on every surface.

.venv/bin/python benchmarks/leaks.py [COUNT] [SEED] [--minutes LIMIT] [--without-browser]

Makes a library of its own and takes it away again: pages in both languages, search, files, index files, the guide's bench,
packs, and what two phones with a real browser keep for flight mode. Says every 50 events how far it is. Ctrl-C, SIGTERM or
the limit end it after the event that is under way; the table is printed all the same. Ends with 1 where something leaked.
"""

import argparse
import logging
import os
import signal
import sys
import time
from contextlib import nullcontext
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

from benchmarks.devices import devices  # noqa: E402
from search.rebuilding import rebuild  # noqa: E402
from tests.cms.random_trial import Trial  # noqa: E402
from tours.models import Pack  # noqa: E402

SHOWN, PROGRESS = 40, 50


class Progress:
    """Says how far a trial is, and when it is to end."""

    def __init__(self, trial: Trial, count: int, minutes: float | None) -> None:
        self.trial, self.count = trial, count
        self.cpu, self.end = time.process_time(), time.perf_counter() + (minutes or 10**6) * 60
        self.stopped = ""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)

    def stop(self, number: int, _frame: object) -> None:
        """End after this event; a second signal ends at once."""
        self.stopped = signal.Signals(number).name
        signal.signal(number, signal.SIG_DFL)

    def goes_on(self) -> bool:
        """Tell whether the next thing may happen; before it, print how far it is."""
        if time.perf_counter() > self.end:
            self.stopped = "the limit of minutes"
        if self.trial.done and self.trial.done % PROGRESS == 0:
            print(f"{self.trial.done} of {self.count}, {self.seconds:.0f} CPU s, {self.leaks} leaks", flush=True)
            print("\n".join(dict.fromkeys(self.trial.findings.leaks)), end="\n" if self.leaks else "", flush=True)
        return not self.stopped

    @property
    def leaks(self) -> int:
        """Leaks until now."""
        return len(self.trial.findings.leaks)

    @property
    def seconds(self) -> float:
        """CPU seconds of this process, without the browser's."""
        return time.process_time() - self.cpu


def main() -> None:
    """Make, happen, look, and print what was asked after what, and every leak."""
    given = arguments()
    logging.disable(logging.WARNING)
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    rebuild()
    with time_machine.travel(timezone.now()) as clock:
        trial = Trial(given.seed, clock, tuple(Pack.Form))
        progress = Progress(trial, given.count, given.minutes)
        with nullcontext("phones were not looked at") if given.without_browser else devices(trial) as phones:
            try:
                trial.run(given.count, progress.goes_on)
            finally:
                report(trial, given.seed, progress, phones)
    sys.exit(bool(trial.findings.leaks))


def arguments() -> argparse.Namespace:
    """Read the command's line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--without-browser", action="store_true")
    return parser.parse_args()


def report(trial: Trial, seed: int, progress: Progress, phones: str) -> None:
    """Print the table."""
    library, findings, done = trial.library, trial.findings, max(trial.done, 1)
    print(f"{trial.done} events, seed {seed}, {len(library.records)} records, {progress.seconds:.0f} CPU s")
    print(f"an event: {progress.seconds / done:.2f} CPU s; ended by {progress.stopped or 'having done all'}; {phones}")
    print("events: " + ", ".join(f"{name} {number}" for name, number in sorted(library.events.items())))
    print("surface: asked, showed something public")
    for name, number in sorted(findings.asked.items()):
        print(f"  {name}: {number}, {findings.shown[name]}")
    print(f"searches that found what is public: {trial.visiting.found}")
    print(f"forms that failed and were done without: {library.fallbacks}")
    print(f"leaks: {len(findings.leaks)}")
    for leak in list(dict.fromkeys(findings.leaks))[:SHOWN]:
        print(f"  {leak}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
