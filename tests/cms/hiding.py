"""Every way in which a librarian, or time, hides a page, and where to look for what is left of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.models import Change, Holding, Home, Shelf, TakeDown
from search import outbox
from search.models import Heading, Record

Hide = Callable[[Page], object]


def restrict(page: Page) -> None:
    """Close a page and all under it to those who have not given its password, logged in or not."""
    closed = PageViewRestriction.PASSWORD
    PageViewRestriction.objects.create(page_id=page.pk, restriction_type=closed, password="open sesame")


def later() -> object:
    """Return a moment to come."""
    return timezone.now() + timedelta(days=1)


def before() -> object:
    """Return a moment that is over."""
    return timezone.now() - timedelta(seconds=1)


def rows(page: Page) -> object:
    """Return the page's own row, to be changed as a form would leave it."""
    return page.specific_class.objects.filter(pk=page.pk)


def under_a_closed_parent(page: Page) -> None:
    """Move a page under one that is closed."""
    home = Home.objects.get()
    parent = home.add_child(instance=Shelf(title="禁", slug="closed-shelf", kinds=[]))
    restrict(parent)
    page.move(parent, pos="last-child")


def under_one_that_is_not_published(page: Page) -> None:
    """Move a page under one that is a draft."""
    parent = Home.objects.get().add_child(instance=Shelf(title="未开", slug="draft-shelf", kinds=[], live=False))
    page.move(parent, pos="last-child")


def delete(page: Page) -> None:
    """Delete a page; a book's copies must leave the corners first."""
    page.held_copies.all().delete()
    page.specific_class.objects.get(pk=page.pk).delete()


def take_down(page: Page) -> None:
    """Take a page down, as the desk does."""
    change = Change.objects.create(action="take_down", title=page.title)
    TakeDown.objects.create(change=change, page_id=page.pk, title=page.title, in_force=True)


HIDING: dict[str, Hide] = {
    "unpublish": lambda page: page.unpublish(),
    "unpublish an ancestor": lambda page: page.get_parent().specific.unpublish(),
    "expire an ancestor": lambda page: Page.objects.filter(pk=page.get_parent().pk).update(expire_at=before()),
    "delete": delete,
    "restrict": restrict,
    "restrict an ancestor": lambda page: restrict(page.get_parent()),
    "restrict everything": lambda page: restrict(Home.objects.get()),
    "expire": lambda page: rows(page).update(expire_at=before()),
    "schedule": lambda page: rows(page).update(go_live_at=later()),
    "take from the web": lambda page: Holding.objects.filter(pk=page.pk).update(use_web=False),
    "take down": take_down,
    "take an ancestor down": lambda page: take_down(page.get_parent()),
    "move under a closed parent": under_a_closed_parent,
    "move under a draft": under_one_that_is_not_published,
}
"""For a holding; what closes everything around it too is among them."""
ALONE = [
    way
    for way in HIDING
    if way
    not in (
        "restrict an ancestor",
        "restrict everything",
        "unpublish an ancestor",
        "expire an ancestor",
        "take an ancestor down",
    )
]
"""Those that hide the page and nothing beside it."""
SITE = {way: HIDING[way] for way in ("unpublish", "restrict", "expire", "schedule", "take down")}
"""For a shelf or a text page."""


def caught_up() -> None:
    """Let the index catch up, as a worker does; on a slow machine a publication has not waited for it."""
    outbox.drain()
    outbox.purge(outbox.PROMPT)


def total(client: Client, words: str, more: str = "") -> int:
    """Return how many holdings the public search finds."""
    return client.get(f"/search/?q={words}{more}").context["hits"].total


def in_the_files(*words: str) -> list[str]:
    """Return which of the words stand in a file of the index, as typed or folded."""
    root = Path(settings.SEARCH_URL.partition(":")[2])
    content = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    return [word for word in words if word.encode() in content or word.casefold().encode() in content]


def in_the_tables(*words: str) -> list[str]:
    """Return which of the words stand in what is kept beside the index."""
    rows = [*Record.objects.values_list("title", "title_en", "names", "text"), *Heading.objects.values_list("text")]
    return [word for word in words if word in str(rows)]
