"""Views of postcards beside their pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms.visibility import visible
from postcards.models import Postcard


def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the newest card that this visitor may see, else home."""
    found = visible(Postcard.objects.order_by("-first_published_at", "-pk"), request).first()
    return redirect(found.get_url(request) if found else "/")
