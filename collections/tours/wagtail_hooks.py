"""What the admin adds for guides: the queue of their visitors' questions, among the reports."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.desk.first_page.open_matters import MATTERS, OpenMatter
from cms.desk.rights import may_edit
from tours.guiding.signposts import Keepers, Signposts
from tours.guiding.walking import queue
from tours.models import Code, Question


class Questions(MenuItem):
    """The queue, for those who look after holdings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return may_edit(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Add the addresses of the queue."""
    return queue.urlpatterns


@hooks.register("register_reports_menu_item")
def questions_asked() -> MenuItem:
    """Put it among the reports."""
    return Questions(_("讲解中的提问"), reverse("questions"), name="questions", icon_name="help", order=110)


MATTERS.append(OpenMatter(_("讲解中的提问"), "questions", lambda: Question.objects.filter(state=Question.State.OPEN)))
register_permission_policy(Code, Keepers(Code))
register_snippet(Signposts)
