"""What every page shows round its text: the navigation and the way to the other language."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.catalogue.bilingual import in_english, say
from cms.models import Shelf, TextPage
from cms.pages.language import other_address
from cms.visibility import visible


@dataclass(frozen=True)
class Step:
    """One word of the navigation."""

    title: str
    url: str
    current: bool


def standing(request: HttpRequest) -> list[Page]:
    """Return the shelves in the menu and the text pages that this visitor may see, in one query."""
    types = ContentType.objects.get_for_models(Shelf, TextPage).values()
    pages = visible(Page.objects.filter(content_type__in=types), request).select_related("shelf", "textpage")
    return list(pages.order_by("path"))


def steps(request: HttpRequest, pages: list[Page]) -> list[Step]:
    """Return the navigation: the shelves in the menu and the search."""
    shelves = [page.shelf for page in pages if hasattr(page, "shelf") and page.show_in_menus]
    found = [
        Step(say(s, "nav_title").text or say(s, "title").text, url, request.path.startswith(url))
        for s in shelves
        if (url := s.get_url(request))
    ]
    search = reverse("search")
    return [*found, Step(_("检索"), search, request.path == search)]


def doors(request: HttpRequest, pages: list[Page]) -> dict[str, Step]:
    """Return every shelf that this visitor may see by its slug, also those that are not in the menu."""
    seen = [page.shelf for page in pages if hasattr(page, "shelf")]
    return {
        shelf.slug: Step(say(shelf, "title").text, url, request.path == url)
        for shelf in seen
        if (url := shelf.get_url(request))
    }


def texts(request: HttpRequest, pages: list[Page]) -> list[Step]:
    """Return the text pages that the foot of every page leads to."""
    found = [page.textpage for page in pages if hasattr(page, "textpage")]
    return [Step(say(p, "title").text, url, False) for p in found if (url := p.get_url(request))]


def spine(request: HttpRequest) -> dict[str, Any]:
    """Return the variables that base.html needs; the admin gets none."""
    if request.path.startswith("/admin/"):
        return {}
    # Like the list that it becomes when somebody looks at it.
    pages = cast("list[Page]", SimpleLazyObject(lambda: standing(request)))
    return {
        # Read when a template asks: a fragment or a redirect needs neither.
        "nav": SimpleLazyObject(lambda: steps(request, pages)),
        "doors": SimpleLazyObject(lambda: doors(request, pages)),
        "foot": SimpleLazyObject(lambda: texts(request, pages)),
        "switch_url": other_address(request.path, request.GET),
        "english": in_english(),
        "save_data": getattr(request, "save_data", False),
        "site_title": _("志汇"),
    }
