"""The leg: one stay of an exhibition that travels."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel, Panel
from wagtail.models import Orderable

from cms.catalogue.columns import Column
from cms.dates import Span, parse_edtf
from cms.models import Part


class ItineraryLeg(Orderable, Part):
    """One stay of a travelling exhibition; `opens` and `closes` are EDTF, `confirmed_on` the day on which somebody saw it there."""

    columns = (
        Column("所属编号", "exhibition", "owner", required=True),
        Column("次序", "sort_order", "place", required=True),
        Column("地点编号", "place", "holding"),
        Column("场地", "venue", required=True),
        Column("英文场地", "venue_en"),
        Column("开始", "opens", "edtf"),
        Column("结束", "closes", "edtf"),
        Column("核实日期", "confirmed_on", "day"),
        Column("说明", "note"),
        Column("英文说明", "note_en"),
    )
    key = ("exhibition", "sort_order")

    exhibition = ParentalKey("exhibitions.Exhibition", on_delete=models.CASCADE, related_name="legs")
    place = models.ForeignKey(
        "cms.Holding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("地点")
    )
    venue = models.CharField(_("场地"), max_length=200)
    venue_en = models.CharField(_("英文场地"), max_length=200, blank=True)
    opens = models.CharField(_("开始"), max_length=20, blank=True, help_text=_("EDTF，如 2026-05。"))
    closes = models.CharField(_("结束"), max_length=20, blank=True)
    confirmed_on = models.DateField(
        _("核实日期"),
        null=True,
        blank=True,
        help_text=_("最后一次确知还在这里的日子。没有结束日期的一站，一个月没有核实，页面就写“最近在”。"),
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)
    note_en = models.CharField(_("英文说明"), max_length=300, blank=True)

    panels: ClassVar[list[Panel]] = [
        PageChooserPanel("place"),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("venue_en")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes"), FieldPanel("confirmed_on")]),
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
