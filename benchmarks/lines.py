"""Does a line of a picture book begin with a closing mark, at any width? Walks a running site's books from 320 to 1600 pixels.

    .venv/bin/python benchmarks/lines.py http://127.0.0.1:8000 [ADDRESS …]

Without addresses every book on the shelf. Each width in steps of 20, in both languages of the page, as a child and an elder read,
with pinyin and without. Ends with 1 when a line begins with a closing mark, ends with an opening one, is wider than its place,
when the page is wider than the screen, or when on any page of the book something lies over the words: the bar of a phone, the
thumbnails, another line of the words, the picture.
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
COVERED = """() => {
  const deck = document.querySelector("#reader"), pages = [...deck.children], found = [];
  const bars = [...document.querySelectorAll(".nav, .thumbs, .pb-bar")].filter((bar) => bar.offsetHeight > 1);
  const rest = deck.getBoundingClientRect(), name = (page) => page.id || page.className;
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  for (const bar of bars) {
    const box = bar.getBoundingClientRect();
    if (meet(box, rest) && getComputedStyle(bar).position !== "static") found.push(`${bar.className} lies over the deck`);
  }
  for (const page of pages) {
    const picture = page.querySelector(":scope > img")?.getBoundingClientRect();
    const lines = [...page.querySelectorAll(".words > [lang]")].filter((line) => line.getClientRects().length);
    const boxes = lines.map((line) => line.getBoundingClientRect());
    boxes.forEach((box, i) => {
      if (i && box.top < boxes[i - 1].bottom - 1) found.push(`${name(page)}: line ${i} over the one before`);
      if (picture && meet(box, picture)) found.push(`${name(page)}: line ${i} over the picture`);
    });
    // What is longer than its page can be scrolled; what cannot is cut off.
    for (const part of [page, ...page.querySelectorAll(".words")]) {
      const cut = part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY === "hidden";
      if (cut) found.push(`${name(page)}: cut off below`);
    }
  }
  return found;
}"""
"""What lies over what in a book; its pages stand side by side, so each can be measured without turning to it."""
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
            found += [f"{address} {width} {way}: {fault}" for fault in page.evaluate(COVERED)]
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
