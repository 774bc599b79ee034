"""Whether the matcher puts the right place first for old names of roads, and how long a name takes it.

.venv/bin/python benchmarks/road_names.py TABLE [--more ROWS]

TABLE is a CSV with columns old_fr, old_zh, modern_zh: names in letters, in Chinese, and of today; several of today are parted by ";". In a
library of its own (the demo, and ROWS invented places beside it, 10,000 unless said) each road of today gets its old names, and then each
old name is asked for as it stands, in traditional characters, without the word for road, in other letters, by pinyin, and with one slip.
Ends with 1 where a name as it stands has another place first.
"""

import argparse
import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
os.environ["SEARCH_DRAIN"] = "worker"

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402
from opencc import OpenCC  # noqa: E402

from authorities.models import Place  # noqa: E402
from cms.importing import import_files  # noqa: E402
from cms.importing.sheets import demo_files  # noqa: E402
from cms.matching.generic_words import core, unqualified  # noqa: E402
from cms.matching.matcher import Asked, Matcher  # noqa: E402
from cms.models import Holding, Name, Shelf  # noqa: E402
from cms.setup.bootstrap import put_up_shelves  # noqa: E402
from cms.visibility import visible  # noqa: E402
from search.models import Outbox  # noqa: E402
from search.rebuilding import rebuild  # noqa: E402
from search.sounds import sound  # noqa: E402

TRADITIONAL = OpenCC("s2t")
WAYS: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "traditional, capitals": lambda name: TRADITIONAL.convert(name).upper(),
    "without its generic word": core,
    "by pinyin": sound,
    "with one slip": lambda name: name[:-3] + name[-2:] if name.isascii() else name[:1] + "某" + name[2:],
}
"""What each old name is made of before it is asked for."""
PLACES = "东南西北中上下大小新老长平安和永福康泰兴隆华光明"


def told(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each old name with the roads of today that it may mean."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            today = [unqualified(name) for name in row["modern_zh"].replace("；", ";").split(";")]
            yield from ((row[column], today) for column in ("old_fr", "old_zh") if row[column])


def put(names: list[tuple[str, list[str]]], more: int) -> None:
    """Put the roads beside the demo and the invented places, with their old names, and index all."""
    put_up_shelves()
    import_files(demo_files())
    shelf = Shelf.objects.get(slug=Place.shelf.slug)
    for name, today in names:
        for title in today:
            place = Place.objects.filter(title=title).first() or shelf.add_child(instance=Place(title=title))
            if not place.names.filter(text=name).exists():
                place.names.add(Name(text=name, language="fr" if name.isascii() else "zh-Hans"))
                place.save()
    signs = len(PLACES)
    titles = (PLACES[n % signs] + PLACES[n // signs % signs] + PLACES[n // signs**2 % signs] for n in range(more))
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "place.csv"
        rows = (f"XH-PL-{500_000 + n},{title}路{n // signs**3 or ''}" for n, title in enumerate(titles))
        table.write_text("\n".join(["编号,题名", *rows]), "utf-8")
        import_files([(Place, table)])
    rebuild()
    Outbox.objects.update(done=timezone.now())  # what the rebuild has taken in


def main() -> None:
    """Ask, and print a row for each way of writing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--more", type=int, default=10_000)
    given = parser.parse_args()
    names = list(told(given.table))
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    wrong: list[str] = []
    try:
        put(names, given.more)
        print(f"{Holding.objects.count()} records, {len(names)} old names")
        for label, write in WAYS.items():
            wrong = [*wrong, *ask(label, write, names)]
    finally:
        connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)
    sys.exit(bool(wrong))


def ask(label: str, write: Callable[[str], str], names: list[tuple[str, list[str]]]) -> list[str]:
    """Ask for all names in one way, each of a new matcher as a request does; returns those that must be right and are not."""
    first, certain, wrong, times = 0, 0, [], []
    for name, today in names:
        began = time.process_time()
        found = Matcher(visible(Holding.objects.all(), None)).candidates(Asked(write(name), frozenset({Place})))
        times.append((time.process_time() - began) * 1000)
        right = bool(found) and found[0].record.title in today
        first += right
        certain += bool(found) and found[0].is_certain
        if not right:
            wrong.append(f"{write(name)}: {found[0].record.title if found else 'nothing'}, not {'、'.join(today)}")
    times.sort()
    print(
        f"{label:<26} first {first:>3} of {len(names)}, certain {certain:>3}, {times[len(times) // 2]:.1f} / {times[-1]:.1f} ms"
    )
    for line in wrong:
        print(f"    {line}")
    return wrong if write is str else []


if __name__ == "__main__":
    main()
