"""Search beside its rivals: time to build, size, memory, CPU time of every sort of question, recall and precision.

.venv/bin/python benchmarks/search.py FOLDER [--sizes 1000,10000,100000] [--engines whoosh,elasticsearch,wagtail,fts5] [--rounds 60]

FOLDER holds .txt files of Chinese; passages are mixed from their clauses. Elasticsearch is asked where ELASTICSEARCH_URL says.
"""

import argparse
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Not this folder: its search.py would stand before the room of that name.
sys.path[0] = str(ROOT)

from benchmarks.measuring import MOST_FOR_STOCK, RIVALS, Measured, measure  # noqa: E402
from benchmarks.passages import Texts  # noqa: E402
from benchmarks.questions import drawn  # noqa: E402
from benchmarks.tables import asked, built, judged  # noqa: E402


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default="1000,10000", type=lambda text: [int(size) for size in text.split(",")])
    parser.add_argument("--engines", default=",".join(RIVALS), type=lambda text: text.split(","))
    parser.add_argument("--rounds", default=60, type=int, help="questions of each sort")
    chosen = parser.parse_args()
    if unknown := set(chosen.engines) - set(RIVALS):
        parser.error(f"no engine {', '.join(unknown)}; there is {', '.join(RIVALS)}")
    if "elasticsearch" in chosen.engines and "ELASTICSEARCH_URL" not in os.environ:
        print("Elasticsearch is left out: ELASTICSEARCH_URL names no server.", file=sys.stderr)
        chosen.engines.remove("elasticsearch")
    return chosen


def alone(*arguments: object) -> Measured:
    """Measure in a process that nothing else has run in."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def main() -> None:
    """Measure one after the other; tables after each number of passages, growth at the end."""
    chosen, found = options(), []
    for count in chosen.sizes:
        say(f"{count:,} passages: drawing questions")
        questions, these = drawn(Texts(chosen.folder), count, chosen.rounds), []
        for engine in chosen.engines:
            if engine == "wagtail" and count > MOST_FOR_STOCK:
                say(f"{count:,} passages: stock Wagtail is left out, it would take hours")
                continue
            these.append(alone(engine, chosen.folder, count, questions))
            say(f"{count:,} passages: {these[-1].title}, built in {these[-1].build_wall:.0f} s")
        if these:
            # Now, not at the end: what took hours must not be lost with what comes after it.
            print("\n".join([*built(these), *asked(these)]), flush=True)
        found += these
    print("\n".join(judged(found)))


def say(line: str) -> None:
    """Say how far it is, beside the tables."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
