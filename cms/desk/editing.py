"""The admin's forms of pages: nobody saves over another unseen, and what was typed before a login comes back."""

import re
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import render_timestamp

from cms.pages import resumed_forms

CONFLICT = 409
AT_ONCE = ("save", "publish")
"""Actions that are done in one transaction with the last look at who saved meanwhile; the others send mails."""


class Overtaken(Exception):
    """Somebody else has saved since the form was opened."""


def with_rows_made_anew(sent: QueryDict, model: type[Page]) -> QueryDict:
    """Return what a form sent, without the keys of rows that another has taken away since: hers are to be rows again."""
    data = sent.copy()
    for relation in get_all_child_relations(model):
        row = re.compile(rf"{relation.get_accessor_name()}-\d+-id")
        keys = {name: key for name in sent if row.fullmatch(name) and (key := sent.get(name, "")).isdecimal()}
        there = relation.related_model._base_manager.filter(pk__in=keys.values()).values_list("pk", flat=True)
        gone = [name for name, key in keys.items() if int(key) not in set(there)]
        for name in gone:
            data[name] = ""
    return data


class Edit(EditView):
    """The form of a page that exists."""

    overtaken_by: Revision | None = None

    def get_template_names(self) -> list[str]:
        """Take our form where Wagtail would take its own."""
        own = {"wagtailadmin/pages/edit.html": "cms/desk/edit_page.html"}
        return [own.get(name, name) for name in super().get_template_names()]

    @cached_property
    def opened_on(self) -> str:
        """Return the key of the version that the form was opened on; empty where there was none."""
        sent = self.request.POST.get("opened_on", self.request.POST.get("loaded_revision_id"))
        return sent if sent is not None else self.latest

    @property
    def latest(self) -> str:
        """Return the key of the latest version when the request began."""
        return str(self.latest_revision.pk) if self.latest_revision else ""

    def overtaken(self, latest: str) -> bool:
        """Whether somebody has saved since, and who sent the form has not said that she has seen this very version."""
        return self.opened_on != latest and self.request.POST.get("overwrite") != latest

    def get_object(self) -> Page:
        """Return the version that a form is laid over: the latest, but the one that it was opened on where she knows of both.

        Its rows are those that the form has; the latest may have fewer.
        """
        knows = self.request.method == "POST" and self.opened_on not in ("", self.latest)
        opened = (
            self.real_page_record.revisions.filter(pk=int(self.opened_on))
            if knows and self.opened_on.isdecimal()
            else None
        )
        revision = opened.first() if opened is not None else None
        return revision.as_object() if revision else super().get_object()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was typed before a login, where something was."""
        found = resumed_forms.kept_for(request)
        if found is None:
            return super().get(request, *args, **kwargs)
        self.opened_on = found.data.get("opened_on", self.latest)
        return self.shown_again(found.data, resumed_forms.welcome_back(request))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, unless somebody else did meanwhile; then show both."""
        if self.page.alias_of_id or self.expects_json_response:
            return super().post(request, *args, **kwargs)
        try:
            if self.overtaken(self.latest):
                raise Overtaken
            if self.opened_on != self.latest:
                data = with_rows_made_anew(request.POST, self.page_class)
                request.POST = data  # type: ignore[assignment]  # the stubs know it as sent alone
            return super().post(request, *args, **kwargs)
        except Overtaken:
            return self.refused()

    def form_valid(self, form: Any) -> HttpResponse:
        """Look once more under a lock, so that of two who send at the same moment one is told."""
        if self.expects_json_response or self.action_name not in AT_ONCE:
            return super().form_valid(form)
        with transaction.atomic():
            row = Page.objects.select_for_update().filter(pk=self.page.pk)
            latest = row.values_list("latest_revision_id", flat=True).get()
            if self.overtaken(str(latest or "")):
                raise Overtaken
            return super().form_valid(form)

    def refused(self) -> HttpResponse:
        """Give her text back, and say whose version came first."""
        self.real_page_record.refresh_from_db()
        self.latest_revision = self.overtaken_by = self.real_page_record.get_latest_revision()
        self.page = self.get_object()
        said = _("您打开之后，%(who)s在 %(when)s 保存过这一条。您写的都在下面，还没有保存。") % {
            "who": user_display_name(self.overtaken_by.user) or _("系统"),
            "when": render_timestamp(self.overtaken_by.created_at),
        }
        return self.shown_again(self.request.POST, said, CONFLICT)

    def shown_again(self, data: QueryDict, said: str, status: int = 200) -> HttpResponse:
        """Draw the form with what was typed; nothing is saved."""
        self.form = self.form_class(
            with_rows_made_anew(data, self.page_class),
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        self.has_unsaved_changes = True
        messages.warning(self.request, said)
        return self.render_to_response(self.get_context_data(), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say in the form which version it was opened on, and which one came between."""
        own = {"opened_on": self.opened_on, "overtaken_by": self.overtaken_by}
        return super().get_context_data(**kwargs) | own


class Create(CreateView):
    """The form of a new page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was typed before a login, where something was."""
        found = resumed_forms.kept_for(request)
        if found is None:
            return super().get(request, *args, **kwargs)
        self.form = self.form_class(
            found.data,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent_page,
            for_user=request.user,
        )
        self.has_unsaved_changes = True
        messages.warning(request, resumed_forms.welcome_back(request))
        return self.render_to_response(self.get_context_data())
