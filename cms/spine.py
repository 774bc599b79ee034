"""What every page shows round its text: the navigation and the way to the other language."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cms.bilingual import in_english, say
from cms.language import both_addresses, other_address
from cms.models import Shelf, TextPage
from cms.visibility import visible


@dataclass(frozen=True)
class Step:
    """One word of the navigation."""

    title: str
    url: str
    current: bool


def steps(request: HttpRequest) -> list[Step]:
    """Return the navigation: the shelves in the menu and the search."""
    shelves = visible(Shelf.objects.in_menu(), request).order_by("path")
    found = [
        Step(say(s, "nav_title").text or say(s, "title").text, url, request.path.startswith(url))
        for s in shelves
        if (url := s.get_url(request))
    ]
    search = reverse("search")
    return [*found, Step(_("检索"), search, request.path == search)]


def texts(request: HttpRequest) -> list[Step]:
    """Return the text pages that the foot of every page leads to."""
    pages = visible(TextPage.objects.all(), request).order_by("path")
    return [Step(say(p, "title").text, url, False) for p in pages if (url := p.get_url(request))]


def spine(request: HttpRequest) -> dict:
    """Return the variables that base.html needs; the admin gets none."""
    if request.path.startswith("/admin/"):
        return {}
    return {
        # Read when a template asks: a fragment or a redirect needs neither.
        "nav": SimpleLazyObject(lambda: steps(request)),
        "foot": SimpleLazyObject(lambda: texts(request)),
        "switch_url": other_address(request.path, request.META.get("QUERY_STRING", "")),
        "alternates": both_addresses(request.path),
        "english": in_english(),
        "save_data": getattr(request, "save_data", False),
        "site_title": _("志汇"),
    }
