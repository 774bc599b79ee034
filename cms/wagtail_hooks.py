"""What the admin adds to Wagtail: the house's colours, and the lists of librarians' own things."""

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from cms.desk import accounts, changes, deleting, redirect_import, reporting, tables, tasks, zero_result_searches
from cms.desk.first_page import views as first_page
from cms.desk.incoming import addresses as incoming
from cms.desk.incoming import batch_change
from cms.desk.listing import menu as lists
from cms.desk.listing import views as listing
from cms.desk.merging import buttons as merging_buttons
from cms.desk.merging import views as merging
from cms.desk.rights import may_edit
from cms.desk.sounds import Sounds
from cms.desk.taking_down import buttons as taking_down_buttons
from cms.desk.taking_down import views as taking_down
from cms.desk.viewsets import Pages, Themes, pictures


@hooks.register("insert_global_admin_css")
def colours() -> str:
    """Give the admin the paper, ink and slate of the site."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


class Unfound(MenuItem):
    """The page of what readers did not find, among the reports, for those who look after holdings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return may_edit(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Add the addresses of our own pages, and of what replaces views of Wagtail's."""
    return [
        *zero_result_searches.urlpatterns,
        *tasks.urlpatterns,
        *changes.urlpatterns,
        *tables.urlpatterns,
        *incoming.urlpatterns,
        *batch_change.urlpatterns,
        *merging.urlpatterns,
        *taking_down.urlpatterns,
        *listing.urlpatterns,
        *first_page.urlpatterns,
        *redirect_import.urlpatterns,
        *pictures,
    ]


@hooks.register("register_reports_menu_item")
def searches_in_vain() -> MenuItem:
    """Put it among the reports."""
    return Unfound(_("没找到的检索"), reverse("unfound"), name="unfound", icon_name="search", order=100)


class Tasks(MenuItem):
    """The page of work in the background, among the reports, for those who answer for what is published."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return reporting.may(request.user)


@hooks.register("register_reports_menu_item")
def work_in_the_background() -> MenuItem:
    """Put it among the reports."""
    return Tasks(_("后台任务"), reverse("tasks"), name="tasks", icon_name="cogs", order=110)


class Tables(MenuItem):
    """The pages of tables that leave and that come in, for those who look after holdings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return may_edit(request.user)


@hooks.register("register_admin_menu_item")
def all_holdings() -> MenuItem:
    """Put the lists of holdings before everything else."""
    return lists.holdings()


@hooks.register("register_admin_menu_item")
def tables_that_leave() -> MenuItem:
    """Put it beside the holdings themselves."""
    return Tables(_("导出表格"), reverse("tables"), name="tables", icon_name="download", order=250)


@hooks.register("register_admin_menu_item")
def tables_that_come_in() -> MenuItem:
    """Put it before those that leave."""
    return Tables(_("导入表格"), reverse("incoming"), name="incoming", icon_name="upload", order=245)


@hooks.register("register_admin_menu_item")
def one_act_on_many() -> MenuItem:
    """Put it beside the tables: it is one that comes back changed."""
    return Tables(_("批量改"), reverse("batch_change"), name="batch_change", icon_name="edit", order=255)


@hooks.register("before_serve_document")
def papers_of_the_office(document: AbstractDocument, request: HttpRequest) -> None:
    """Keep documents among those who work in the admin: no page shows any. Raises Http404 for readers."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


class Journal(MenuItem):
    """The page of what was done at once, with the way back, for editors."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return reporting.may(request.user)


@hooks.register("register_admin_menu_item")
def what_was_done() -> MenuItem:
    """Put it beside the tables."""
    return Journal(_("批次与撤销"), reverse("changes"), name="changes", icon_name="history", order=260)


@hooks.register("register_reports_menu_item")
def what_was_taken_down() -> MenuItem:
    """Put the register among the reports."""
    return Journal(_("下架登记"), reverse("take_downs"), name="take_downs", icon_name="no-view", order=120)


@hooks.register("register_admin_viewset")
def page_views() -> Pages:
    """Put our forms and our deletion in the place of Wagtail's."""
    return Pages()


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Name what the history of a page says of its being brought back."""
    actions.register_action("zhihui.restore", _("恢复"), _("从删去的里恢复"))
    actions.register_action("zhihui.undo", _("撤销"), _("撤销了一批改动"))
    actions.register_action("zhihui.merge", _("并条"), _("有一条并了进来，或所指的一条并进了别条"))
    actions.register_action("zhihui.take_down", _("下架"), _("下架，读者哪里都看不到"))


hooks.register("before_bulk_action", deleting.many)
hooks.register("before_bulk_action", accounts.many)
hooks.register("register_page_header_buttons", merging_buttons.button)
hooks.register("register_page_header_buttons", taking_down_buttons.button)
register_snippet(Themes)
register_snippet(Sounds)
