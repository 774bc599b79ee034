"""The lists of holdings in the admin's menu: all of them, each kind, how far the English is, what was kept under a name."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cms.desk.rights import may_edit
from cms.models.kinds import kinds


class ListItem(MenuItem):
    """A list, for those who look after holdings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return may_edit(request.user)


def items() -> Iterator[MenuItem]:
    """Yield what stands in the menu, in its order."""
    lists = reverse("holdings")
    yield ListItem(_("全部"), lists, name="all-holdings", icon_name="list-ul", order=1)
    for at, kind in enumerate(sorted(kinds(), key=lambda kind: str(kind._meta.app_label)), 2):
        name = str(kind._meta.model_name)
        yield ListItem(kind._meta.verbose_name_plural, f"{lists}?kind={name}", name=f"list-{name}", order=at)
    yield ListItem(_("译文进度"), reverse("holdings_translations"), name="translations", icon_name="globe", order=900)
    yield ListItem(_("存好的清单"), reverse("holdings_views"), name="saved-views", icon_name="tag", order=910)


def holdings() -> SubmenuMenuItem:
    """Return the menu of lists."""
    return SubmenuMenuItem(
        pgettext_lazy("菜单", "馆藏"),
        Menu(items=list(items())),
        name="holdings",
        icon_name="folder-open-inverse",
        order=90,
    )
