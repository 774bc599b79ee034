"""The admin's own search: any substring of a title, number or name, which stock search does not find in Chinese."""

from typing import Any

from django.db.models import Q, QuerySet
from modelsearch.backends.database.fallback import DatabaseSearchBackend, DatabaseSearchQueryCompiler
from modelsearch.query import SearchQuery
from wagtail.models import Page

from search.folding import fold

HOLDING_FIELDS = ("title_en", "uid", "names__text")


class QueryCompiler(DatabaseSearchQueryCompiler):
    """Looks for every word of the query as a substring, as typed and with its characters folded."""

    DEFAULT_OPERATOR = "and"

    def holding_path(self) -> str | None:
        """Return the way from the searched model to a holding's fields, or None where there is none."""
        from cms.models import Holding

        model = self.queryset.model
        if issubclass(model, Holding):
            return ""
        return "holding__" if model is Page else None

    def build_single_term_filter(self, term: str) -> Q:
        """Return the condition that a term stands somewhere in a searched field or in a name."""
        condition = Q()
        path = self.holding_path()
        for word in {term, fold(term)}:
            condition |= super().build_single_term_filter(word)
            if path is not None:
                for field in HOLDING_FIELDS:
                    condition |= Q(**{f"{path}{field}__icontains": word})
        return condition

    def check_boost(self, query: SearchQuery, boost: float = 1.0) -> None:
        """Boosts are of no use to a listing, so none is warned of."""


class SearchBackend(DatabaseSearchBackend):
    """The backend named in WAGTAILSEARCH_BACKENDS."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = QueryCompiler


def found_by(words: str) -> "QuerySet[Any]":
    """Return the keys of the holdings that the admin's search finds, to be asked within another query."""
    from cms.models import Holding

    found = Holding.objects.all().search(words)
    return found.get_queryset().order_by().values("pk")
