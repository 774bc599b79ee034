"""The way to a merge from the page of a record."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page

from cms.models import Holding


class MergeButton(PageMenuItem):
    """Leads to the choice of the second record."""

    label = _("和另一条并成一条")
    icon_name = "link"

    def __init__(self, page: Page, **kwargs: Any) -> None:
        super().__init__(page=page, url=reverse("merge", args=[page.pk]), **kwargs)

    def is_shown(self, user: User) -> bool:
        """Show it to those who may merge."""
        return bool(self.page.permissions_for_user(user).can_publish())


def button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[MergeButton]:
    """Yield it for a record of a kind."""
    if page.specific_class is not None and issubclass(page.specific_class, Holding) and not page.alias_of_id:
        yield MergeButton(page, priority=45)
