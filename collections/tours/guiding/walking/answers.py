"""What is answered to a form that may come from a phone's own memory, long after it was filled in."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from tours.guiding.access import GuideRequest
from tours.models import Tour


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """Return the key that the device made; None for anything else."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def tour_of(request: GuideRequest) -> Tour | None:
    """Return the guide's own tour that a form is about; None for anybody else's, or none."""
    sent = request.POST.get("tour", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 18):
        return None
    return Tour.objects.filter(pk=int(sent), owner=request.user).first()


def reply(request: HttpRequest, said: str, status: int, back: str) -> HttpResponse:
    """Answer a script with what is said and a status; a plain form is led back to a page that says it."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": said}, status=status)
    (messages.success if status < 400 else messages.error)(request, said)
    return HttpResponseRedirect(back)
