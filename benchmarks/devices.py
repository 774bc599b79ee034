"""Two phones with a real browser for `leaks.py`: what a visitor's and a guide's flight mode keep and show while things happen."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Error, Page, TimeoutError, sync_playwright

from tests.cms.random_events import path_of
from tests.cms.random_reader import plain
from tests.cms.random_trial import Trial
from tours.models import Tour

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OFTEN = 20
"""Events between two looks at the phones."""
PATIENCE = 180_000
"""Milliseconds that a page, or what follows it behind the scenes, may take on a busy machine."""
PAUSE = 500
"""Milliseconds between two looks at what is kept."""
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) {
            const answer = await cache.match(url, { ignoreVary: true });
            const isText = /text|json|script/.test(answer?.headers.get('Content-Type') ?? '') && !url.includes('/static/');
            found.push([name, url, isText ? await answer.text() : '']);
        }
    }
    return JSON.stringify(found);
}"""
SETTLED = """() => {
    const place = document.querySelector('.carried');
    return !place || (place.textContent && place.textContent !== place.dataset.doing);
}"""


@dataclass
class Phone:
    """A browser on a telephone, and what of the library its owner may see."""

    name: str
    context: BrowserContext
    page: Page
    member: bool
    silent: int = 0

    def open(self, address: str) -> str:
        """Open a page and return what it shows; nothing where the browser itself says that there is no network."""
        try:
            answer = self.page.goto(address, timeout=PATIENCE)
        except Error as trouble:
            if "ERR_INTERNET_DISCONNECTED" not in str(trouble):
                raise
            return ""
        # An address that is nobody's would show nothing, and pass.
        assert answer is None or answer.status != 404 or not self.member, address
        return plain(self.content())

    def content(self) -> str:
        """Return the page, as soon as it stands: one that a script leads elsewhere, as after a login, moves while it is read."""
        while True:
            try:
                return self.page.content()
            except Error as trouble:
                if "navigating" not in str(trouble):
                    raise
            self.page.wait_for_load_state(timeout=PATIENCE)

    def visit(self, address: str) -> str:
        """Open a page with signal, wait until its worker has kept what it keeps, and return what it shows."""
        shown = self.open(address)
        try:
            self.page.wait_for_function(SETTLED, timeout=PATIENCE)
        except TimeoutError:
            # Said in the table; what is kept is looked at all the same.
            self.silent += 1
        return shown

    def kept(self) -> list[str]:
        """Return all that the device keeps: of each thing the cache, the address and the text."""
        return [plain("\n".join(one)) for one in json.loads(self.page.evaluate(KEPT))]

    def rest(self, secrets: Iterable[str]) -> list[str]:
        """Return what is kept as soon as nothing of it is secret, or after a while: what a visit sets off goes on behind it."""
        for _ in range(PATIENCE // PAUSE):
            kept = self.kept()
            if not any(word in one for word in secrets for one in kept):
                break
            self.page.wait_for_timeout(PAUSE)
        return kept

    @contextmanager
    def without_signal(self) -> Iterator[None]:
        """Turn the network off meanwhile."""
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)


class Devices:
    """A visitor's phone and a guide's, and the site as a server for them; None of it without a browser."""

    def __init__(self, trial: Trial, browser: Browser, server: LiveServerThread) -> None:
        self.trial, self.server, self.base = trial, server, f"http://localhost:{server.port}"
        self.visitor, self.guide = (self.phone(browser, name) for name in ("visitor", "guide"))

    def phone(self, browser: Browser, name: str) -> Phone:
        """Return a phone."""
        options = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "base_url": self.base}
        context = browser.new_context(**options)
        return Phone(name, context, context.new_page(), name == "guide")

    def look(self, event: str, number: int) -> None:
        """Every so many events, visit with both phones, and see what they show, what they keep, and what they show without signal."""
        if number % OFTEN != OFTEN - 1:
            return
        turn, library = number // OFTEN, self.trial.library
        prefix = ("", "/en")[turn % 2]
        tour = prefix + path_of(Tour.objects.get(pk=library.tour))
        stops = [f"{tour}{n}/" for n in range(1, 6)]
        self.walk(event, self.visitor, [tour, *stops], visited=turn % 6)
        self.log_in()
        # Whoever was asked last left a language behind, in which addresses would be made.
        with translation.override("zh-hans"):
            bench = [f"{prefix}{reverse(name, args=[library.own_tour])}" for name in ("guide_tour", "guide_present")]
        self.walk(event, self.guide, [f"{prefix}/guide/", *bench], visited=turn % 3)

    def walk(self, event: str, phone: Phone, addresses: list[str], visited: int) -> None:
        """Visit one of some pages with signal, and then all of them without."""
        self.check(event, phone, "shows", phone.visit(addresses[visited]), "web", addresses[visited])
        secrets = self.secrets(phone, "offline")
        for one in phone.rest(secrets):
            self.check(f"{event}, {' '.join(one.split()[1:3])}", phone, "keeps", one, "offline")
        with phone.without_signal():
            for address in addresses:
                self.check(event, phone, "shows without signal", phone.open(address), "offline", address)

    def secrets(self, phone: Phone, use: str) -> list[str]:
        """Return what the owner of a phone may not see."""
        library = self.trial.library
        return library.guides_secrets(use) if phone.member else library.secrets(use=use) + library.private

    def check(self, event: str, phone: Phone, what: str, text: str, use: str, typed: str = "") -> None:
        """Note what should not be there, and whether anything of the library was."""
        surface = f"{phone.name}'s phone {what}"
        self.trial.findings.check(event, surface, text, self.secrets(phone, use), typed)
        public = (word for record in self.trial.library.records.values() for word in record.words)
        self.trial.findings.shown[surface] += any(word in text for word in public)

    def log_in(self) -> None:
        """Give the guide's phone a session of now."""
        client = Client()
        client.force_login(self.trial.library.guide)
        name = settings.SESSION_COOKIE_NAME
        self.guide.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.base}])


@contextmanager
def devices(trial: Trial) -> Iterator[str]:
    """Have two phones look on while a trial runs; yields what is to be said of them."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        yield "no browser (Chromium): what phones keep was not looked at"
        return
    # Playwright's loop runs in this thread, which makes Django refuse ordinary queries beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Without Django's own handler of uploads, which would hand out every file without asking the site.
    server = LiveServerThread("localhost", lambda _media: StaticFilesHandler(WSGIHandler()))
    server.daemon = True
    server.start()
    server.is_ready.wait()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        trial.watch = Devices(trial, browser, server).look
        yield f"phones looked on every {OFTEN} events, with Chromium {browser.version}"
        browser.close()
    server.terminate()
