"""What axe finds in a page, asked in one way by every test."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passes is not described: that takes longer than finding it.
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"]}


def violations(page: Page, within: str = "") -> list[dict]:
    """Return what breaks WCAG 2.2 AA or good practice in a page, or in the elements that a selector names."""
    context = [[within]] if within else None
    return Axe().run(page, context=context, options=OPTIONS).response["violations"]


def faults(page: Page, name: str, width: int) -> Iterator[str]:
    """Yield the violations of a page in words, and whether it is wider than the screen."""
    for violation in violations(page):
        yield f"{name} {violation['id']}: {violation['nodes'][0]['html'][:200]}"
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield f"{name}: wider than the screen"
