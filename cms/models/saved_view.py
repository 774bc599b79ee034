"""Lists that somebody made and kept under a name."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """What a list was asked for, kept under a name: filters, columns, order, as its address says them in `query`.

    It is its owner's alone, or all colleagues open it; none sees in it what they may not. Who takes over an account takes
    over its lists.
    """

    name = models.CharField(_("名称"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views", verbose_name=_("谁存的")
    )
    query = models.CharField(max_length=4000, blank=True)
    shared = models.BooleanField(_("大家都能用"), default=False)
    on_first_page = models.BooleanField(_("放在案头"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("存好的清单")
        verbose_name_plural = _("存好的清单")
        ordering: ClassVar = ["made_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def open_to(cls, user: User) -> "QuerySet[SavedView]":
        """Return what somebody may open: their own, and what colleagues share."""
        return cls.objects.filter(Q(owner=user) | Q(shared=True)).select_related("owner")
