"""Where a hit stands: a chapter and its book, a section and its exhibition; read along with the hits, in the same query."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest

from cms.models import Holding
from cms.visibility import visible

LEVELS = (2, 1)
"""How far above; the outermost is named first."""


@dataclass(frozen=True)
class Above:
    """The title of a holding that another stands in."""

    title: str
    title_en: str


def with_whereabouts(holdings: "QuerySet[Holding]", request: HttpRequest) -> "QuerySet[Holding]":
    """Fetch the titles of the holdings above, of those alone that this visitor may see."""
    fields = {}
    for level in LEVELS:
        path = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - level * Holding.steplen)
        above = visible(Holding.objects.filter(path=path), request)
        for field in ("title", "title_en"):
            fields[f"above_{level}_{field}"] = Subquery(above.values(field)[:1])
    return holdings.annotate(**fields)


def whereabouts(holding: Holding) -> list[Above]:
    """Return what was fetched, the outermost first."""
    titles = [(getattr(holding, f"above_{n}_title"), getattr(holding, f"above_{n}_title_en")) for n in LEVELS]
    return [Above(title, title_en or "") for title, title_en in titles if title]
