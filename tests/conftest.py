"""What every test shares: a real browser, and an honest list at the end of what could not run."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of the browser's own may leave the machine while a test counts requests.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
MISSING = "missing: "


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the system's Chromium, or skip (in CI: fail) naming it."""
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    return pytest.skip(f"{MISSING}a browser (Chromium or Google Chrome)")


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """Return the address of a real Elasticsearch, or skip (in CI: fail) naming it."""
    return os.environ.get("ELASTICSEARCH_URL") or pytest.skip(f"{MISSING}Elasticsearch (ELASTICSEARCH_URL)")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Yield one Chromium for the whole run; each test opens its own context in it."""
    # Playwright's loop runs in this thread, which makes Django refuse ordinary queries beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        playwright = sync_playwright().start()
    except Exception as error:
        pytest.skip(f"{MISSING}Playwright's driver ({error}; on Debian: apt install libatomic1)")
    chrome = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
    yield chrome
    chrome.close()
    playwright.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a fresh page of a desktop's width, with no cookies of another test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def rested() -> None:
    """Let no test begin while publications leave the index alone for the trouble that another had with it."""
    from search import outbox

    outbox.rest.end()


@pytest.fixture
def index(db: None) -> None:
    """Make the index hold what the database does: tests that were rolled back leave their documents in it."""
    from search.rebuilding import rebuild

    rebuild()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that open a browser, so that `-m "not browser"` leaves them out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Turn a skip for a missing part into a failure where CI promised every part."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and MISSING in str(report.longrepr):
        report.outcome = "failed"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End by naming each part that was missing and how many tests waited for it."""
    waiting: dict[str, int] = {}
    for report in terminalreporter.getreports("skipped"):
        _, found, part = str(report.longrepr[2]).partition(MISSING)
        if found:
            waiting[part] = waiting.get(part, 0) + 1
    for part, count in waiting.items():
        terminalreporter.write_line(f"Could not run {count} tests for want of {part}", yellow=True)
