"""志汇角: small book stations, and the copies that stand there."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel, Panel
from wagtail.models import Orderable

from cms.catalogue.bilingual import say
from cms.catalogue.columns import PROSE, Column
from cms.catalogue.districts import SUBDISTRICTS
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.models import Holding, Part, Prose
from stations.hours import parse_hours


class Station(Prose, Holding):
    """A book station; coordinates are WGS-84 in degrees, hours a subset of OpenStreetMap's syntax."""

    code, glyph, tone, schema_type = "ST", "角", "jiao", "Library"
    changes_by_the_minute = True
    shelf = ShelfSpec(
        "stations",
        "志汇角",
        "Chronicle corners",
        "",
        "",
        3,
        "一个书架、一盏灯、一把椅子，把方志送到市民手边。",
        "A shelf, a lamp and a chair: district history within reach.",
        "go",
    )
    subdistrict = models.CharField(_("街道镇"), max_length=20, choices=SUBDISTRICTS)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    address_en = models.CharField(_("英文地址"), max_length=300, blank=True)
    latitude = models.DecimalField(
        _("纬度"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)], help_text=_("WGS-84。"),
    )  # fmt: skip
    longitude = models.DecimalField(
        _("经度"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)], help_text=_("WGS-84。"),
    )  # fmt: skip
    opening_hours = models.CharField(
        _("开放时间"), max_length=300, blank=True, help_text=_("如：Mo-Fr 09:00-18:00; Sa 10:00-16:00")
    )
    phone = models.CharField(_("电话"), max_length=50, blank=True)
    wheelchair = models.BooleanField(_("轮椅可达"), default=False)
    children = models.BooleanField(_("有儿童座"), default=False)
    closed = models.BooleanField(_("闭馆"), default=False, help_text=_("闭馆的书角仍列出，标为灰色。"))

    kind_panels: ClassVar[list[Panel]] = [
        FieldPanel("subdistrict"),
        FieldRowPanel([FieldPanel("address"), FieldPanel("address_en")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldRowPanel([FieldPanel("opening_hours"), FieldPanel("phone")]),
        FieldRowPanel([FieldPanel("wheelchair"), FieldPanel("children"), FieldPanel("closed")]),
        InlinePanel("copies", heading=_("架上的书"), label=_("复本")),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (
        *PROSE,
        Column("街道镇", "subdistrict", "choice", required=True),
        Column("地址", "address"),
        Column("英文地址", "address_en"),
        Column("纬度", "latitude", "decimal"),
        Column("经度", "longitude", "decimal"),
        Column("开放时间", "opening_hours"),
        Column("电话", "phone"),
        Column("轮椅可达", "wheelchair", "yes"),
        Column("儿童座", "children", "yes"),
        Column("闭馆", "closed", "yes"),
    )

    # A book with its barcode stands in one corner alone.
    exclude_fields_in_copy: ClassVar[list[str]] = [*Holding.exclude_fields_in_copy, "copies"]

    class Meta:
        verbose_name = _("志汇角")
        verbose_name_plural = pgettext_lazy("复数", "志汇角")

    def clean(self) -> None:
        """Check that the hours can be read."""
        super().clean()
        try:
            parse_hours(self.opening_hours)
        except ValueError:
            message = _("读不懂开放时间。请照 Mo-Fr 09:00-18:00; Sa 10:00-16:00 的样子写。")
            raise ValidationError({"opening_hours": message}) from None

    def clean_parts(self) -> None:
        """Refuse a barcode that another corner's draft has: the two would meet only when both are published."""
        own = {copy.barcode for copy in self.copies.all()}
        drafts = Station.objects.filter(has_unpublished_changes=True).exclude(pk=self.pk).order_by("pk")
        for other in drafts.select_related("latest_revision") if own else ():
            typed = other.latest_revision.content.get("copies", []) if other.latest_revision else []
            if both := sorted(own & {copy["barcode"] for copy in typed}):
                message = _("条码“%(code)s”已写在《%(title)s》没发布的草稿里。一册书只能在一处。")
                raise ValidationError(message % {"code": both[0], "title": other.title})

    def jsonld(self) -> dict[str, str]:
        """Say where it is."""
        return {"address": say(self, "address").text}

    def text_parts(self) -> list[TextPart]:
        """Find a station by its address and sub-district."""
        return [TextPart(str(self.get_subdistrict_display())), TextPart(self.address), *super().text_parts()]

    def text_parts_en(self) -> list[TextPart]:
        """Find a station by its address in English."""
        return [TextPart(self.address_en), *super().text_parts_en()]


class Copy(Orderable, Part):
    """A copy of a work at a station."""

    class Status(models.TextChoices):
        SHELF = "shelf", _("在架")
        LENT = "lent", _("借出")
        REPAIR = "repair", _("维修")
        LOST = "lost", _("遗失")

    columns = (
        Column("所属编号", "station", "owner", required=True),
        Column("条码", "barcode", required=True),
        Column("书目编号", "work", "holding", required=True),
        Column("状态", "status", "choice"),
        Column("清点日期", "checked_on", "day"),
    )
    key = ("barcode",)

    station = ParentalKey(Station, on_delete=models.CASCADE, related_name="copies")
    work = models.ForeignKey("cms.Holding", on_delete=models.PROTECT, related_name="held_copies", verbose_name=_("书"))
    barcode = models.CharField(_("条码"), max_length=40, unique=True)
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.SHELF)
    checked_on = models.DateField(_("清点日期"), null=True, blank=True)

    panels: ClassVar[list[Panel]] = [
        PageChooserPanel("work"),
        FieldRowPanel([FieldPanel("barcode"), FieldPanel("status"), FieldPanel("checked_on")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("复本")
        verbose_name_plural = pgettext_lazy("复数", "复本")

    def __str__(self) -> str:
        return self.barcode
