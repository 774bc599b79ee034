"""The admin's forms of themes, codes and pictures: what Wagtail keeps no versions of is compared as it was and as it is."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.generic.models import EditView
from wagtail.images.views.images import EditView as PictureView
from wagtail.log_actions import registry
from wagtail.snippets.views.snippets import EditView as SnippetView
from wagtail.utils.timestamps import render_timestamp

CONFLICT = 409


def state(thing: Model) -> str:
    """Return a digest of a row: the same as long as nobody has changed it."""
    values = {column.attname: column.value_to_string(thing) for column in thing._meta.concrete_fields}
    return hashlib.sha256(json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


class Overtaken(Exception):
    """Somebody else has saved since the form was opened."""


class EditThing(EditView):
    """A form of something without versions, which nobody saves over another unseen."""

    before: str = ""
    overtaken_by: dict[str, Any] | None = None

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        """Note how the row is before the form is laid over it."""
        thing = super().get_object(*args, **kwargs)
        self.before = self.before or state(thing)
        return thing

    @cached_property
    def opened_on(self) -> str:
        """Return the state that the form was opened on."""
        return self.request.POST.get("opened_on", self.before)

    def overtaken(self, now: str) -> bool:
        """Whether somebody has saved since, and who sent the form has not said that she has seen it."""
        return self.opened_on != now and self.request.POST.get("overwrite") != now

    def form_valid(self, form: "ModelForm[Any]") -> HttpResponse:
        """Save, unless somebody else did meanwhile; of two who send at the same moment one is told."""
        try:
            with transaction.atomic():
                if self.overtaken(state(self.model._default_manager.select_for_update().get(pk=self.object.pk))):
                    raise Overtaken
                return super().form_valid(form)
        except Overtaken:
            return self.refused(form)

    def refused(self, form: "ModelForm[Any]") -> HttpResponse:
        """Give her text back, and say who saved."""
        self.form = form
        last = registry.get_logs_for_instance(self.object).first()
        self.overtaken_by = {
            "user": last and last.user,
            "when": last and render_timestamp(last.timestamp),
            "now": state(self.model._default_manager.get(pk=self.object.pk)),
        }
        said = _("您打开之后，%(who)s在 %(when)s 保存过这一条。您写的都在下面，还没有保存。") % {
            "who": user_display_name(last.user) if last else _("别人"),
            "when": self.overtaken_by["when"] or _("刚才"),
        }
        messages.warning(self.request, said)
        return self.render_to_response(self.get_context_data(form=form), status=CONFLICT)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say in the form which state it was opened on, and who came between."""
        own = {"opened_on": self.opened_on, "overtaken_by": self.overtaken_by}
        return super().get_context_data(**kwargs) | own


class EditSnippet(EditThing, SnippetView):
    """The form of a theme or a code."""

    template_name = "cms/desk/edit_snippet.html"


class EditPicture(EditThing, PictureView):
    """The form of a picture."""

    template_name = "cms/desk/edit_picture.html"
