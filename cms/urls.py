"""Addresses of the site: the admin, permanent numbers and pictures, and the tree in two languages."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from cms.desk.avatars import avatar
from cms.desk.first_page.views import first_page
from cms.finding.suggestions import suggestions
from cms.finding.views import results
from cms.pages.crawlers import robots, security, sitemap, sitemaps
from cms.pages.permalinks import permanent
from cms.pages.serving import serve
from cms.pages.throttle import page_password
from media.serving import picture, sound

# Wagtail's addresses that are answered in our own way.
OURS = ("wagtail_serve", "wagtailcore_authenticate_with_password")

handler500 = "cms.pages.server_errors.server_error"
urlpatterns = [
    # At the address of Wagtail's own first page, before it, which offers no other way to be replaced as a whole.
    path("admin/", never_cache(require_admin_access(first_page))),
    path("admin/", include(wagtailadmin_urls)),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
    path("sitemap.xml", sitemaps, name="sitemaps"),
    path("sitemaps/<slug:section>.xml", sitemap, name="sitemap"),
    path("documents/", include(wagtaildocs_urls)),
    path("files/avatar_images/<str:name>", avatar, name="avatar"),
    path("files/sounds/<str:name>", sound, name="sound"),
    re_path(r"^files/(?P<path>.+)$", picture, name="picture"),
]
urlpatterns += i18n_patterns(
    # A kind with addresses of its own beside its pages keeps them in its `urls.py`; before ours, which take any number.
    *(path("", include(f"{kind}.urls")) for kind in settings.KINDS if find_spec(f"{kind}.urls")),
    re_path(r"^id/(?P<uid>.+)$", permanent, name="permanent"),
    path("search/", results, name="search"),
    path("search/suggest/", suggestions, name="suggest"),
    path("reconcile/", include("cms.reconciling.urls")),
    # Logging in to read, and the words that pages are closed with; then every page.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        page_password,
        name="wagtailcore_authenticate_with_password",
    ),
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name not in OURS),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    prefix_default_language=False,
)
