"""Stock Wagtail search: its own database backend on SQLite, as a new Wagtail site has it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import django
from django.conf import settings

from benchmarks.questions import Question
from search.document import FACETS, Document

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "taggit",
    "wagtail",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail.search",
)
STEP = 500


class Wagtail:
    """`wagtail.search.backends.database`. It makes no snippets and understands no names."""

    title = "stock Wagtail, SQLite"
    understand = None

    def __init__(self, place: Path) -> None:
        self.file = place / "db.sqlite3"
        settings.configure(
            INSTALLED_APPS=[*APPS, "benchmarks.rivals"],
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(self.file)}},
            WAGTAILSEARCH_BACKENDS={
                "default": {
                    "BACKEND": "wagtail.search.backends.database",
                    "AUTO_UPDATE": False,
                    "ATOMIC_REBUILD": False,
                }
            },
            STATIC_URL="/static/",
            USE_TZ=True,
        )
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, run_syncdb=True)
        from wagtail.search.backends import get_search_backend

        self.backend = get_search_backend()
        if type(self.backend).__name__ != "SQLiteSearchBackend":
            raise SystemExit("This SQLite has no FTS5: stock Wagtail would fall back to LIKE.")

    def build(self, documents: Iterable[Document]) -> None:
        """Save all, then let Wagtail index them."""
        from django.core.management import call_command

        from benchmarks.rivals.models import Passage

        rows = map(row, documents)
        while some := list(islice(rows, STEP)):
            Passage.objects.bulk_create(some)
        call_command("update_index", verbosity=0)

    def _results(self, question: Question):
        from benchmarks.rivals.models import Passage

        passages = Passage.objects.all()
        if question.kinds:
            passages = passages.filter(kinds__in=question.kinds)
        if question.places:
            passages = passages.filter(places__in=question.places)
        return self.backend.search(question.text, passages, operator="and")

    def ask(self, question: Question) -> int:
        """Twenty hits, total, facets."""
        results = self._results(question)
        total = results.count()
        list(results[:20])
        for facet in FACETS:
            results.facet(facet)
        return total

    page = ask

    def suggest(self, typed: str) -> object:
        """Titles with a word that begins so."""
        from benchmarks.rivals.models import Passage

        return list(self.backend.autocomplete(typed, Passage)[:8])

    def ids(self, text: str, *, exact: bool) -> set[int]:
        """All hits."""
        return {passage.pk for passage in self._results(Question((text,)))}

    def megabytes(self) -> str:
        """The database, texts and all."""
        return f"{self.file.stat().st_size / 1e6:.1f}"

    def server(self) -> float:
        """No server."""
        return 0.0

    def close(self) -> None:
        """Nothing is left but the file."""


def row(document: Document):
    """The document with the first value of each facet."""
    from benchmarks.rivals.models import Passage

    empty = {"decades": None, "places": None}
    values = {name: next(iter(read(document)), empty.get(name, "")) for name, read in FACETS.items()}
    names = "\n".join([*document.names, document.title_en])
    return Passage(id=document.id, title=document.title, names=names, text=document.text, **values)
