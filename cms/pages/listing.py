"""One listing for any shelf: filtered, counted, sorted and paged, all in the address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, F, OrderBy, Q, QuerySet, Value
from django.db.models.functions import Collate, NullIf
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english, say
from cms.catalogue.districts import SUBDISTRICTS
from cms.models import Holding, Shelf, Theme
from cms.pages.decades import decade_days
from cms.pages.narrowing import narrows
from cms.pages.pagination import page_number
from cms.pages.related import with_pictures
from cms.visibility import visible

PER_PAGE = 24
PARAMETERS = narrows("theme", "decade", "subdistrict", "sort")


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with the address that takes it or leaves it."""

    key: str
    label: str
    count: int
    chosen: bool
    url: str


def touching(first: int, last: int) -> Q:
    """Return the condition that a holding's date meets some days; what goes on meets all until today."""
    ended = Q(date_latest__gte=first)
    if first <= timezone.localdate().toordinal():
        ended |= Q(date_edtf__endswith="/..")
    return Q(date_earliest__lte=last) & ended


def by_title() -> list[OrderBy]:
    """Return the order of titles in the reader's language, the same on any database; what has none of its own comes last."""
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    keys = ("sort_key_english", "sort_key_chinese") if in_english() else ("sort_key_chinese",)
    filed = [Collate(NullIf(F(key), Value("")), collation).asc(nulls_last=True) for key in keys]
    return [*filed, F("pk").asc()]


class Listing:
    """Read from templates as `listing`; the parameters are `theme`, `decade`, `subdistrict`, `sort` and `page`."""

    def __init__(self, shelf: Shelf, request: HttpRequest) -> None:
        self.shelf, self.request = shelf, request
        self.chosen = {name: request.GET.get(name, "")[:40] for name in PARAMETERS}

    @cached_property
    def models(self) -> list[type[Holding]]:
        """The kinds on this shelf that are still installed."""
        found = []
        for label in self.shelf.kinds:
            try:
                found.append(apps.get_model(label))
            except LookupError:
                continue
        return found

    @cached_property
    def everything(self) -> "QuerySet[Holding]":
        """All that this visitor may see on the shelf, before any filter."""
        if len(self.models) == 1:
            return visible(self.models[0].objects.all(), self.request)
        types = ContentType.objects.get_for_models(*self.models).values()
        return visible(Holding.objects.filter(content_type__in=types), self.request)

    @property
    def has_subdistricts(self) -> bool:
        """Whether the one kind here stands in sub-districts."""
        return len(self.models) == 1 and any(f.name == "subdistrict" for f in self.models[0]._meta.fields)

    @cached_property
    def filtered(self) -> "QuerySet[Holding]":
        """What the chosen filters leave."""
        rows: QuerySet[Any] = self.everything  # a sub-district is a field of some kinds alone
        if self.chosen["theme"]:
            rows = rows.filter(themes__slug=self.chosen["theme"])
        if self.chosen["subdistrict"] and self.has_subdistricts:
            rows = rows.filter(subdistrict=self.chosen["subdistrict"])
        if span := decade_days(self.chosen["decade"]):
            rows = rows.filter(touching(*span))
        return rows

    @cached_property
    def sorted(self) -> "QuerySet[Holding]":
        """In the order of dates, or of titles where the address says so; undated ones last."""
        if self.chosen["sort"] == "title":
            return self.filtered.order_by(*by_title())
        return self.filtered.order_by(F("date_earliest").asc(nulls_last=True), "path")

    @cached_property
    def page(self) -> "Page[Holding]":
        """The page of rows that the address asks for; odd numbers become the nearest page."""
        pages = Paginator(with_pictures(self.sorted), PER_PAGE)
        if self.has_subdistricts and not self.is_filtered:
            # Every holding stands in one sub-district or in none, so the facet has counted them all.
            pages.count = sum(self.by_subdistrict.values())
        return pages.get_page(page_number(self.request.GET.get("page", "")))

    def url(self, **changes: str) -> str:
        """Return the address of this listing with some parameters changed; an empty one is left out."""
        kept = {k: v for k, v in {**self.chosen, **changes}.items() if v}
        return f"?{urlencode(kept)}" if kept else "?"

    def choice(self, name: str, key: str, label: str, count: int) -> Choice:
        """Return one value of a filter; choosing it again leaves it."""
        chosen = self.chosen[name] == key
        return Choice(key, label, count, chosen, self.url(**{name: "" if chosen else key}))

    @cached_property
    def themes(self) -> list[Choice]:
        """The themes found here, most used first."""
        rows = Theme.objects.filter(holdings__in=self.everything.values("pk")).annotate(n=Count("holdings"))
        made = [self.choice("theme", theme.slug, say(theme, "title").text, theme.n) for theme in rows]
        return sorted(made, key=lambda c: -c.count)

    @cached_property
    def by_subdistrict(self) -> dict[str, int]:
        """How many holdings stand in each sub-district; those that stand in none are counted under the empty key."""
        rows: QuerySet[Any] = self.everything
        return dict(rows.values_list("subdistrict").annotate(n=Count("pk")).order_by())

    @cached_property
    def subdistricts(self) -> list[Choice]:
        """The sub-districts found here, in their usual order."""
        if not self.has_subdistricts:
            return []
        counted = self.by_subdistrict
        return [self.choice("subdistrict", k, str(label), counted[k]) for k, label in SUBDISTRICTS if k in counted]

    @property
    def links(self) -> dict[str, str]:
        """The addresses of the page before and after this one."""
        page, links = self.page, {}
        if page.has_previous():
            links["previous"] = self.url(page=str(page.previous_page_number()))
        if page.has_next():
            links["next"] = self.url(page=str(page.next_page_number()))
        return links

    @property
    def is_filtered(self) -> bool:
        """Whether the address narrows the listing."""
        return any(self.chosen[name] for name in ("theme", "decade", "subdistrict"))

    @property
    def sorts(self) -> list[Choice]:
        """The two orders."""
        by_title = self.chosen["sort"] == "title"
        return [
            Choice("", _("按年代"), 0, not by_title, self.url(sort="")),
            Choice("title", _("按题名"), 0, by_title, self.url(sort="title")),
        ]
