"""Numbers of records that were merged into others: printed once and for all, they lead to the one that stayed."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.holding import Holding
from cms.models.uid import LONGEST_UID

H = TypeVar("H", bound=Holding)


class FormerNumber(models.Model):
    """A number that no record has any more, and the holding to which it leads."""

    uid = models.CharField(_("编号"), max_length=LONGEST_UID, unique=True)
    holding = models.ForeignKey(
        Holding, on_delete=models.CASCADE, related_name="former_numbers", verbose_name=_("馆藏")
    )

    class Meta:
        verbose_name = _("旧编号")
        verbose_name_plural = _("旧编号")
        default_permissions = ()

    def __str__(self) -> str:
        return self.uid


def numbered(holdings: "models.QuerySet[H]", uid: str) -> H | None:
    """Return the holding among these with a number, in small letters or capitals, or the one that took over a record with it.

    Of two records that an earlier import numbered alike but for their letters, the older has the number.
    """
    found = holdings.filter(uid__iexact=uid).order_by("pk").first()
    return found or holdings.filter(former_numbers__uid__iexact=uid).order_by("pk").first()
