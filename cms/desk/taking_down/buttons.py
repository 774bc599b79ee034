"""The way to taking down from the page of a record."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page

from cms.models import Home


class TakeDownButton(PageMenuItem):
    """Leads to the question why."""

    label = _("下架")
    icon_name = "no-view"

    def __init__(self, page: Page, **kwargs: Any) -> None:
        super().__init__(page=page, url=reverse("take_down_page", args=[page.pk]), **kwargs)

    def is_shown(self, user: User) -> bool:
        """Show it to those who may."""
        return bool(self.page.permissions_for_user(user).can_publish())


def button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[TakeDownButton]:
    """Yield it for every page but the root and the home page."""
    if not page.is_root() and page.specific_class is not Home:
        yield TakeDownButton(page, priority=62)
