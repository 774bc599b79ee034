"""What the bench knows of a guide's account: that its password was given by somebody else and must be changed first."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OneTimePassword(models.Model):
    """An account whose password is good for one thing alone: choosing another."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("一次性口令")
        verbose_name_plural = _("一次性口令")

    def __str__(self) -> str:
        return f"{self.user_id}"
