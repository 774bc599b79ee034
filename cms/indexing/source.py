"""Where the search takes its documents from."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet

from cms.indexing.documents import document_of
from cms.models import Holding, Part
from cms.models.kinds import kinds
from cms.models.relation import Relation
from cms.visibility import visible
from search.document import Document

CHUNK = 500
H = TypeVar("H", bound=Holding)


def with_parts(queryset: "QuerySet[H]") -> "QuerySet[H]":
    """Fetch the parts that a kind is made of along with its holdings: the spreads of books, the versions of stories."""
    parts = (r for r in queryset.model._meta.related_objects if issubclass(r.related_model, Part))
    return queryset.prefetch_related(*(name for r in parts if (name := r.get_accessor_name())))


def prepared(queryset: "QuerySet[H]") -> "QuerySet[H]":
    """Fetch what a document is made of, in a few queries for many holdings; of others only those that anybody may see."""
    told_of = Relation.objects.filter(target__in=visible(Holding.objects.all(), None)).select_related("target")
    public = Prefetch("relations", told_of.prefetch_related("target__names"), to_attr="public_relations")
    return with_parts(queryset).prefetch_related("names", "themes", public).order_by("pk")


def kinds_of(holdings: "QuerySet[Holding]") -> list[type[Holding]]:
    """Return the kinds that some holdings are of, in the order of the shelf: a kind costs several queries, and most changes are of one."""
    found = set(holdings.order_by().values_list("content_type__app_label", "content_type__model").distinct())
    return [kind for kind in kinds() if (kind._meta.app_label, kind._meta.model_name) in found]


class Source:
    """The holdings that anyone may see; nothing else ever reaches an index."""

    def documents(self, ids: list[int] | None = None) -> Iterator[Document]:
        """Yield the document of each visible holding, or of those among `ids`."""
        asked = Q() if ids is None else Q(pk__in=ids)
        for kind in kinds_of(Holding.objects.filter(asked)):
            for holding in prepared(visible(kind.objects.filter(asked), None)).iterator(chunk_size=CHUNK):
                yield document_of(holding)

    def ids(self) -> set[int]:
        """Return the ids of all visible holdings."""
        return set(visible(Holding.objects.all(), None).values_list("pk", flat=True))

    def under(self, ids: list[int]) -> list[int]:
        """Return the ids of the holdings that stand in one of these or are its aliases: they come and go with it."""
        paths = Holding.objects.filter(pk__in=ids, numchild__gt=0).values_list("path", flat=True)
        found = set(Holding.objects.filter(alias_of__in=ids).values_list("pk", flat=True))
        for path in paths:
            found.update(Holding.objects.filter(path__startswith=path).values_list("pk", flat=True))
        return sorted(found - set(ids))

    def tied(self, ids: list[int]) -> list[int]:
        """Return the ids of the holdings that are related to one of these, from either end."""
        ends = Relation.objects.filter(Q(holding__in=ids) | Q(target__in=ids)).values_list("holding", "target")
        return sorted({end for pair in ends for end in pair} - set(ids))
