"""The section: one room of an exhibition, and how its pictures hang."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel

from cms.catalogue.columns import PROSE, Column
from cms.models import Holding, Prose


class Hang(models.TextChoices):
    """How the pictures of a room hang; what hangs where follows from it."""

    SALON = "salon", _("沙龙")
    WINGS = "wings", _("两翼")
    SHELVES = "shelves", _("架上")
    SCREEN = "screen", _("银幕")


class Section(Prose, Holding):
    """One part of an exhibition."""

    code, glyph, tone = "SE", "部", "ying"
    order = "number"
    number = models.PositiveIntegerField(_("次序"), default=0)
    hang = models.CharField(
        _("挂法"),
        max_length=10,
        choices=Hang.choices,
        default=Hang.SALON,
        help_text=_("沙龙：一大件，旁边疏疏密密；两翼：一件高的居中；架上：一层层摆；银幕：一幅宽的，其馀在下。"),
    )
    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("hang")]),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (*PROSE, Column("次序", "number", "integer"), Column("挂法", "hang", "choice"))
    parent_page_types: ClassVar[list[str]] = ["exhibitions.Exhibition"]
    subpage_types: ClassVar[list[str]] = ["exhibitions.Exhibit"]

    class Meta:
        verbose_name = _("展区")
        verbose_name_plural = pgettext_lazy("复数", "展区")
