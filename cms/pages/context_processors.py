"""What every page shows round its text: the navigation and the way to the other language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

from cms.catalogue.bilingual import in_english, say
from cms.catalogue.shelves import Group
from cms.models import Shelf, TextPage
from cms.models.kinds import kinds
from cms.pages.language import other_address
from cms.pages.remembering import remembered
from cms.visibility import visible


@dataclass(frozen=True)
class Step:
    """One word of the navigation; `current` is `page` there, `true` on the pages below it, else empty."""

    title: str
    url: str
    current: str
    slug: str = ""


@dataclass(frozen=True)
class Doors:
    """Shelves that belong together in the list of all."""

    heading: str
    steps: list[Step]


def standing(request: HttpRequest) -> list[Page]:
    """Return the shelves in the menu and the text pages that this visitor may see, in one query."""
    types = ContentType.objects.get_for_models(Shelf, TextPage).values()
    pages = visible(Page.objects.filter(content_type__in=types), request).select_related("shelf", "textpage")
    return list(pages.order_by("path"))


def here(request: HttpRequest, url: str) -> str:
    """Return how an address stands to the page that is asked for, as `aria-current` says it."""
    if request.path == url:
        return "page"
    return "true" if request.path.startswith(url) else ""


def steps(request: HttpRequest, pages: list[Page]) -> list[Step]:
    """Return the bar: the shelves in the menu. Each is called as a librarian wants it there, else as everywhere."""
    shelves = [page.shelf for page in pages if hasattr(page, "shelf") and page.show_in_menus]
    return [
        Step(say(s, "nav_title").text or say(s, "title").text, url, here(request, url))
        for s in shelves
        if (url := s.get_url(request))
    ]


def doors(request: HttpRequest, pages: list[Page]) -> dict[str, Step]:
    """Return every shelf that this visitor may see by its slug, also those that are not in the menu."""
    seen = [page.shelf for page in pages if hasattr(page, "shelf")]
    return {
        shelf.slug: Step(say(shelf, "title").text, url, here(request, url), shelf.slug)
        for shelf in seen
        if (url := shelf.get_url(request))
    }


def headings() -> dict[Group, str]:
    """Return what the groups of shelves are called, in their order."""
    return {
        "read": pgettext("shelves", "读"),
        "know": pgettext("shelves", "人、地、时"),
        "go": pgettext("shelves", "去"),
    }


def grouped(doors: Mapping[str, Step]) -> list[Doors]:
    """Return the shelves in the groups that their kinds name; one that no kind stands on is there to be read."""
    groups = {kind.shelf.slug: kind.shelf.group for kind in kinds() if kind.shelf}
    made = [
        Doors(heading, [step for slug, step in doors.items() if groups.get(slug, "read") == group])
        for group, heading in headings().items()
    ]
    return [one for one in made if one.steps]


def apart(bar: Iterable[Step], doors: Mapping[str, Step]) -> bool:
    """Tell whether the page stands on a shelf that the bar does not name."""
    return not any(step.current for step in bar) and any(step.current for step in doors.values())


def texts(request: HttpRequest, pages: list[Page]) -> list[Step]:
    """Return the text pages that the foot of every page leads to."""
    found = [page.textpage for page in pages if hasattr(page, "textpage")]
    return [Step(say(p, "title").text, url, here(request, url)) for p in found if (url := p.get_url(request))]


def spine(request: HttpRequest) -> dict[str, Any]:
    """Return the variables that base.html needs; the admin gets none."""
    if request.path.startswith("/admin/"):
        return {}
    # Like what they become when somebody looks at them: a fragment or a redirect needs none.
    pages = cast("list[Page]", SimpleLazyObject(lambda: remembered("spine", request, lambda: standing(request))))
    bar = cast("list[Step]", SimpleLazyObject(lambda: steps(request, pages)))
    every = cast("dict[str, Step]", SimpleLazyObject(lambda: doors(request, pages)))
    search = reverse("search")
    return {
        "nav": bar,
        "doors": every,
        "door_groups": SimpleLazyObject(lambda: grouped(every)),
        "apart": SimpleLazyObject(lambda: apart(bar, every)),
        "seek": Step(_("检索"), search, "page" if request.path == search else ""),
        "foot": SimpleLazyObject(lambda: texts(request, pages)),
        "switch_url": other_address(request.path, request.GET),
        "english": in_english(),
        "save_data": getattr(request, "save_data", False),
        "site_title": _("志汇"),
    }
