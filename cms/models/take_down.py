"""What was taken down: a record, a picture or a recording that must be seen by nobody, whatever its own state is."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models.change import Change


class TakeDown(models.Model):
    """One taking down, as a line of the register; one of `page`, `image` and `sound` is set while the thing is there.

    Who, when and why stands in its change; while it is `in_force` `cms.visibility` lets nobody see the page, and nothing below
    it. It ends by undoing the change.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="take_downs")
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="take_downs")
    image = models.ForeignKey("media.Image", null=True, on_delete=models.SET_NULL, related_name="+")
    sound = models.ForeignKey("media.Sound", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("题名"), max_length=255)
    number = models.CharField(_("编号"), max_length=40, blank=True)
    in_force = models.BooleanField(_("下架中"), default=False, db_index=True)

    class Meta:
        verbose_name = _("下架")
        verbose_name_plural = _("下架")
        ordering: ClassVar = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()
