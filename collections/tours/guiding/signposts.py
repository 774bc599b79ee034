"""Codes in the admin: whoever may publish may point one elsewhere; they are neither made nor deleted by hand."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.desk.rights import may_edit, may_publish
from cms.desk.snippet_forms import EditSnippet
from tours.models import Code


class Keepers(BasePermissionPolicy):
    """Viewing for those who look after holdings, changing for those who may publish: a code is read at once."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Tell of one action."""
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        """Tell of several."""
        wanted = set(actions)
        return ("view" in wanted and may_edit(user)) or ("change" in wanted and may_publish(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Return who may; the admin asks it of kinds with a review, which codes have not."""
        return User.objects.filter(is_active=True, is_superuser=True)


class Signposts(SnippetViewSet):
    """The list of codes, found by code or tour."""

    model = Code
    icon = "link"
    menu_label = _("短码")
    menu_order = 300
    add_to_admin_menu = True
    list_display = (
        "__str__",
        Column("tour", label=_("导览")),
        Column("stop.holding", label=_("这一站的馆藏")),
        Column("holding", label=_("改指")),
    )
    list_select_related = ("tour", "stop__holding", "holding")
    search_backend_name = None
    search_fields = ("code", "tour__title")
    copy_view_enabled = False
    edit_view_class = EditSnippet
    edit_template_name = EditSnippet.template_name
