"""What was removed, kept as data so that it can be brought back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Removal(models.Model):
    """One deletion: every row that went with it, and every field of another row that lost what it pointed to.

    `rows` holds a list of `{"model": label, "pk": key, "fields": {attribute: value}}`, in the order in which the database may
    take them back; `cleared` holds `[label, key, attribute, value before]`. `files` names the uploads of pictures in it while they
    are kept (`cms/worker/deleted_files.py`). Nothing in it is ever shown to readers.
    """

    made_at = models.DateTimeField(_("时间"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("谁")
    )
    title = models.CharField(_("删去的"), max_length=500)
    rows = models.JSONField(default=list)
    cleared = models.JSONField(default=list)
    files = models.JSONField(default=list)
    restored_at = models.DateTimeField(_("恢复于"), null=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("谁恢复")
    )

    class Meta:
        verbose_name = _("删去的")
        verbose_name_plural = _("删去的")
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
