"""What the admin adds for exhibitions: the calendar of all stays at all venues, among the reports."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk.rights import DeskRequest, may_edit
from exhibitions.bookings import bookings
from exhibitions.calendar import MONTHS, calendar, later, month_of
from exhibitions.models import Exhibition


class Stays(MenuItem):
    """The calendar, for those who look after holdings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return may_edit(request.user)


def stays(request: DeskRequest) -> HttpResponse:
    """Draw a year of it, from the month that is asked for as `from`."""
    if not may_edit(request.user):
        raise PermissionDenied
    first = month_of(request.GET.get("from", ""), timezone.localdate())
    context = {
        "page_title": _("巡展日历"),
        "header_icon": "calendar",
        "calendar": calendar(bookings(Exhibition.objects.order_by("path")), first),
        "months": MONTHS,
        "earlier": later(first, -MONTHS),
        "later": later(first, MONTHS),
    }
    return render(request, "exhibitions/desk/stays.html", context)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Add the address of the calendar."""
    return [path("exhibitions/stays/", stays, name="exhibition_stays")]


@hooks.register("register_reports_menu_item")
def calendar_of_stays() -> MenuItem:
    """Put it among the reports."""
    return Stays(gettext_lazy("巡展日历"), reverse("exhibition_stays"), name="stays", icon_name="calendar", order=115)
