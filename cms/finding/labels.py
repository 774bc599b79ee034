"""The names of what a search means and the titles of themes, in one query: the results page has few to spend."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Value

from cms.catalogue.bilingual import say
from cms.models import Name, Theme


@dataclass(frozen=True)
class Labels:
    """Names by holding, in the librarian's order, and what each theme is called in the reader's language."""

    names: dict[int, list[Name]]
    themes: dict[str, str]


def read(meant: Iterable[int]) -> Labels:
    """Read the names of these holdings, and every theme."""
    nothing = Value("", output_field=CharField())
    columns = ("text", "language", "valid_from", "valid_to")
    names = Name.objects.filter(holding__in=meant).order_by().values_list("holding", "sort_order", "pk", *columns)
    themes = Theme.objects.order_by().values_list(Value(0), Value(0), "pk", "slug", "title", "title_en", nothing)
    found = Labels(defaultdict(list), {})
    for holding, _order, _pk, *texts in sorted(names.union(themes, all=True), key=lambda row: (row[1] or 0, row[2])):
        if holding:
            found.names[holding].append(Name(**dict(zip(columns, texts, strict=True))))
        else:
            slug, title, title_en, _nothing = texts
            found.themes[slug] = say(Theme(title=title, title_en=title_en), "title").text
    return found
