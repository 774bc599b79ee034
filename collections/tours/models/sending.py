"""Forms that were sent: one that comes twice, from a slow network or an impatient finger, is done once."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=7)


class Sending(models.Model):
    """One form as a page drew it, once it was sent: its `key`, and the `place` to which the first answer led."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    place = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("送出的表单")
        verbose_name_plural = _("送出的表单")
        constraints: ClassVar = [models.UniqueConstraint(fields=("owner", "key"), name="tours_one_sending_a_form")]

    def __str__(self) -> str:
        return self.key
