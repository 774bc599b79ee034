"""People, places, periods and organisations that other holdings point to."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel

from cms.catalogue.columns import PROSE, Column
from cms.catalogue.districts import SUBDISTRICTS
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.dates import has_ended
from cms.models import Holding, Prose
from cms.models.relation import Ends, Role

BODY = [FieldPanel("body"), FieldPanel("body_en")]


class Person(Prose, Holding):
    """Somebody; one without a date of death is a contributor, and gets no life story (生不立传)."""

    code, glyph, tone, facet, schema_type = "PE", "人", "shi", "people", "Person"
    authority = True
    shelf = ShelfSpec(
        "people",
        "人物",
        "People",
        intro="生不立传：在世者只列参与的事。",
        intro_en="The library writes no lives of the living: they are listed by what they took part in.",
        group="know",
    )
    occupation = models.CharField(_("身份"), max_length=200, blank=True)
    occupation_en = models.CharField(_("英文身份"), max_length=200, blank=True)
    living = models.BooleanField(
        _("在世"),
        default=False,
        help_text=_(
            "在世者不立传，公开页面不显示生平；不知卒年的也不显示。“时间”写生卒，如 1899—1985；"
            "只知卒年则在 EDTF 栏写 /1985，并勾选“EDTF 手定”。只写一个年份，便是生年。"
        ),
    )

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("occupation"), FieldPanel("occupation_en")]),
        FieldPanel("living"),
        *BODY,
    ]
    kind_columns = (
        *PROSE,
        Column("身份", "occupation"),
        Column("英文身份", "occupation_en"),
        Column("在世", "living", "yes"),
    )

    class Meta:
        verbose_name = _("人物")
        verbose_name_plural = pgettext_lazy("复数", "人物")

    @property
    def shows_body(self) -> bool:
        """Whether a life story may be shown: the life has ended, and the record says when; a birth alone says nothing."""
        return not self.living and has_ended(self.date_edtf, timezone.localdate())

    def text_parts(self) -> list[TextPart]:
        """Leave a living person's story out of the search as well."""
        return super().text_parts() if self.shows_body else [TextPart(self.summary), TextPart(self.occupation)]

    def text_parts_en(self) -> list[TextPart]:
        """Leave a living person's story out of the search as well."""
        return super().text_parts_en() if self.shows_body else [TextPart(self.summary_en), TextPart(self.occupation_en)]


class Place(Prose, Holding):
    """Somewhere, with its chain of names; coordinates are WGS-84, in degrees."""

    code, glyph, tone, facet, schema_type = "PL", "地", "jiao", "places", "Place"
    authority = True
    relation_words: ClassVar = {Role.BY: Ends(_("设计者："), _("设计"))}
    shelf = ShelfSpec(
        "places",
        "地方",
        "Places",
        "",
        "",
        0,
        "一条路先后叫过几个名字，这里都记着。",
        "Streets, creeks and buildings, each with the names it has had.",
        "know",
    )

    class Kind(models.TextChoices):
        ROAD = "road", _("道路")
        BUILDING = "building", _("建筑")
        GARDEN = "garden", _("园林")
        WATER = "water", _("水系")
        SETTLEMENT = "settlement", _("聚落")
        SUBDISTRICT = "subdistrict", _("街道镇")
        SITE = "site", _("遗址")
        VENUE = "venue", _("机构场所")
        OTHER = "other", _("其他")

    place_type = models.CharField(_("地方类型"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    latitude = models.DecimalField(
        _("纬度"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)], help_text=_("WGS-84。"),
    )  # fmt: skip
    longitude = models.DecimalField(
        _("经度"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)], help_text=_("WGS-84。"),
    )  # fmt: skip
    subdistrict = models.CharField(_("街道镇"), max_length=20, choices=SUBDISTRICTS, blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("place_type"), FieldPanel("subdistrict")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        *BODY,
    ]
    kind_columns = (
        *PROSE,
        Column("地方类型", "place_type", "choice"),
        Column("纬度", "latitude", "decimal"),
        Column("经度", "longitude", "decimal"),
        Column("街道镇", "subdistrict", "choice"),
    )

    class Meta:
        verbose_name = _("地方")
        verbose_name_plural = pgettext_lazy("复数", "地方")


class Period(Prose, Holding):
    """A stretch of the district's history."""

    code, glyph, tone = "PD", "时", "ying"
    authority = True
    shelf = ShelfSpec("periods", "时期", "Periods", group="know")
    kind_panels: ClassVar[list[Panel]] = BODY
    kind_columns = PROSE

    class Meta:
        verbose_name = _("时期")
        verbose_name_plural = pgettext_lazy("复数", "时期")


class Organisation(Prose, Holding):
    """A body of people: a school, a press, a sub-district office, a company."""

    code, glyph, tone, schema_type = "OR", "社", "hui", "Organization"
    authority = True
    shelf = ShelfSpec("organisations", "机构", "Organisations", group="know")
    kind_panels: ClassVar[list[Panel]] = BODY
    kind_columns = PROSE

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = pgettext_lazy("复数", "机构")
