"""What machines ask a site for first: robots.txt, security.txt and the sitemaps."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.models import Home, Shelf, TextPage
from cms.models.kinds import kinds
from cms.pages.absolute_urls import absolute
from cms.pages.narrowing import narrowing
from cms.visibility import visible

CLOSED = ("/admin/", "/search/", "/en/search/", "/reconcile/", "/en/reconcile/", "/guide/", "/en/guide/")
PLAIN = "text/plain; charset=utf-8"
EXPIRES = timedelta(days=180)
"""How long security.txt is good for; RFC 9116 asks for less than a year."""
PER_SITEMAP = 10_000
"""Addresses in one file; the protocol allows 50,000."""


def robots(request: HttpRequest) -> HttpResponse:
    """Let all crawlers in, but not into the search, the bench, the admin, nor any list narrowed: they would follow every combination."""
    facets = [f"/*{sign}{name}=" for name in narrowing() for sign in ("?", "&")]
    closed = [f"Disallow: {path}" for path in (*CLOSED, *facets)]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {absolute(reverse('sitemaps'))}", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


def security(request: HttpRequest) -> HttpResponse:
    """Say where to write about a weak spot (RFC 9116); 404 where the operator named nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + EXPIRES).strftime("%Y-%m-%dT00:00:00Z")
    lines = {"Contact": settings.SECURITY_CONTACT, "Expires": expires, "Preferred-Languages": "zh, en"}
    return HttpResponse("".join(f"{name}: {value}\n" for name, value in lines.items()), content_type=PLAIN)


class PageSitemap(Sitemap):  # type: ignore[type-arg]  # the class takes no argument when it runs
    """The pages of some models that anybody may see, each in both languages."""

    i18n = alternates = x_default = True
    limit = PER_SITEMAP

    def __init__(self, *models: type[Page]) -> None:
        self.models = models

    def seen(self) -> "QuerySet[Page]":
        """Return what anybody may see."""
        if len(self.models) == 1:
            return visible(self.models[0].objects.all(), None)
        return visible(Page.objects.type(self.models), None)

    def items(self) -> "QuerySet[Page]":
        """Return what an address is made of, in an order that stays."""
        return self.seen().only("pk", "url_path", "last_published_at", "locale_id", "content_type_id").order_by("pk")

    def location(self, page: Page) -> str:
        """Return the path of a page in the language that is asked for."""
        return page.get_url_parts()[2]

    def lastmod(self, page: Page) -> datetime | None:
        """Return when a page was last published."""
        return page.last_published_at

    def get_latest_lastmod(self) -> datetime | None:
        """Return when any of them was, without reading them all."""
        return self.seen().aggregate(latest=Max("last_published_at"))["latest"]

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the site's own protocol, whatever a proxy says."""
        return absolute("").partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        """Return the site's own host, whatever the request said."""
        return absolute("").partition("://")[2]


def sections() -> dict[str, PageSitemap]:
    """Return a sitemap for each kind, and one for the pages of the site itself."""
    by_kind = {str(kind._meta.model_name): PageSitemap(kind) for kind in kinds()}
    return {"pages": PageSitemap(Home, Shelf, TextPage), **by_kind}


def sitemaps(request: HttpRequest) -> HttpResponse:
    """List the sitemaps, each file of them."""
    files = []
    for name, section in sections().items():
        address, latest = absolute(reverse("sitemap", args=[name])), section.get_latest_lastmod()
        for number in section.paginator.page_range:
            place = f"{address}?p={number}" if number > 1 else address
            files.append(views.SitemapIndexItem(place, latest))  # type: ignore[arg-type]  # stubs: a bool for a moment
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of one kind."""
    answer = views.sitemap(request, dict(sections()), section)
    # The date of the newest page goes back when that is hidden, and `304` would be a lie.
    del answer["Last-Modified"]
    return answer
