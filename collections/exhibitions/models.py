"""Exhibitions, their sections and exhibits, and the legs of those that travel."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel, Panel
from wagtail.models import Orderable

from cms.catalogue.columns import PROSE, Column
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.dates import Span, parse_edtf
from cms.desk.part_order import PlacedPanel
from cms.models import Holding, Part, Prose
from cms.models.relation import Ends, Role
from exhibitions.itinerary import clash

BODY = [FieldPanel("body"), FieldPanel("body_en")]
NUMBER = Column("次序", "number", "integer")


class Exhibition(Prose, Holding):
    """An exhibition, standing or travelling."""

    code, glyph, tone, schema_type = "EX", "影", "ying", "ExhibitionEvent"
    shelf = ShelfSpec(
        "exhibitions",
        "展览",
        "Exhibitions",
        "",
        "",
        5,
        "走进暗场，一部一部看。",
        "Into the dark room, section by section.",
        "go",
    )
    runs_in_calendar = True
    organiser = models.CharField(_("主办"), max_length=300, blank=True)
    organiser_en = models.CharField(_("英文主办"), max_length=300, blank=True)
    admission = models.CharField(_("票务"), max_length=300, blank=True)
    admission_en = models.CharField(_("英文票务"), max_length=300, blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("organiser"), FieldPanel("organiser_en")]),
        FieldRowPanel([FieldPanel("admission"), FieldPanel("admission_en")]),
        PlacedPanel("legs", heading=_("巡展行程"), label=_("一站")),
        *BODY,
    ]
    kind_columns = (
        *PROSE,
        Column("主办", "organiser"),
        Column("英文主办", "organiser_en"),
        Column("票务", "admission"),
        Column("英文票务", "admission_en"),
    )
    subpage_types: ClassVar[list[str]] = ["exhibitions.Section"]

    class Meta:
        verbose_name = _("展览")
        verbose_name_plural = pgettext_lazy("复数", "展览")

    def clean_parts(self) -> None:
        """Refuse two legs of one exhibition at the same time, and name them."""
        if pair := clash(self.legs.all()):
            message = _("巡展两站时间重叠：“%(one)s”与“%(other)s”。")
            raise ValidationError(message % {"one": pair[0].venue, "other": pair[1].venue})


class Section(Prose, Holding):
    """One part of an exhibition."""

    code, glyph, tone = "SE", "部", "ying"
    order = "number"
    number = models.PositiveIntegerField(_("次序"), default=0)
    kind_panels: ClassVar[list[Panel]] = [FieldPanel("number"), *BODY]
    kind_columns = (*PROSE, NUMBER)
    parent_page_types: ClassVar[list[str]] = ["exhibitions.Exhibition"]
    subpage_types: ClassVar[list[str]] = ["exhibitions.Exhibit"]

    class Meta:
        verbose_name = _("展区")
        verbose_name_plural = pgettext_lazy("复数", "展区")


class Exhibit(Prose, Holding):
    """A thing on show."""

    code, glyph, tone, schema_type = "XB", "展", "ying", "CreativeWork"
    order = "number"
    relation_words: ClassVar = {Role.BY: Ends(pgettext_lazy("展品", "作者："), _("作有"))}
    number = models.PositiveIntegerField(_("次序"), default=0)
    material = models.CharField(_("材质"), max_length=200, blank=True)
    material_en = models.CharField(_("英文材质"), max_length=200, blank=True)
    dimensions = models.CharField(_("尺寸"), max_length=200, blank=True)
    maker = models.CharField(pgettext_lazy("展品", "作者"), max_length=200, blank=True)
    maker_en = models.CharField(pgettext_lazy("展品", "英文作者"), max_length=200, blank=True)
    lender = models.CharField(_("提供者"), max_length=200, blank=True)
    lender_en = models.CharField(_("英文提供者"), max_length=200, blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldPanel("number"),
        FieldRowPanel([FieldPanel("material"), FieldPanel("material_en"), FieldPanel("dimensions")]),
        FieldRowPanel([FieldPanel("maker"), FieldPanel("maker_en")]),
        FieldRowPanel([FieldPanel("lender"), FieldPanel("lender_en")]),
        *BODY,
    ]
    kind_columns = (
        *PROSE,
        NUMBER,
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

    def text_parts(self) -> list[TextPart]:
        """Find an exhibit by maker, lender and material."""
        return [*map(TextPart, (self.maker, self.lender, self.material)), *super().text_parts()]

    def text_parts_en(self) -> list[TextPart]:
        """Find an exhibit by maker, lender and material in English."""
        return [*map(TextPart, (self.maker_en, self.lender_en, self.material_en)), *super().text_parts_en()]


class ItineraryLeg(Orderable, Part):
    """One stay of a travelling exhibition; `opens` and `closes` are EDTF."""

    columns = (
        Column("所属编号", "exhibition", "owner", required=True),
        Column("次序", "sort_order", "place", required=True),
        Column("地点编号", "place", "holding"),
        Column("场地", "venue", required=True),
        Column("英文场地", "venue_en"),
        Column("开始", "opens", "edtf"),
        Column("结束", "closes", "edtf"),
        Column("说明", "note"),
        Column("英文说明", "note_en"),
    )
    key = ("exhibition", "sort_order")

    exhibition = ParentalKey(Exhibition, on_delete=models.CASCADE, related_name="legs")
    place = models.ForeignKey(
        "cms.Holding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("地点")
    )
    venue = models.CharField(_("场地"), max_length=200)
    venue_en = models.CharField(_("英文场地"), max_length=200, blank=True)
    opens = models.CharField(_("开始"), max_length=20, blank=True, help_text=_("EDTF，如 2026-05。"))
    closes = models.CharField(_("结束"), max_length=20, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    note_en = models.CharField(_("英文说明"), max_length=300, blank=True)

    panels: ClassVar[list[Panel]] = [
        PageChooserPanel("place"),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("venue_en")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldRowPanel([FieldPanel("note"), FieldPanel("note_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("巡展一站")
        verbose_name_plural = _("巡展行程")

    def __str__(self) -> str:
        return self.venue

    def clean(self) -> None:
        """Check that both ends are EDTF, and that it does not close before it opens."""
        first, last = self.read_end("opens").earliest, self.read_end("closes").latest
        if first is not None and last is not None and last < first:
            raise ValidationError({"closes": _("结束不能早于开始。")})

    def read_end(self, field: str) -> Span:
        """Return the days that are written in a field; ValidationError where it is no EDTF."""
        try:
            return parse_edtf(getattr(self, field)) if getattr(self, field) else Span("", None, None)
        except ValueError:
            raise ValidationError({field: _("请写 EDTF，如 2026-05 或 2026-05-18。")}) from None
