"""A form that comes twice, from a slow network or an impatient finger, is done once: by the key that its page gave it."""

import re

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tours.guiding.access import GuideRequest
from tours.models import Sending
from tours.models.sending import KEPT

FIELD = "once"
_key = re.compile(r"[0-9a-f]{32}")


def named(request: GuideRequest, act: str) -> str:
    """Return what tells one form and what it asks for from another; "" where the form has no key."""
    sent = request.POST.get(FIELD, "")
    return f"{sent} {act}" if _key.fullmatch(sent) else ""


def earlier(request: GuideRequest, act: str = "") -> HttpResponse | None:
    """Return the answer to a form that was done before, None the first time.

    To be called in the transaction in which it is done: of two that come at once the second waits for the first.
    """
    if not (key := named(request, act)):
        return None
    sending, fresh = Sending.objects.get_or_create(owner=request.user, key=key)
    if fresh:
        Sending.objects.filter(at__lt=timezone.now() - KEPT).delete()
        return None
    messages.info(request, _("这一步刚才已经做了，没有再做一次。"))
    return HttpResponseRedirect(sending.place or reverse("guide"))


def done(request: GuideRequest, answer: HttpResponse, act: str = "") -> HttpResponse:
    """Remember where a form led, and return that answer."""
    if key := named(request, act):
        Sending.objects.filter(owner=request.user, key=key).update(place=answer["Location"])
    return answer
