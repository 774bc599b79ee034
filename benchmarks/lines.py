"""Does a line of a picture book begin with a closing mark, at any width? Walks a running site's books from 320 to 1600 pixels.

    .venv/bin/python benchmarks/lines.py http://127.0.0.1:8000 [ADDRESS …]

Without addresses every book on the shelf. Each width in steps of 20, in both languages of the page, as a child and an elder read,
with pinyin and without. Ends with 1 when a line begins with a closing mark, ends with an opening one, is wider than its place,
or when the page is wider than the screen.
"""

import shutil
import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from tests.picturebooks.lines import stranded  # noqa: E402

WAYS = {"child": "", "no pinyin": "#py", "elder": "#m-e"}
WIDTHS = range(320, 1601, 20)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))


def books(page: Page, root: str) -> list[str]:
    """Return the addresses of all books on the shelf."""
    page.goto(urljoin(root, "/picturebooks/"))
    return sorted(set(page.locator("main h2 a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")))


def walk(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page, at each width and way to read."""
    found = []
    for way, switch in WAYS.items():
        page.goto(address)
        if not page.locator("#book").count():
            return []
        if switch:
            page.locator(switch).evaluate("box => box.click()")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} {width} {way}: {line}" for line in stranded(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address} {width} {way}: wider than the screen")
        page.evaluate("localStorage.clear()")
    return found


def main() -> int:
    """Walk, and say what was found."""
    root, *addresses = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        addresses = addresses or books(page, root)
        found = [
            fault for path in addresses for prefix in ("", "/en") for fault in walk(page, urljoin(root, prefix + path))
        ]
        browser.close()
    print(*found, sep="\n")
    print(f"{len(addresses)} books, {len(WIDTHS)} widths, {len(WAYS)} ways to read, 2 languages: {len(found)} faults")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
