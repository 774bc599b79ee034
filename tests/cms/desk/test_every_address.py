"""Every address of the admin answers everybody, and takes the forms that it shows, on every kind, without a 500."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from cms.models import Holding
from tests.cms.desk.addresses import WHY_NOT, Address, addresses, urls
from tests.cms.desk.everything import everything
from tests.cms.desk.sheets import Sheet, sheets

# Asked for a page of every kind; the rest of what is of a page, for the entry in review alone.
ON_EVERY_KIND = {"edit", "copy", "set_privacy", "view_draft", "delete"}
# On another database, only what its constraints may refuse.
ELSEWHERE = {"delete"}
OFFICE = ["admin", "编辑", "编目员"]
BARE_POSTS = {"q": "", "next": "/admin/", "form_submission": "1"}

# The addresses whose forms are whole as they are filled here: taken, so that the walk is more than a row of refusals.
DAILY = {f"wagtailadmin_pages:{name}" for name in ("add", "edit", "copy")} | {"wagtailimages:add", "wagtailimages:edit"}
EDITORS = {f"wagtailadmin_pages:{name}" for name in ("delete", "set_privacy", "unpublish", "workflow_action")}
TAKEN = {
    "编目员": DAILY,
    "编辑": DAILY | EDITORS,
    "admin": DAILY | EDITORS | {"wagtailusers_users:edit", "wagtailusers_groups:add", "wagtailsnippets_cms_theme:add"},
}


@pytest.fixture(scope="module")
def things(library: dict[str, int], django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """One of everything, made beside the library in a transaction of the module's."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield everything({name: Holding.objects.get(pk=pk).specific for name, pk in library.items()})
        transaction.set_rollback(True)


NAMELESS = re.compile(rb"<title>\s*(?:-|\xe2\x80\x94|</title>)")
"""A title that says the house alone."""


class Walker:
    """Somebody who asks for addresses and sends forms; what they did is taken back each time."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.faults: list[str] = []
        self.taken: set[str] = set()
        self.asked = 0

    def ask(self, method: str, url: str, sent: dict | None = None) -> HttpResponse:
        """Send one request and take back what it did; a 500 is a fault, and so is a page without a title of its own."""
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            answer = getattr(self.client, method)(url, sent or {})
            body = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        self.client.cookies = cookies
        self.asked += 1
        if answer.status_code >= 500:
            self.faults.append(f"{method} {url} {answer.status_code} {getattr(answer, 'exc_info', ['', ''])[1]!r}")
        elif answer.streaming:
            answer.streaming_content = [body]
        elif NAMELESS.search(body):
            self.faults.append(f"{method} {url} has no title")
        return answer

    def visit(self, address: Address, url: str, send: bool = True) -> None:
        """Ask for an address, then send each form on it by each of its buttons; where it has none, an empty one."""
        answer = self.ask("get", url)
        found = list(sheets(answer)) if answer.status_code == 200 else []
        for sheet in found if send else []:
            for button in sheet.buttons or [("", "")]:
                self.send(address, url, sheet, button)
        if not found:
            self.ask("post", url, BARE_POSTS)

    def send(self, address: Address, url: str, sheet: Sheet, button: tuple[str, str]) -> None:
        """Send one form by one button, and note the addresses whose form was taken."""
        sent = {**sheet.fields, **({button[0]: button[1]} if button[0] else {})}
        answer = self.ask("post", sheet.action or url, sent)
        step = answer.json().get("step", "") if answer.get("Content-Type") == "application/json" else ""
        if answer.status_code == 302 or step in ("set_privacy_done", "chosen", "task_chosen"):
            self.taken.add(address.name)


def pages(things: dict[str, Any], library: dict[str, int]) -> list[Page]:
    """Return those of the site itself and of every kind; the one in review first."""
    own = [things[name] for name in ("home", "shelf", "text", "alias")]
    holdings = [Holding.objects.get(pk=pk).specific for pk in library.values()]
    return [Page.objects.get(pk=things["entry"].pk).specific, *own, *holdings]


def walk(walker: Walker, things: dict[str, Any], some: list[Page], on_every_kind: set[str]) -> None:
    """Visit every address; of a page, for each of the pages where it is one of those named, else for the first."""
    for address in addresses():
        if address.name in WHY_NOT:
            continue
        ends = address.name.rpartition(":")[2]
        for page in (some if ends in on_every_kind else some[:1]) if address.is_of_a_page else [some[0]]:
            for url in urls(address, things, page):
                walker.visit(address, url)


@pytest.mark.django_db
def test_every_address_is_visited_or_has_a_reason(things: dict[str, Any], library: dict[str, int]) -> None:
    """A new address needs to be said what it is of; and a reason that is no longer needed goes."""
    page = pages(things, library)[0]
    missing = []
    for address in addresses():
        try:
            assert address.name in WHY_NOT or urls(address, things, page)
        except KeyError as fault:
            missing.append(str(fault))
    assert missing == []
    assert WHY_NOT.keys() <= {address.name for address in addresses()}


@pytest.mark.once_on_each_database
@pytest.mark.django_db
@pytest.mark.parametrize("who", OFFICE)
def test_no_address_fails_those_who_work_here(things: dict[str, Any], library: dict[str, int], who: str) -> None:
    """Every address, and every form that it shows by every button, on every kind."""
    walker = Walker(things[who])
    walk(walker, things, pages(things, library), ON_EVERY_KIND if connection.vendor == "sqlite" else ELSEWHERE)
    assert walker.faults == []
    assert TAKEN[who] <= walker.taken


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["讲解员", "nobody", None])
def test_no_address_fails_those_who_do_not(things: dict[str, Any], library: dict[str, int], who: str | None) -> None:
    """Turned away everywhere, on every kind, by GET and by POST, in whatever way but a 500."""
    walker = Walker(things[who] if who else None)
    walk(walker, things, pages(things, library), ON_EVERY_KIND)
    assert walker.faults == []
