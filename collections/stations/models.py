"""志汇角: small book stations, and the copies that stand there."""

from datetime import timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel, Panel
from wagtail.models import Orderable

from cms.catalogue.bilingual import say
from cms.catalogue.columns import PROSE, Column
from cms.catalogue.districts import SUBDISTRICTS
from cms.catalogue.filters import Filter, ReadyList, Value
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.models import Holding, Part, Prose
from stations.opening.reading import read_hours
from stations.opening.rules import NotHours
from stations.opening.words import explained

A_YEAR = timedelta(days=365)


def unseen() -> Q:
    """Return the condition that a copy on the shelf of a corner was not seen there for a year, or never."""
    since = timezone.localdate() - A_YEAR
    here = Copy.objects.filter(station=OuterRef("pk"), status=Copy.Status.SHELF)
    return Q(Exists(here.filter(Q(checked_on=None) | Q(checked_on__lt=since))))


def in_state(status: str) -> Q:
    """Return the condition that a corner has a copy in a state."""
    return Q(Exists(Copy.objects.filter(station=OuterRef("pk"), status=status)))


def check_hours(text: str, field: str) -> None:
    """Say in a form what in some hours is not understood."""
    try:
        read_hours(text)
    except NotHours as error:
        raise ValidationError({field: explained(error)}) from None


class Station(Prose, Holding):
    """A book station; coordinates are WGS-84 in degrees, hours as `stations.opening` reads them."""

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
        _("开放时间"), max_length=300, blank=True,
        help_text=_("如：周一至周五 9:00-17:00；周六 10:00-12:00；节假日闭馆。也可写 Mo-Fr 09:00-18:00; PH off。没有写节假日的，那天不说开着。"),
    )  # fmt: skip
    phone = models.CharField(_("电话"), max_length=50, blank=True)
    wheelchair = models.BooleanField(_("轮椅可达"), default=False)
    children = models.BooleanField(_("有儿童座"), default=False)
    closed = models.BooleanField(_("闭馆"), default=False, help_text=_("闭馆的志汇角仍列出，旗子是空心的。"))
    borrowing = models.TextField(_("怎样借"), blank=True, help_text=_("一行一步。"))
    borrowing_en = models.TextField(_("英文怎样借"), blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldPanel("subdistrict"),
        FieldRowPanel([FieldPanel("address"), FieldPanel("address_en")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldRowPanel([FieldPanel("opening_hours"), FieldPanel("phone")]),
        FieldRowPanel([FieldPanel("wheelchair"), FieldPanel("children"), FieldPanel("closed")]),
        InlinePanel("special_days", heading=_("节假日与闭馆日"), label=_("一段日子")),
        FieldRowPanel([FieldPanel("borrowing"), FieldPanel("borrowing_en")]),
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
        Column("怎样借", "borrowing"),
        Column("英文怎样借", "borrowing_en"),
    )

    kind_filters = (
        Filter(
            "copies",
            _("架上的书"),
            (
                Value("unseen", _("有一年没清点的"), unseen),
                Value("none", _("没有书"), lambda: ~Q(Exists(Copy.objects.filter(station=OuterRef("pk"))))),
                Value("lost", _("有遗失的"), lambda: in_state(Copy.Status.LOST)),
            ),
        ),
    )
    kind_lists = (ReadyList(_("一年没清点"), "kind=station&copies=unseen"),)

    # A book with its barcode stands in one corner alone.
    exclude_fields_in_copy: ClassVar[list[str]] = [*Holding.exclude_fields_in_copy, "copies"]

    class Meta:
        verbose_name = _("志汇角")
        verbose_name_plural = pgettext_lazy("复数", "志汇角")

    def clean(self) -> None:
        """Check that the hours can be read."""
        super().clean()
        check_hours(self.opening_hours, "opening_hours")

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
        """Find a station by its address and sub-district, and by what people come for."""
        found = [TextPart(str(self.get_subdistrict_display())), TextPart(self.address, "address")]
        return [*found, TextPart("借书、还书、看书，今天开放时间"), *super().text_parts()]

    def text_parts_en(self) -> list[TextPart]:
        """Find a station by its address in English, and by what people come for."""
        found = [TextPart(self.address_en, "address")]
        return [*found, TextPart("Borrow and return books; opening hours today"), *super().text_parts_en()]


class SpecialDay(Orderable, Part):
    """A day or a few on which a station has hours of their own, or is closed: a holiday, repairs."""

    columns = (
        Column("所属编号", "station", "owner", required=True),
        Column("起日", "first_day", "day", required=True),
        Column("止日", "last_day", "day"),
        Column("时间", "hours"),
        Column("说明", "note"),
        Column("英文说明", "note_en"),
    )
    key = ("station", "first_day")

    station = ParentalKey(Station, on_delete=models.CASCADE, related_name="special_days")
    first_day = models.DateField(_("起日"))
    last_day = models.DateField(_("止日"), null=True, blank=True, help_text=_("只有一天的不用填。"))
    hours = models.CharField(_("开放时间"), max_length=200, blank=True, help_text=_("如：9:00-12:00。不填就是闭馆。"))
    note = models.CharField(_("说明"), max_length=100, blank=True, help_text=_("如：端午节、内部整理。"))
    note_en = models.CharField(_("英文说明"), max_length=100, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day"), FieldPanel("hours")]),
        FieldRowPanel([FieldPanel("note"), FieldPanel("note_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("节假日与闭馆日")
        verbose_name_plural = _("节假日与闭馆日")

    def __str__(self) -> str:
        return f"{self.first_day} {self.note}"

    def clean(self) -> None:
        """Check that the days go forward, and that the hours can be read."""
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("止日早于起日。")})
        check_hours(self.hours, "hours")


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
