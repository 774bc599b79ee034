"""The pictures that people give themselves in their account, shown to those who work in the admin alone."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve
from wagtail.users.models import UserProfile


def avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the picture of somebody's account; Http404 for readers, and for a file that is nobody's picture."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    path = f"avatar_images/{name}"
    if "\0" in name or not UserProfile.objects.filter(avatar=path).exists():
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
