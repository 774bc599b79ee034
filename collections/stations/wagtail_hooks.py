"""What the admin adds for corners: the posters of all of them in one go, among the reports."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk.rights import DeskRequest, may_edit
from cms.visibility import visible
from stations.corners import corners
from stations.models import Station
from stations.poster import posters

LANGUAGES = {"zh": "zh-hans", "en": "en"}


class Posters(MenuItem):
    """Shown to those who look after holdings."""

    def is_shown(self, request: DeskRequest) -> bool:
        """Show it to those who may open it."""
        return may_edit(request.user)


def all_posters(request: DeskRequest, language: str) -> HttpResponse:
    """Return the posters of all corners that readers see, a page each, from north to south; none for one that is closed."""
    if not may_edit(request.user):
        raise PermissionDenied
    order = [c.station.pk for c in corners(request) if not c.station.closed]
    shown = visible(visible(Station.objects.filter(pk__in=order), None), None, "print").in_bulk()
    with override(LANGUAGES[language]):
        pdf = posters([shown[pk] for pk in order if pk in shown], request)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="posters-{language}.pdf"'
    return answer


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Add the addresses of the posters."""
    return [
        path(f"stations/posters-{one}.pdf", all_posters, {"language": one}, name=f"station_posters_{one}")
        for one in LANGUAGES
    ]


@hooks.register("register_reports_menu_item")
def in_chinese() -> MenuItem:
    """Put the Chinese ones among the reports."""
    return Posters(
        _("志汇角海报（中文）"), reverse("station_posters_zh"), name="posters-zh", icon_name="print", order=120
    )


@hooks.register("register_reports_menu_item")
def in_english() -> MenuItem:
    """Put the English ones among the reports."""
    return Posters(
        _("志汇角海报（英文）"), reverse("station_posters_en"), name="posters-en", icon_name="print", order=121
    )
