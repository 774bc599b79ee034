"""Where a statement comes from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class Citation(Orderable):
    """A source of a holding: a work, a page, an address."""

    key: ClassVar = ("holding", "text", "page", "url")

    holding = ParentalKey("cms.Holding", on_delete=models.CASCADE, related_name="citations")
    text = models.CharField(_("文献"), max_length=500, help_text=_("如：《徐汇区志》，上海社会科学院出版社，1997年。"))
    text_en = models.CharField(_("英文"), max_length=500, blank=True)
    page = models.CharField(_("页码"), max_length=100, blank=True)
    url = models.URLField(_("网址"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("出处")
        verbose_name_plural = _("出处")

    def __str__(self) -> str:
        return self.text
