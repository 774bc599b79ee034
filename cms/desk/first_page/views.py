"""The first page of the desk, in place of Wagtail's: for those who look after holdings all of it, for others the greeting alone."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.desk.first_page import first_hour
from cms.desk.first_page.adding import additions
from cms.desk.first_page.last_done import last_done
from cms.desk.first_page.open_matters import MATTERS, number
from cms.desk.first_page.waiting import waiting
from cms.desk.listing.asked import parsed
from cms.desk.listing.numbers import numbers
from cms.desk.listing.ready import ready
from cms.desk.rights import DeskRequest, may_edit
from cms.models import SavedView

MOST_LISTS = 24
"""Lists whose numbers stand on the page."""


@dataclass(frozen=True)
class Counted:
    """A list or a page, and how much is in it."""

    label: str
    url: str
    count: int


def first_page(request: DeskRequest) -> HttpResponse:
    """Draw it."""
    context: dict[str, Any] = {"page_title": _("案头"), "header_icon": "home", "today": timezone.localdate()}
    if may_edit(request.user):
        context |= desk(request)
    return render(request, "cms/desk/first_page/page.html", context)


def desk(request: DeskRequest) -> dict[str, Any]:
    """Return what somebody sees who looks after holdings."""
    user = request.user
    matters = {f"matter_{at}": number(matter) for at, matter in enumerate(MATTERS)}
    known = first_hour.of(user).annotate(**first_hour.tried(), **matters).values(*first_hour.tried(), *matters).get()
    groups = additions(user)
    return {
        "waiting": waiting(user),
        "tidy": [
            *lists(request),
            *(
                Counted(str(one.label), reverse(one.address), known[name] or 0)
                for name, one in zip(matters, MATTERS, strict=True)
            ),
        ],
        "additions": groups,
        "done": last_done(user),
        "steps": first_hour.first_hour(user, known, groups[0].things[0].url if groups else ""),
    }


def lists(request: DeskRequest) -> list[Counted]:
    """Return the lists that stand ready and those that were put on this page, with the number of records in each."""
    holdings = reverse("holdings")
    kept = SavedView.open_to(request.user).filter(on_first_page=True)[:MOST_LISTS]
    named = [(str(one.label), one.query, "") for one in ready()]
    named += [(view.name, view.query, f"{'&' if view.query else ''}view={view.pk}") for view in kept]
    counts = numbers({at: parsed(query) for at, (_label, query, _more) in enumerate(named)}, request.user)
    return [Counted(label, f"{holdings}?{query}{more}", counts[at]) for at, (label, query, more) in enumerate(named)]


@require_POST
def no_first_hour(request: DeskRequest) -> HttpResponse:
    """Show the first hour no longer to whoever asks."""
    first_hour.dismiss(request.user)
    return HttpResponseRedirect(reverse("wagtailadmin_home"))


urlpatterns = [path("first-hour/", no_first_hour, name="first_hour_over")]
