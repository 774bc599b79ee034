"""The search room itself, on either of its engines, as the results page uses it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

import django
from django.conf import settings

from benchmarks.questions import Question
from search.document import Document

STALE = 1.2
"""Seconds. A node says for a second what it said before when asked for its CPU time."""


class Ours:
    """What both engines have in common: a database with records and headings, and the index that SEARCH_URL names."""

    title = ""

    def __init__(self, place: Path) -> None:
        self.place, self.database = place, place / "db.sqlite3"
        settings.configure(
            INSTALLED_APPS=["search"],
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(self.database)}},
            SEARCH_URL=self.url(),
            SEARCH_DRAIN="off",
            SEARCH_REPAIR="off",
            USE_TZ=True,
        )
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from search.engines import engine

        self.engine = engine()

    def url(self) -> str:
        """The SEARCH_URL of the engine."""
        raise NotImplementedError

    def build(self, documents: Iterable[Document]) -> None:
        """Index all, with their records and headings, as a rebuild does."""
        from search.records import keeping

        self.engine.rebuild(keeping(documents, set()))

    def ask(self, question: Question) -> int:
        """Ask the engine alone."""
        return self.engine.search(query(question)).total

    def page(self, question: Question) -> int:
        """Understand, find, fetch the records, mark titles and passages."""
        from search.finding import answer
        from search.models import Record
        from search.snippets import marked, passages

        found = answer(query(question))
        if found.hits.degraded:
            raise SystemExit("The engine did not answer in time: this would time something else.")
        for record in Record.objects.in_bulk(list(found.hits.ids)).values():
            marked(record.title, found.query)
            passages(record.text, found.query)
            passages(record.text_en, found.query)
        return found.hits.total

    def suggest(self, typed: str) -> object:
        """Titles and names for what was typed so far."""
        from search.headings import suggest

        return suggest(typed)

    def understand(self, typed: str) -> object:
        """What is meant by what was typed."""
        from search.query import Query
        from search.understanding import understand

        return understand(Query.read(typed))

    def ids(self, text: str, *, exact: bool) -> set[int]:
        """All hits, a hundred at a time."""
        from search.query import LARGEST_PAGE, Query

        found: set[int] = set()
        for page in range(1, 10_000):
            hits = self.engine.search(Query.read(text, exact=exact, page=page, size=LARGEST_PAGE))
            found.update(hits.ids)
            if page >= hits.pages:
                break
        return found

    def server(self) -> float:
        """No server."""
        return 0.0

    def close(self) -> None:
        """Close the files."""
        self.engine.close()


class Whoosh(Ours):
    """The embedded engine."""

    title = "ours, Whoosh"

    def url(self) -> str:
        """A folder of its own."""
        return f"whoosh:{self.place / 'index'}"

    def megabytes(self) -> str:
        """The index, and the records and headings beside it."""
        index = sum(file.stat().st_size for file in (self.place / "index").rglob("*") if file.is_file())
        return f"{index / 1e6:.1f} + {self.database.stat().st_size / 1e6:.1f}"


class Elasticsearch(Ours):
    """The distributed engine, on the server that ELASTICSEARCH_URL names."""

    title = "ours, Elasticsearch"

    def url(self) -> str:
        """An index of its own."""
        return f"{os.environ['ELASTICSEARCH_URL'].rstrip('/')}/zhihui-benchmark-{os.getpid()}"

    def megabytes(self) -> str:
        """The index, and the records and headings beside it."""
        stats = self.engine.connection.patiently(
            lambda client: client.indices.stats(index=self.engine.name, metric="store")
        )
        index = stats["_all"]["primaries"]["store"]["size_in_bytes"]
        return f"{index / 1e6:.1f} + {self.database.stat().st_size / 1e6:.1f}"

    def server(self) -> float:
        """What all nodes have used, for whomever; so let nobody else use them meanwhile."""
        time.sleep(STALE)
        stats = self.engine.connection.patiently(lambda client: client.nodes.stats(metric="process"))
        return sum(node["process"]["cpu"]["total_in_millis"] for node in stats["nodes"].values()) / 1000

    def close(self) -> None:
        """Take the index off the server."""
        self.engine.building.clear(keep=())
        self.engine.close()


def query(question: Question):
    """The question as a reader's query."""
    from search.query import Query

    return Query.read(question.text, kinds=question.kinds, places=question.places)
