"""Catalogue records (MARC 21, CNMARC) in and out again: how many, how many accepted, what is reported, and field by field what stays.

.venv/bin/python benchmarks/marc.py FILE … [--kind KIND] [--save]

Makes a library of its own in a temporary folder. Each file is read and checked as an upload is; with `--save` its good rows are
brought in, leave as ISO 2709 and as MARCXML, and both are checked again: nothing may change. Fields are compared as text, without
the marks between their parts; ends with 1 when a record is lost, or when one that left comes back changed.
"""

import argparse
import os
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PLACE = Path(tempfile.mkdtemp(prefix="zhihui-marc-"))
os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings.demo", "VAR_DIR": str(PLACE), "WORKER": "apart"}
os.environ["SEARCH_DRAIN"] = "worker"

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import reset_queries  # noqa: E402
from django.utils import translation  # noqa: E402
from pymarc import Record  # noqa: E402

from cms.exporting import Selection, sheets  # noqa: E402
from cms.exporting.formats import CATALOGUE, FORMATS  # noqa: E402
from cms.importing.checking import Examined, examine  # noqa: E402
from cms.importing.library import Library  # noqa: E402
from cms.importing.marc.known import marc_form  # noqa: E402
from cms.importing.marc.table import FORMS, glance  # noqa: E402
from cms.importing.marc.words import book_number  # noqa: E402
from cms.importing.sheets import importable, model_named  # noqa: E402
from cms.importing.source import Source, Wishes  # noqa: E402
from cms.importing.steps import save  # noqa: E402
from cms.models import ImportBatch  # noqa: E402
from cms.models.kinds import Tabled  # noqa: E402
from cms.setup.bootstrap import put_up_shelves  # noqa: E402

COMPARED = ("020", "100", "110", "111", "245", "246", "250", "260", "300", "490", "440", "500", "504", "505", "520")
COMPARED += ("600", "610", "611", "630", "650", "651", "700", "710", "856", "880")
SAME = {"110": "100", "111": "100", "710": "700", "264": "260", "440": "490"}
"""Fields that leave under another tag than that under which they came."""
SAME |= dict.fromkeys(("600", "610", "611", "630", "651"), "650")
SIGNS = re.compile(r"[\W_]+")


def looked_at(path: Path, model: Tabled) -> tuple[Examined, Library, float]:
    """Check a file as the worker does; returns what was found, and the CPU seconds."""
    library, start = Library(), time.process_time()
    with translation.override("zh-hans"):
        examined = examine([Source(model, path)], library, User.objects.get(), Wishes(leave_empty=True, by_right=True))
    return examined, library, time.process_time() - start


def told(path: Path, examined: Examined, library: Library, seconds: float) -> bool:
    """Print what became of the records of a file; returns whether none is lost."""
    sheet = examined.sheets[0]
    wrong = {error.row for error in examined.errors}
    total = len(sheet.table.rows)
    sheet.rows[:] = [row for row in sheet.rows if row.number not in wrong]
    states = Counter("new" if row.before is None else "changed" if row.changes else "same" for row in sheet.rows)
    print(
        f"{path.name}: {total} in ({sheet.table.encoding}) = {len(sheet.rows)} accepted + {len(wrong)} reported", end=""
    )
    print(f"; {dict(states)}; {len(library.notes)} notes; {seconds:.1f} CPU s")
    for column, count in Counter(error.column or "-" for error in examined.errors).most_common():
        one = next(error for error in examined.errors if (error.column or "-") == column)
        print(f"    reported: {column} {count}, as: {str(one)[:140]}")
    return total == len(sheet.rows) + len(wrong)


def words(text: str) -> str:
    """Return a text without marks and blanks, in one form of its letters."""
    return SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def normal(tag: str, text: str) -> str:
    """Return what a subfield says, as `words` does; the number of a book in thirteen digits."""
    return words(text if tag != "020" else book_number(text)[0] or text)


def said(record: Record) -> dict[str, list[str]]:
    """Return what each field of a record says, by the tag under which it leaves."""
    found: dict[str, list[str]] = {}
    for field in record.fields:
        if not field.control_field:
            text = "".join(normal(field.tag, sub.value) for sub in field.subfields if sub.code not in "69")
            found.setdefault(SAME.get(field.tag, field.tag), []).append(text)
    return found


def compared(before: dict[str, Record], after: dict[str, Record]) -> None:
    """Print for each field how many left with the same words, with some of them, elsewhere in the record, or not at all."""
    rows: dict[str, Counter[str]] = {}
    for number in before.keys() & after.keys():
        out = said(after[number])
        everything = " ".join(text for texts in out.values() for text in texts)
        for field in before[number].fields:
            if field.control_field:
                continue
            parts = [normal(field.tag, sub.value) for sub in field.subfields if sub.code not in "69"]
            texts = out.get(SAME.get(field.tag, field.tag), [])
            if "".join(parts) in texts:
                how = "same"
            elif any(part and any(part in text for text in texts) for part in parts):
                how = "in part"
            else:
                how = "elsewhere" if any(part and part in everything for part in parts) else "gone"
            rows.setdefault(field.tag, Counter())[how] += 1
    print("    field     same  in part  elsewhere  gone")
    for tag in sorted(rows):
        if tag in COMPARED:
            print(
                f"    {tag} {rows[tag]['same']:>10}{rows[tag]['in part']:>9}{rows[tag]['elsewhere']:>11}{rows[tag]['gone']:>6}"
            )
    others = sorted(set(rows) - set(COMPARED))
    print(f"    not compared: {', '.join(others)}")


def by_number(path: Path) -> dict[str, Record]:
    """Return the records of a file by the numbers that they have with us, as far as they can be read."""
    found = {}
    for record in FORMS[marc_form(path)](path):
        if isinstance(record, Record) and "001" in record:
            number = str(record["001"].data).strip()
            found[number.rpartition("-")[2]] = record
    return found


def there_and_back(path: Path, examined: Examined, model: Tabled) -> bool:
    """Bring good rows in, let them leave, and check what left; returns whether nothing would change."""
    user = User.objects.get()
    batch = ImportBatch.objects.create(source=path.name, made_by=user)
    start = time.process_time()
    with translation.override("zh-hans"):
        save(examined.sheets, batch, user, Library(), lambda piece: reset_queries())
    print(f"    saved in {time.process_time() - start:.1f} CPU s")
    same = True
    for ending in sorted(CATALOGUE):
        out = PLACE / f"{path.stem}-out.{ending}"
        with out.open("wb") as target:
            count = FORMATS[ending](sheets(Selection((model,), batch=batch)), target)
        again, _library, seconds = looked_at(out, model)
        changed = [row for row in again.sheets[0].rows if row.before is None or row.changes]
        print(
            f"    out as .{ending}: {count}; in again: {len(changed)} changed, {len(again.errors)} faults, {seconds:.1f} CPU s"
        )
        for row in changed[:3]:
            print(f"        {row.values['uid']}: {[(c.heading, row.values[c.field]) for c in row.changes][:2]}")
        same = same and not changed and not again.errors
        if ending == "mrc":
            compared(by_number(path), by_number(out))
    return same


def main() -> int:
    """Measure each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--kind")
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    User.objects.create_superuser("benchmark")
    put_up_shelves()
    good = True
    for path in asked.files:
        model = model_named(asked.kind) if asked.kind else glance(path)[0]
        if model is None:
            print(f"kinds: {', '.join(importable())}")
            return 1
        examined, library, seconds = looked_at(path, model)
        good = told(path, examined, library, seconds) and good
        if asked.save:
            good = there_and_back(path, examined, model) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
