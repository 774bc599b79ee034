"""CPU seconds of a table on its way in, as the worker does it: checked, saved by pieces, and checked again when nothing changed.

.venv/bin/python benchmarks/intake.py [ROWS] [--profile] [--library VAR_DIR]

Makes a library of its own in a temporary folder, with two hundred places to point to, or takes a copy of a SQLite library, as the demo's. The second edition changes half of the rows.
"""

import cProfile
import csv
import os
import pstats
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PLACE = Path(tempfile.mkdtemp(prefix="zhihui-intake-"))
os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings.demo", "VAR_DIR": str(PLACE), "WORKER": "apart"}
os.environ["SEARCH_DRAIN"] = "worker"

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402

from cms.desk.incoming import working  # noqa: E402
from cms.desk.incoming.recognising import recognise  # noqa: E402
from cms.importing import import_files  # noqa: E402
from cms.importing.sheets import importable  # noqa: E402
from cms.models import Holding, Incoming  # noqa: E402

LIMITS = {"checked": 5.0, "saved": 15.0, "checked again": 3.0}
"""CPU seconds that 500 rows may take."""
HEADINGS = ("编号", "题名", "英文题名", "提要", "时间", "又名", "关联", "出处", "权利", "示例", "正文")


def table(path: Path, rows: int, edition: str) -> None:
    """Write a table of records with names, relations and sources."""
    targets = list(Holding.objects.order_by("uid").values_list("uid", flat=True)[:300])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for at in range(rows):
            relation = f"关于 | {targets[at % len(targets)]}"
            writer.writerow(
                [
                    f"XH-EN-{800000 + at}",
                    f"电车通行{at}",
                    f"Tram {at}",
                    f"某年某月通车，{edition}。" if at % 2 else "某年某月通车。",
                    "1905年" if at % 3 else "1906年5月",
                    f"旧名{at} | zh-Hans",
                    relation,
                    "徐汇报 |  | 3",
                    "",
                    "是",
                    "正文一段。" * 40,
                ]
            )


def measured(name: str, rows: int, work: Callable[[], None], profile: bool) -> float:
    """Do something, and print what it took."""
    reset_queries()
    profiler = cProfile.Profile() if profile else None
    start, wall = time.process_time(), time.monotonic()
    if profiler:
        profiler.enable()
    work()
    if profiler:
        profiler.disable()
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(70)
    took = time.process_time() - start
    allowed = LIMITS.get(name, 0) * rows / 500
    print(f"{name:14} {took:6.1f} CPU s, {time.monotonic() - wall:6.1f} s; allowed {allowed:.1f}", flush=True)
    return took


def upload(user: User, path: Path) -> Incoming:
    """Put a table where the page puts an upload."""
    incoming = Incoming.objects.create(made_by=user, source=path.name, become="published", state="checking")
    incoming.folder.mkdir(parents=True)
    target = incoming.folder / path.name
    shutil.copy(path, target)
    incoming.tables, _faults = recognise([target], user)
    incoming.save()
    return incoming


def bring_places() -> None:
    """Bring in what the rows of the table point to."""
    path = PLACE / "place.csv"
    path.write_text("编号,题名\n" + "".join(f"XH-PL-{900000 + at},路{at}\n" for at in range(200)), "utf-8")
    import_files([(importable()["place"], path)])


def main() -> int:
    """Measure; 1 where something takes longer than it may."""
    numbers = [one for one in sys.argv[1:] if one.isdecimal()]
    rows, profile, late = int(numbers[0]) if numbers else 500, "--profile" in sys.argv, 0
    if "--library" in sys.argv:
        source = Path(sys.argv[sys.argv.index("--library") + 1]) / "zhihui.sqlite3"
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(PLACE / source.name)) as new:
            old.backup(new)
    else:
        call_command("migrate", verbosity=0)
        bring_places()
    user = User.objects.create_superuser(f"bench-{os.getpid()}")
    path = PLACE / "entry.csv"
    for edition in ("初版", "再版"):
        table(path, rows, edition)
        one = upload(user, path)
        late += measured("checked", rows, lambda: working.check.call(one.pk), profile) > LIMITS["checked"] * rows / 500  # noqa: B023
        print(one.counts())
        Incoming.objects.filter(pk=one.pk).update(state="saving")
        late += measured("saved", rows, lambda: working.bring_in.call(one.pk), profile) > LIMITS["saved"] * rows / 500  # noqa: B023
        print(one.counts())
    again = upload(user, path)
    late += (
        measured("checked again", rows, lambda: working.check.call(again.pk), profile)
        > LIMITS["checked again"] * rows / 500
    )
    print(again.counts())
    connection.close()
    shutil.rmtree(PLACE, ignore_errors=True)
    return int(bool(late))


if __name__ == "__main__":
    sys.exit(main())
