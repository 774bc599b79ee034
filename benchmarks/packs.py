"""Time, memory and size of packs of 8, 40 and 200 stops, beside what Chromium takes to print the same tour.

Run after `make demo` has loaded the library:  .venv/bin/python benchmarks/packs.py [stops ...]
The tours are made of the demo's own stops, again and again, and are gone afterwards.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")

import django  # noqa: E402

django.setup()

from django.db import transaction  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from benchmarks.measuring import memory  # noqa: E402
from benchmarks.tables import table  # noqa: E402
from cms.models import Shelf  # noqa: E402
from cms.pages import printing  # noqa: E402
from tours.guiding.packs.making import MAKERS  # noqa: E402
from tours.guiding.packs.orders import telling_of  # noqa: E402
from tours.models import Pack, Stop, Tour  # noqa: E402

SIZES = (8, 40, 200)
LARGEST = 30.0
"""MB of the single file."""
A_PAGE = 0.07
"""Seconds that a page of the printed pack may take."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def tour_of(size: int) -> Tour:
    """Make a tour of so many stops out of the demo's."""
    known = list(Stop.objects.filter(tour__live=True, story__isnull=False).order_by("tour", "sort_order"))
    if not known:
        raise SystemExit("no tour in the library: run `make demo` first")
    tour = Shelf.objects.get(slug=Tour.shelf.slug).add_child(instance=Tour(title=f"{size} 站", live=False))
    for number in range(size):
        stop = known[number % len(known)]
        kept = {
            n: getattr(stop, n) for n in ("holding_id", "story_id", "length", "minutes", "walking", "way", "way_en")
        }
        Stop.objects.create(tour=tour, sort_order=number, **kept)
    return tour


def measured(form: str, size: int, keep: Path) -> dict:
    """Make one pack and leave its file in `keep`; the library is as it was."""
    printing.faces()
    printing.covered()
    with transaction.atomic():
        tour = tour_of(size)
        pack = Pack(tour=tour, form=form, audience="general", language="zh-hans", code="ABCDEFG")
        memory()
        cpu, wall = time.process_time(), time.perf_counter()
        data, left = MAKERS[Pack.Form(form)](telling_of(pack), pack, lambda done: None)
        found = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": memory()}
        transaction.set_rollback(True)
    keep.write_bytes(data)
    pages = len(PdfReader(keep).pages) if form == "pdf" else 0
    return {**found, "size": len(data), "left": len(left), "pages": pages}


def apart(form: str, size: int, keep: Path) -> dict:
    """Measure in a process of its own, whose memory nothing else has touched."""
    command = [sys.executable, __file__, "--one", form, str(size), str(keep)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def printed_by_browser(page: Path, target: Path) -> dict | None:
    """Let Chromium print the single file; None where there is none. Its memory is in several processes and not counted."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}")
    subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True)
    wall, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "size": target.stat().st_size}


def row(name: str, size: int, found: dict) -> tuple:
    """Return one line of the table."""
    pages = found.get("pages") or 0
    each = f"{found['wall'] / pages:.3f}" if pages else "–"
    peak = f"{found['peak']:.0f}" if "peak" in found else "–"
    megabytes = f"{found['size'] / 1e6:.2f}"
    return (size, name, f"{found['wall']:.2f}", f"{found['cpu']:.2f}", peak, megabytes, pages or "–", each)


def main(sizes: list[int]) -> None:
    """Print the table, and what is over its limit."""
    rows, over = [], []
    with TemporaryDirectory() as place:
        for size in sizes:
            pdf, html = (apart(form, size, Path(place) / f"{size}.{form}") for form in ("pdf", "html"))
            rows += [row("printed, typst", size, pdf), row("single file", size, html)]
            if chrome := printed_by_browser(Path(place) / f"{size}.html", Path(place) / "chrome.pdf"):
                rows.append(row("the single file printed by Chromium", size, chrome))
            if html["size"] > LARGEST * 1024 * 1024:
                over.append(f"OVER: {size} stops in {html['size'] / 1e6:.1f} MB")
            if pdf["pages"] and pdf["wall"] / pdf["pages"] > A_PAGE:
                over.append(f"OVER: {size} stops, {pdf['wall'] / pdf['pages']:.3f} s a page, allowed {A_PAGE}")
    head = ("stops", "pack", "wall s", "CPU s", "peak MB", "MB", "pages", "s a page")
    print("\n".join(table(head, rows)))
    print("\n".join(over) or f"\nWithin {A_PAGE} s a printed page and {LARGEST:.0f} MB a file.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
