"""The exhibit, and the regions of its picture that are worth a close look."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.models import Orderable

from cms.catalogue.columns import PROSE, Column
from cms.catalogue.prose import TextPart
from cms.desk.part_order import PlacedPanel
from cms.models import Holding, Part, Prose
from cms.models.relation import Ends, Role


class Exhibit(Prose, Holding):
    """A thing on show; `number` is that of its label, and orders it in its section."""

    code, glyph, tone, schema_type = "XB", "展", "ying", "CreativeWork"
    order = "number"
    relation_words: ClassVar = {Role.BY: Ends(pgettext_lazy("展品", "作者："), _("作有"))}
    number = models.PositiveIntegerField(_("次序"), default=0)
    leading = models.BooleanField(_("主位"), default=False, help_text=_("挂在这一厅最大的位置；一厅一件就够。"))
    material = models.CharField(_("材质"), max_length=200, blank=True)
    material_en = models.CharField(_("英文材质"), max_length=200, blank=True)
    dimensions = models.CharField(_("尺寸"), max_length=200, blank=True)
    maker = models.CharField(pgettext_lazy("展品", "作者"), max_length=200, blank=True)
    maker_en = models.CharField(pgettext_lazy("展品", "英文作者"), max_length=200, blank=True)
    lender = models.CharField(_("提供者"), max_length=200, blank=True)
    lender_en = models.CharField(_("英文提供者"), max_length=200, blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("leading")]),
        FieldRowPanel([FieldPanel("material"), FieldPanel("material_en"), FieldPanel("dimensions")]),
        FieldRowPanel([FieldPanel("maker"), FieldPanel("maker_en")]),
        FieldRowPanel([FieldPanel("lender"), FieldPanel("lender_en")]),
        PlacedPanel("closeups", heading=_("细看"), label=_("一处")),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (
        *PROSE,
        Column("次序", "number", "integer"),
        Column("主位", "leading", "yes"),
        Column("材质", "material"),
        Column("英文材质", "material_en"),
        Column("尺寸", "dimensions"),
        Column("作者", "maker"),
        Column("英文作者", "maker_en"),
        Column("提供者", "lender"),
        Column("英文提供者", "lender_en"),
    )
    parent_page_types: ClassVar[list[str]] = ["exhibitions.Section"]

    class Meta:
        verbose_name = _("展品")
        verbose_name_plural = pgettext_lazy("复数", "展品")

    def seen_close(self) -> "list[CloseUp]":
        """Return what there is to be seen close: nothing without a picture."""
        return list(self.closeups.all()) if self.cover_id else []

    def text_parts(self) -> list[TextPart]:
        """Find an exhibit by maker, lender, material and what is to be seen close on it."""
        own = map(TextPart, (self.maker, self.lender, self.material))
        close = [TextPart(f"{one.title} {one.caption}".strip(), one.anchor) for one in self.seen_close()]
        return [*own, *super().text_parts(), *close]

    def text_parts_en(self) -> list[TextPart]:
        """Find an exhibit by the same in English."""
        own = map(TextPart, (self.maker_en, self.lender_en, self.material_en))
        close = [TextPart(f"{one.title_en} {one.caption_en}".strip(), one.anchor) for one in self.seen_close()]
        return [*own, *super().text_parts_en(), *close]


WITHIN = [MinValueValidator(0), MaxValueValidator(100)]
"""Hundredths of the picture's width or height."""


class CloseUp(Orderable, Part):
    """A region of an exhibit's picture and what is to be seen there; in hundredths of its width and height."""

    columns = (
        Column("所属编号", "exhibit", "owner", required=True),
        Column("次序", "sort_order", "place", required=True),
        Column("左", "left", "decimal", required=True),
        Column("上", "top", "decimal", required=True),
        Column("宽", "width", "decimal", required=True),
        Column("高", "height", "decimal", required=True),
        Column("题名", "title", required=True),
        Column("英文题名", "title_en"),
        Column("说明", "caption"),
        Column("英文说明", "caption_en"),
    )
    key = ("exhibit", "sort_order")

    exhibit = ParentalKey(Exhibit, on_delete=models.CASCADE, related_name="closeups")
    left = models.DecimalField(
        _("左"), max_digits=5, decimal_places=2, validators=WITHIN, help_text=_("从图的左边起，占全宽的百分之几：0 是左边，50 是正中。")
    )  # fmt: skip
    top = models.DecimalField(
        _("上"), max_digits=5, decimal_places=2, validators=WITHIN, help_text=_("从图的上边起，占全高的百分之几。")
    )
    width = models.DecimalField(_("宽"), max_digits=5, decimal_places=2, validators=WITHIN)
    height = models.DecimalField(_("高"), max_digits=5, decimal_places=2, validators=WITHIN)
    title = models.CharField(_("题名"), max_length=60)
    title_en = models.CharField(_("英文题名"), max_length=60, blank=True)
    caption = models.CharField(_("说明"), max_length=300, blank=True)
    caption_en = models.CharField(_("英文说明"), max_length=300, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel(name) for name in ("left", "top", "width", "height")]),
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("caption"), FieldPanel("caption_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("细看一处")
        verbose_name_plural = _("细看")

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """Where it stands on the exhibit's page; the number is its place, which a table counts from 1."""
        return f"look-{(self.sort_order or 0) + 1}"

    def clean(self) -> None:
        """Refuse a region that is empty, or reaches out of the picture."""
        for start, size in (("left", "width"), ("top", "height")):
            at, length = getattr(self, start), getattr(self, size)
            if at is None or length is None:
                continue  # Django has said already that it is missing.
            if length <= 0:
                raise ValidationError({size: _("宽和高要大于 0。")})
            if at + length > 100:
                raise ValidationError({size: _("这一处伸到图外面去了：起点加长度不能超过 100。")})
