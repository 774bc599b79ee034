"""Editors who publish by the admin's forms and twenty readers, on SQLite: errors, lost writes, times.

.venv/bin/python benchmarks/writers.py [SECONDS] [LIBRARY] [--editors 8] [--pause SECONDS] [--table ROWS]

A real gunicorn serves a copy of LIBRARY (a VAR_DIR on SQLite), or the demo, which is loaded first. With --table so many new
records come in by the worker meanwhile, and all go on until they are in, however long that takes.
"""

import argparse
import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PLACE = Path(tempfile.mkdtemp(prefix="zhihui-writers-"))
os.environ.update(VAR_DIR=str(PLACE), DJANGO_SETTINGS_MODULE="cms.settings.demo")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.arriving import Arriving  # noqa: E402
from cms.models import Holding  # noqa: E402
from cms.models.kinds import kind_named  # noqa: E402

READERS = 20
PAUSE = 0.5
"""Seconds that a reader looks at a page."""
PASSWORD = "writers-and-readers-2026"
READ = ("/", "/places/", "/chronicle/", "/search/?q=龙华", "/en/search/?q=tower", "/people/")


@dataclass
class Crowd:
    """Who is at work, and until when."""

    port: int
    editors: int
    seconds: float
    pause: float
    table: int
    over: threading.Event = field(default_factory=threading.Event)


@dataclass
class Told:
    """What happened to one sort of request."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Return a row of the table."""
        times = sorted(self.times) or [0.0]
        at = [times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.95)]
        return f"| {name} | {len(self.times)} | {len(self.errors)} | {at[0]:.2f} | {at[1]:.2f} | {times[-1]:.2f} |"


class Fields(HTMLParser):
    """The fields of the editor's form, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._inside = False
        self._name, self._text = "", ""
        self._select = ""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        """Read inputs, and note where longer fields begin."""
        attrs = dict(found)
        if tag == "form":
            self._inside = "data-edit-form" in attrs or "login-form" in (attrs.get("class") or "")
        name = attrs.get("name") or ""
        if not self._inside or (not name and tag != "option") or "disabled" in attrs:
            return
        kind = attrs.get("type", "text")
        if tag == "input" and kind not in ("submit", "button", "file", "checkbox", "radio"):
            self.sent.append((name, attrs.get("value") or ""))
        elif tag == "input" and kind in ("checkbox", "radio") and "checked" in attrs:
            self.sent.append((name, attrs.get("value") or "on"))
        elif tag == "textarea":
            self._name, self._text = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attrs:
            self.sent.append((self._select, attrs.get("value") or ""))

    def handle_data(self, data: str) -> None:
        """Gather the text of a longer field."""
        self._text += data if self._name else ""

    def handle_endtag(self, tag: str) -> None:
        """End a longer field or the form."""
        if tag == "textarea" and self._name:
            self.sent.append((self._name, self._text.removeprefix("\r\n").removeprefix("\n")))
            self._name = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._inside = False


class Visitor:
    """Somebody with a browser: cookies, and forms that are sent."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}

    def ask(self, method: str, address: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        """Send one request; its status and text."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as link:
            head = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            body = urlencode(fields).encode() if fields is not None else None
            if body is not None:
                head |= {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Referer": f"http://127.0.0.1:{self.port}/",
                }
            link.request(method, quoted(address), body, head)
            answer = link.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie" and (pair := re.match(r"([^=]+)=([^;]*)", value)):
                    self.cookies[pair[1]] = pair[2]
            return answer.status, answer.read().decode("utf-8", "replace")

    def form(self, address: str) -> list[tuple[str, str]]:
        """Open a form; its fields."""
        reader = Fields()
        reader.feed(self.ask("GET", address)[1])
        return reader.sent


def quoted(address: str) -> str:
    """Return an address as it goes over the line."""
    return re.sub(r"[^\x21-\x7e]+", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)


def timed(told: Told, work: Callable[[], int], good: tuple[int, ...]) -> bool:
    """Do one request and note how long it took and whether it came to what it should."""
    start = time.perf_counter()
    try:
        status = work()
    except OSError as error:
        told.errors.append(repr(error))
        return False
    told.times.append(time.perf_counter() - start)
    if status not in good:
        told.errors.append(str(status))
    return status in good


def edit(crowd: Crowd, name: str, pages: list[int], tolds: dict[str, Told], written: dict[int, str]) -> None:
    """Open a form, change it, publish; until the end."""
    visitor = Visitor(crowd.port)
    login = visitor.form("/admin/login/")
    visitor.ask("POST", "/admin/login/", replaced(login, username=name, password=PASSWORD))
    number = 0
    while not crowd.over.wait(crowd.pause if number else 0):
        number += 1
        page = pages[number % len(pages)]
        address, fields = f"/admin/pages/{page}/edit/", []

        def open_form(address: str = address, fields: list = fields) -> int:
            reader = Fields()
            status, html = visitor.ask("GET", address)
            reader.feed(html)
            fields += reader.sent
            return status

        if not timed(tolds["open a form"], open_form, (200,)):
            continue
        words = f"{name}写的第{number}次"
        sent = [*replaced(fields, summary=words), ("action-publish", "1")]
        if timed(tolds["publish"], lambda a=address, s=sent: visitor.ask("POST", a, s)[0], (302,)):
            written[page] = words


def replaced(fields: list[tuple[str, str]], **changed: str) -> list[tuple[str, str]]:
    """Return the fields with some of them written anew."""
    return [pair for pair in fields if pair[0] not in changed] + list(changed.items())


def read(crowd: Crowd, addresses: list[str], told: Told) -> None:
    """Read pages, with a look at each, until the end."""
    visitor, chance = Visitor(crowd.port), random.Random(threading.get_ident())
    while not crowd.over.wait(PAUSE):
        address = chance.choice(addresses)
        timed(told, lambda a=address: visitor.ask("GET", a)[0], (200,))


def library(source: Path | None, editors: int) -> None:
    """Lay out a library of our own, with its editors."""
    if source:
        shutil.copytree(source, PLACE, dirs_exist_ok=True)
    call_command("migrate", verbosity=0)
    if not source:
        call_command("load_demo")
    call_command("collectstatic", interactive=False, verbosity=0)
    for number in range(editors):
        user, _made = User.objects.get_or_create(username=f"editor{number}")
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name="编辑"))


def shares(editors: int) -> list[list[int]]:
    """Return the pages of each editor: entries and places, and live tours as far as there are any."""
    each: list[list[int]] = [[] for _ in range(editors)]
    for kind in ("entry", "place", "tour"):
        keys = kind_named(kind).objects.live().order_by("pk").values_list("pk", flat=True)
        for number, key in enumerate(keys[: 2 * editors]):
            each[number % editors].append(key)
    return each


def main() -> None:
    """Serve, let them all at it, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float, nargs="?", default=60)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("--editors", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0, help="seconds between two things that an editor does")
    parser.add_argument("--table", type=int, default=0, metavar="ROWS")
    given = parser.parse_args()
    library(given.library, given.editors)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        "-m",
        "gunicorn",
        "cms.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--preload",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    server = subprocess.Popen([sys.executable, *command, "--timeout", "120", "--log-level", "error"], cwd=ROOT)
    try:
        run(Crowd(port, given.editors, given.seconds, given.pause, given.table))
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(PLACE, ignore_errors=True)


def run(crowd: Crowd) -> None:
    """Start everybody, wait, and print the table."""
    for _ in range(600):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", crowd.port)) == 0:
                break
        time.sleep(0.1)
    tolds = {name: Told() for name in ("publish", "open a form", "read a page")}
    written: dict[int, str] = {}
    own, arriving = shares(crowd.editors), Arriving(crowd.table) if crowd.table else None
    entries = [page.url for page in Holding.objects.live()[:20] if page.url]
    threads = [
        threading.Thread(target=edit, args=(crowd, f"editor{number}", own[number], tolds, written))
        for number in range(crowd.editors)
    ]
    threads += [
        threading.Thread(target=read, args=(crowd, [*READ, *entries], tolds["read a page"])) for _ in range(READERS)
    ]
    connection.close()
    start = time.monotonic()
    for thread in threads:
        thread.start()
    try:
        came = arriving.bring() if arriving else crowd.over.wait(crowd.seconds) or ""
    finally:
        crowd.over.set()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - start
    lost = [page for page, words in written.items() if Holding.objects.get(pk=page).summary != words]
    print(f"{crowd.editors} editors, {READERS} readers, {seconds:.0f} s; load {os.getloadavg()[0]:.1f} at the end")
    print("| what | done | errors | p50 s | p95 s | slowest s |\n|---|---|---|---|---|---|")
    for name, told in tolds.items():
        print(told.line(name))
    print(f"lost writes: {len(lost)} of {len(written)} pages")
    if came:
        print(came)
    for told in tolds.values():
        for error in sorted(set(told.errors)):
            print(f"  {told.errors.count(error)} x {error}")
    sys.exit(bool(lost) or any(told.errors for told in tolds.values()))


if __name__ == "__main__":
    main()
