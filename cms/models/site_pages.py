"""The spine of the site: home, shelves and plain text pages."""

from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.models.prose import Prose
from cms.models.visible_page import Seen
from cms.visibility import closed

DEEPEST = 8
"""Levels of an address below the home page; nothing of the library stands deeper."""
KNOWN_WAYS = 2000
"""Addresses of which a process remembers where they lead, as long as nothing is written."""
Way = tuple[Any, int, int]
"""The class of a page, its key, and how many steps of the address lead to it."""


class SpinePage(Seen, Page):
    """What pages of the site itself share: an English title and a line of introduction."""

    title_en = models.CharField(_("英文题名"), max_length=255, blank=True)
    intro = models.TextField(_("导语"), blank=True)
    intro_en = models.TextField(_("英文导语"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("title_en"),
        FieldPanel("intro"),
        FieldPanel("intro_en"),
    ]

    class Meta:
        abstract = True


class Home(SpinePage):
    """The first page of the library."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.Shelf", "cms.TextPage"]
    max_count = 1

    class Meta:
        verbose_name = _("首页")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the deepest page on an address, which answers what is left of it.

        As many queries at any depth, where Wagtail takes two a level.
        """
        if len(path_components) > DEEPEST:
            raise Http404
        if path_components:
            kind, pk, taken = self.way(request, path_components)
            found, left = kind.served().get(pk=pk), path_components[taken:]
        else:
            found, left = Home.objects.get(pk=self.pk), []
        found.known_closed = closed(request)
        return found.route(request, left) if path_components else super(Home, found).route(request, [])

    def way(self, request: HttpRequest, steps: list[str]) -> Way:
        """Return the deepest page on an address; Http404 where there is none.

        A request may bring the ways that were found since anything was written (`_ways`).
        """
        known: dict[tuple[str, ...], Way] = vars(request).get("_ways", {})
        if found := known.get(tuple(steps)):
            return found
        paths = [f"{self.url_path}{'/'.join(steps[:n])}/" for n in range(1, len(steps) + 1)]
        page = Page.objects.filter(url_path__in=paths, slug__in=steps).order_by("depth").last()
        if page is None or page.specific_class is None:
            raise Http404
        found = page.specific_class, page.pk, paths.index(page.url_path) + 1
        if len(known) < KNOWN_WAYS:
            known[tuple(steps)] = found
        return found


class Shelf(SpinePage):
    """One listing for the kinds that stand on it, filtered and paged."""

    kinds = models.JSONField(_("馆藏种类"), default=list, editable=False)
    nav_title = models.CharField(_("导航上的字"), max_length=10, blank=True)
    nav_title_en = models.CharField(_("导航上的英文"), max_length=20, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *SpinePage.content_panels,
        FieldPanel("nav_title"),
        FieldPanel("nav_title_en"),
    ]
    parent_page_types: ClassVar[list[str]] = ["cms.Home"]

    class Meta:
        verbose_name = _("书架")
        verbose_name_plural = _("书架")

    @property
    def changes_by_the_minute(self) -> bool:  # type: ignore[override]  # it is for its kinds to say
        """Whether one of the kinds here does."""
        known = (ContentType.objects.get_by_natural_key(*label.split(".")).model_class() for label in self.kinds)
        return any(kind.changes_by_the_minute for kind in known if kind and issubclass(kind, Seen))

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        """Let a kind that has a shelf of its own draw it: `<app>/<model>_shelf.html`."""
        own = [f"{label.replace('.', '/')}_shelf.html" for label in self.kinds[:1]]
        return [*own, "cms/shelf.html"]


class TextPage(Prose, SpinePage):
    """A page of plain text: about, how to cite, accessibility."""

    parent_page_types: ClassVar[list[str]] = ["cms.Home"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *SpinePage.content_panels,
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]

    class Meta:
        verbose_name = _("文字页")
        verbose_name_plural = _("文字页")
