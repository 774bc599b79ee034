"""Changing what a whole tour is: its title, listener, language, time and start."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.guiding.access import GuideRequest, for_forms, own_tour
from tours.guiding.bench.changes import changing
from tours.guiding.bench.forms import TourForm
from tours.guiding.bench.page import Bound, draw
from tours.guiding.bench.stops import back_to
from tours.guiding.telling import tell


@for_forms
def settle(request: GuideRequest, pk: int) -> HttpResponse:
    """Keep what the form says, and tell at once how many stops lack the version that is now wanted."""
    tour = own_tour(request.user, pk)
    form = TourForm(request.POST, instance=own_tour(request.user, pk))
    if not form.is_valid():
        return draw(request, tour, Bound(tour=form))
    with changing(tour, request.user) as locked:
        # Filled in anew under the lock: whatever else of the tour changed meanwhile, opened or taken back, stays so.
        TourForm(request.POST, instance=locked).save()
    lacking = len(tell(locked, request).lacking)
    if lacking:
        said = ngettext("已保存。有 %(n)s 站缺这样的讲法。", "已保存。有 %(n)s 站缺这样的讲法。", lacking)
        messages.warning(request, said % {"n": lacking})
    else:
        messages.success(request, _("已保存。"))
    return back_to(tour)
