"""Undo a large update of which somebody edited some records since: what comes back, what is kept, how long it takes.

.venv/bin/python benchmarks/undoing.py [ROWS] [EDITED]

Makes a library of its own and takes it away again. Beside the undoing it prints what the same rows cost to bring in and to change.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
os.environ["SEARCH_DRAIN"] = "worker"

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from authorities.models import Place  # noqa: E402
from cms.desk import undoing  # noqa: E402
from cms.importing import import_files  # noqa: E402
from cms.models import Action, Change  # noqa: E402
from cms.setup.bootstrap import put_up_shelves  # noqa: E402


@contextmanager
def timed(what: str, rows: int) -> Iterator[None]:
    """Print what a step cost."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    seconds = time.process_time() - cpu
    print(
        f"{what:<28}{seconds:>9.1f} CPU s{time.perf_counter() - wall:>9.1f} s{seconds / rows * 1000:>9.1f} CPU ms a row"
    )


def bring(path: Path, rows: int, summary: str) -> None:
    """Bring in a table of places."""
    lines = (f"XH-PL-{100_000 + n},示例地方{n},{summary} {n}" for n in range(rows))
    path.write_text("\n".join(["编号,题名,提要", *lines]), "utf-8")
    import_files([(Place, path)])


def main() -> None:
    """Bring in, change, edit, undo, undo again; ends with 1 where something came out wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int, nargs="?", default=5000)
    parser.add_argument("edited", type=int, nargs="?", default=20)
    given = parser.parse_args()
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    put_up_shelves()
    editor = User.objects.create_superuser("editor")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "place.csv"
        with timed("brought in, all new", given.rows):
            bring(path, given.rows, "旧")
        with timed("changed by a table", given.rows):
            bring(path, given.rows, "新")
    change = Change.objects.filter(action=Action.IMPORT).first()
    for place in Place.objects.order_by("-pk")[: given.edited]:
        place.summary = "后来写的"
        place.save_revision(user=editor).publish()
    work = Change.objects.create(action=Action.UNDO, title=change.title, undoes=change, made_by=editor)
    with timed("undone", given.rows):
        undoing.proceed(work)
    back, kept = (change.alterations.filter(outcome=outcome).count() for outcome in ("undone", "kept"))
    again = undoing.begin(change.pk, editor)
    old, later = (Place.objects.filter(summary__startswith=word).count() for word in ("旧", "后来"))
    print(
        f"put back {back}, kept {kept}, a second undoing {'begun' if again else 'refused'}; now old {old}, edited {later}"
    )
    sys.exit(
        (back, kept, again, old, later)
        != (given.rows - given.edited, given.edited, None, given.rows - given.edited, given.edited)
    )


if __name__ == "__main__":
    main()
