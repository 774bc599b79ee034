"""Permanent addresses: `/id/<uid>` leads to a holding wherever it stands and whatever it is called."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from cms.models import Holding
from cms.visibility import visible


def permanent(request: HttpRequest, uid: str) -> HttpResponse:
    """Lead on to the holding with this uid; 404 where this visitor may not see it."""
    holding = get_object_or_404(visible(Holding.objects.all(), request), uid__iexact=uid)
    return HttpResponseRedirect(holding.get_url(request) or "/")
