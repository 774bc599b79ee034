"""What every test shares: a real browser, and an honest list at the end of what could not run."""

import gc
import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests import decoded as decoded_before
from tests.demo import Kept, bring_in, locked
from tests.migrated import copy_database, migrated

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
# A limit of milliseconds on an example fails on a busy machine and says nothing of the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def migrating() -> Iterator[ExitStack]:
    """What is held while a database is migrated that others are waiting for; let go when it is kept for them."""
    with ExitStack() as held:
        yield held


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None, migrating: ExitStack) -> bool:
    """Start from the migrated database of an earlier run or of another worker, on SQLite; migrating takes a minute."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or not hasattr(request.config, "cache"):
        return False
    kept = migrated(request.config.cache)
    migrating.enter_context(locked(kept.with_suffix(".lock")))
    if kept.exists():
        copy_database(kept, Path(database["TEST"]["NAME"]))
        migrating.close()
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_keepdb: bool,
    migrating: ExitStack,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Keep the database that was just migrated for the next run, and put it back after each test that commits."""
    from django.db import connection
    from django.test import TransactionTestCase

    from tests import rows

    kept = migrated(request.config.cache)
    if django_db_keepdb and not kept.exists():
        for old in kept.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        copy_database(Path(connection.settings_dict["NAME"]), kept)
    migrating.close()
    with django_db_blocker.unblock():
        before = rows.take()
    # Django empties every table and lets each application fill its own anew, which takes a second a test.
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: rows.put_back(before))
    yield
    monkeypatch.undo()


@pytest.fixture(scope="session", autouse=True)
def cast(request: pytest.FixtureRequest) -> None:
    """Keep the faces that sheets are printed in between runs, under the digest of what casts them, which takes seconds."""
    if hasattr(request.config, "cache"):
        digest = hashlib.sha256((settings.ROOT / "cms/pages/printing.py").read_bytes()).hexdigest()[:16]
        (Path(settings.VAR) / "fonts").symlink_to(request.config.cache.mkdir(f"faces-{digest}"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the system's Chromium, or skip (in CI: fail) naming it."""
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    return pytest.skip(f"{MISSING}a browser (Chromium or Google Chrome)")


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """Return the address of a real Elasticsearch, or skip (in CI: fail) naming it."""
    url = os.environ.get("ELASTICSEARCH_URL") or pytest.skip(f"{MISSING}Elasticsearch (ELASTICSEARCH_URL)")
    # One that is late on a busy machine is in no trouble; tests of trouble say how long they wait.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.engines.elasticsearch.connection.QUICK", 60.0)
        yield url


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Yield one Chromium for the whole run; each test opens its own context in it."""
    # Playwright's loop runs in this thread, which makes Django refuse ordinary queries beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        playwright = sync_playwright().start()
    except Exception as error:
        pytest.skip(f"{MISSING}Playwright's driver ({error}; on Debian: apt install libatomic1)")
    # Playwright's own five seconds are too few on a busy machine, and say nothing of the page.
    expect.set_options(timeout=60_000)
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


class Door:
    """Counts the requests that a live server is answering, not those of Django's own client; shut, it turns all away."""

    def __init__(self, port: int) -> None:
        self._port = str(port)
        self._served: set[int] = set()
        self._open = False
        self._left = threading.Condition()
        request_started.connect(self._come)
        request_finished.connect(self._go)

    def _come(self, environ: dict, **_signal: object) -> None:
        if environ.get("SERVER_PORT") != self._port:
            return
        with self._left:
            if not self._open:
                # The server takes it for a browser that went away, and says nothing.
                raise ConnectionAbortedError("the test is over")
            self._served.add(threading.get_ident())

    def _go(self, **_signal: object) -> None:
        with self._left:
            self._served.discard(threading.get_ident())
            self._left.notify_all()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Answer until the block ends; then wait for the requests that are under way and for the packs in the making."""
        self._open = True
        yield
        with self._left:
            self._open = False
            quiet = self._left.wait_for(lambda: not self._served, timeout=60)
        for thread in threading.enumerate():
            if thread.name.startswith("pack-"):
                thread.join(timeout=60)
        assert quiet, "a request of this test was still being answered a minute after it"


@pytest.fixture(scope="session")
def door(live_server: object) -> Door:
    """Return the door of the live server."""
    return Door(live_server.thread.port)


@pytest.fixture(autouse=True)
def served(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let no request of a browser outlive its test: one that reads while the tables are emptied brings back rows of before."""
    if "live_server" not in request.fixturenames:
        yield
        return
    # Asked for here, so that the tables are emptied after the wait; the browser's pages close before it.
    request.getfixturevalue("transactional_db")
    with request.getfixturevalue("door").opened():
        yield


@pytest.fixture(autouse=True)
def rested() -> None:
    """Let no test begin while publications leave the index alone for the trouble that another had with it."""
    from search import outbox

    outbox.rest.end()


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Let no test find what another remembered of an edition: a database rolled back counts its editions anew."""
    from cms.pages import remembering, serving

    serving.site_of.cache_clear()
    remembering.forget()


@pytest.fixture(autouse=True)
def decoded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decode no picture twice, but where decoding is what the tests are about."""
    if "media" not in request.path.parts:
        decoded_before.remember(monkeypatch)


@pytest.fixture(scope="session")
def kept_demo(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept:
    """The demo library as the importer makes it, made once."""
    kept = Kept(request.config.cache, "demo", bring_in)
    with django_db_blocker.unblock():
        kept.keep()
    return kept


@pytest.fixture
def demo(kept_demo: Kept, db: None) -> None:
    """Have the demo library in the database, its pictures and their sizes among the files; the index is not told."""
    kept_demo.put()


@pytest.fixture
def index(db: None) -> None:
    """Make the index hold what the database does: tests that were rolled back leave their documents in it."""
    from search.rebuilding import rebuild

    rebuild()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that open a browser, and the first case of those that go to another database with one case alone."""
    gone = set()
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        test = item.nodeid.partition("[")[0]
        if item.get_closest_marker("once_on_each_database") and test not in gone:
            item.add_marker(pytest.mark.each_database)
            gone.add(test)


def pytest_collection_finish() -> None:
    """Let Python look for garbage less often, and not among what stands until the end.

    A form of the admin makes so many small things that a third of its time went into looking at them again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


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
