"""What a librarian fills in at the desk's own lists: a holding by its number or its title in full."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.models import Holding

SHOWN = 100
"""Characters of what was typed that an answer repeats."""


class HoldingField(forms.CharField):
    """The number of a holding, alone or before its title as a list offers it, or its title in full; cleaned it is the holding."""

    default_error_messages: ClassVar = {"required": gettext_lazy("请填一条馆藏的编号或题名全文。")}

    def clean(self, value: Any) -> Holding | None:
        """Return the holding of its own kind, None where nothing was typed and nothing has to be. Raises ValidationError."""
        # PostgreSQL refuses to look for NUL, and no number or title has one.
        typed = super().clean(str(value or "").replace("\0", ""))
        if not typed and not self.required:
            return None
        found = Holding.objects.filter(uid__iexact=typed.split(" ")[0])[:1] or Holding.objects.filter(title=typed)[:2]
        if not found:
            raise ValidationError(_("请填一条馆藏的编号或题名全文；“%(typed)s”没有。") % {"typed": typed[:SHOWN]})
        if len(found) > 1:
            raise ValidationError(_("不止一条馆藏叫“%(typed)s”，请填编号。") % {"typed": typed[:SHOWN]})
        return found[0].specific


def told(form: forms.Form) -> str:
    """Return what is wrong with what was filled in, as one sentence after the other."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
