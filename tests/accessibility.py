"""What axe finds in a page, asked in one way by every test."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The dark sheet changes colours and nothing else: these are the rules that look at them.
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, within: str = "") -> list[dict]:
    """Return what breaks WCAG 2.2 AA or good practice in a page, or in the elements that a selector names.

    Everything is looked at by light, what depends on colours in the dark too.
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = ask(page, within, runOnly=TAGS)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return [*found, *ask(page, within, runOnly={"type": "rule", "values": OF_COLOURS})]


def ask(page: Page, within: str, **options: object) -> list[dict]:
    """Return what axe finds; what passes is not described, which takes longer than finding it."""
    # Half a megabyte of script; a page that has it from the last question need not read it again.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    asked = {**options, "resultTypes": ["violations"]}
    return page.evaluate("([within, asked]) => axe.run(within || document, asked)", [within, asked])["violations"]


def faults(page: Page, name: str, width: int) -> Iterator[str]:
    """Yield the violations of a page in words, and whether it is wider than the screen."""
    for violation in violations(page):
        yield f"{name} {violation['id']}: {violation['nodes'][0]['html'][:200]}"
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield f"{name}: wider than the screen"
