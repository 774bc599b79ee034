"""The forms of a holding in the admin: to edit one, and to copy one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import COMMENTS_RELATION_NAME


class HoldingForm(WagtailAdminPageForm):
    """Asks for no address: one that is left empty is made from the number, which is given on saving."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("slug", "uid"):
            if name in self.fields:
                self.fields[name].required = False
        if "uid" in self.fields and self.instance.uid:
            # A number once given stays; a form that never showed it must not take it away.
            self.fields["uid"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Keep the address that the holding has where the field was left empty."""
        cleaned = super().clean()
        if not cleaned.get("slug") and self.instance.slug:
            cleaned["slug"] = self.instance.slug
        return cleaned

    def _post_clean(self) -> None:
        """Check the holding by itself: its parts are not yet those that were typed."""
        with self.instance.parts_to_come():
            super()._post_clean()

    def is_valid(self) -> bool:
        """Check the parts together as well, as they were typed."""
        return super().is_valid() and self.parts_fit()

    def part_formsets(self) -> list[BaseChildFormSet]:
        """Return the formsets of the parts; remarks in the margin are none."""
        return [formset for name, formset in self.formsets.items() if name not in ("comments", COMMENTS_RELATION_NAME)]

    def parts_fit(self) -> bool:
        """Put the typed parts in their places, as saving will do once more, and let the holding check them."""
        for formset in self.part_formsets():
            formset.save(commit=False)
        try:
            self.instance.clean_parts()
            self.instance.clean_beside_others()
        except ValidationError as fault:
            self.add_error(None, fault)
            return False
        return True


class HoldingCopyForm(CopyForm):
    """Asks for no address either: a copy has a number of its own, from which one is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].required = False
        self.fields["new_slug"].initial = ""
        self.fields["new_slug"].help_text = _("留空则由新编号得来。")

    def clean(self) -> dict[str, Any]:
        """Refuse in words to publish a copy of what could not be saved as it is."""
        cleaned = super().clean()
        for way in filter(cleaned.get, ("publish_copies", "alias")):
            try:
                self.page.specific.full_clean()
            except ValidationError as fault:
                why = "；".join(fault.messages)
                self.add_error(way, _("这一条现在这样发布不了：%(why)s") % {"why": why})
        return cleaned
