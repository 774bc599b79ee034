"""What the admin adds for picture books: recordings, and among the reports readings that stand over no character."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk.rights import may_edit
from picturebooks import checking
from picturebooks.aloud import desk


class Readings(MenuItem):
    """The list, for those who look after holdings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return may_edit(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Add its address, and those of recordings."""
    return [*checking.urlpatterns, *desk.urlpatterns]


@hooks.register("register_reports_menu_item")
def readings_unplaced() -> MenuItem:
    """Put it among the reports."""
    return Readings(_("绘本注音查对"), reverse("pinyin"), name="pinyin", icon_name="openquote", order=115)
