"""Where the site itself could show a holding."""

import json
from urllib.parse import urlencode

from django.test import Client

from chronicle.models import Entry
from cms.models import Shelf
from tests.surfaces import TITLE, WORD, Case, page_of, path_of


def permanent(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Follow the permanent address to wherever it leads."""
    return client.get(f"/id/{hidden.uid}", follow=True).content.decode()


def picture(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Ask for the picture in each of its sizes by their own addresses, and as it was uploaded; say the title where one came."""
    files = [hidden.cover.file, *(size.file for size in hidden.cover.renditions.all())]
    return TITLE if any(client.get(file.url).status_code == 200 for file in files) else ""


def in_the_sitemap(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Look for the address among those of its kind; say the title where it stands."""
    listed = client.get("/sitemaps/entry.xml").content.decode()
    return TITLE if hidden.slug in listed else ""


def queries(text: str) -> str:
    """Ask for a name as OpenRefine does."""
    return urlencode({"queries": json.dumps({"q0": {"query": text}})})


def extend(holding: Entry) -> str:
    """Ask for all that is told of a record."""
    names = ("title", "title_en", "name", "summary", "related")
    return urlencode({"extend": json.dumps({"ids": [holding.uid], "properties": [{"id": name} for name in names]})})


CASES: dict[str, Case] = {
    "admin/": "asks for a login before anything (test_the_admin_asks_for_a_login)",
    "robots": "fixed text",
    "security": "the operator's address",
    "sitemaps": "names of kinds and the date of the newest visible page",
    "sitemap": {"the sitemap of its kind": in_the_sitemap},
    "avatar": "shows the picture of an account, to those in the admin alone (tests/cms/desk/test_accounts.py)",
    "wagtaildocs_serve": "papers of the office, to those in the admin alone (tests/cms/desk/test_accounts.py)",
    "wagtaildocs_authenticate_with_password": "takes a password and redirects",
    "picture": {"picture by direct address": picture},
    "sound": "plays what a picture book does, to whom visible() lets it: tests/picturebooks/test_aloud.py",
    "permanent": {"permanent address": permanent},
    "search": {
        "results": page_of(lambda hidden, neighbour: f"/search/?q={WORD}"),
        "results in exact mode": page_of(lambda hidden, neighbour: f"/search/?q={WORD}&exact=1"),
    },
    "reconcile": {
        "candidates for a name": page_of(lambda hidden, neighbour: f"/reconcile/?{queries(TITLE)}"),
        "candidates for half a name": page_of(lambda hidden, neighbour: f"/reconcile/?{queries(TITLE[:2])}"),
        "values of a record": page_of(lambda hidden, neighbour: f"/reconcile/?{extend(hidden)}"),
        "values of its neighbour": page_of(lambda hidden, neighbour: f"/reconcile/?{extend(neighbour)}"),
    },
    "reconcile_entities": {
        "entities suggested": page_of(lambda hidden, neighbour: f"/reconcile/suggest/entity/?prefix={TITLE[:2]}"),
        "entity suggested by its number": page_of(
            lambda hidden, neighbour: f"/reconcile/suggest/entity/?prefix={hidden.uid}"
        ),
    },
    "reconcile_types": "names of kinds",
    "reconcile_properties": "names of properties",
    "reconcile_proposals": "names of properties",
    "reconcile_card": {"card of a record": page_of(lambda hidden, neighbour: f"/reconcile/card/{hidden.uid}/")},
    "suggest": {"suggestions": page_of(lambda hidden, neighbour: f"/search/suggest/?q={TITLE[:2]}")},
    "wagtail_serve": {
        "its own page": page_of(lambda hidden, neighbour: path_of(hidden)),
        "its neighbour's page": page_of(lambda hidden, neighbour: path_of(neighbour)),
        "home": page_of(lambda hidden, neighbour: "/"),
        "listing": page_of(lambda hidden, neighbour: path_of(Shelf.objects.get(slug="chronicle"))),
    },
    "wagtailcore_login": "a form that shows no holding",
    "wagtailcore_authenticate_with_password": "takes a password and redirects",
}
