"""Permanent addresses: `/id/<uid>` leads to a holding wherever it stands and whatever it is called."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from cms.models import Holding
from cms.models.former_number import numbered
from cms.models.uid import uid_in
from cms.models.visible_page import gone
from cms.visibility import is_taken_down, visible


def permanent(request: HttpRequest, uid: str) -> HttpResponse:
    """Lead on to the holding with this number, in small letters or capitals; 404 where this visitor may not see it, 410 where it was taken down.

    What stands after the number is passed over: chats make links of a number with the sign or the words after it.
    """
    number = uid_in(uid)
    seen = visible(Holding.objects.all(), request)
    found = (numbered(seen, one) for one in dict.fromkeys((number, number.rstrip("._-"))))
    holding = next(filter(None, found), None) if number else None
    if holding is None:
        known = numbered(Holding.objects.all(), number) if number else None
        if known and is_taken_down(known):
            return gone(request)
        raise Http404
    return HttpResponseRedirect(holding.get_url(request) or "/")
