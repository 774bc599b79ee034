"""The exhibition: where and when it stands, and what it costs to go in."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel

from cms.catalogue.bilingual import say
from cms.catalogue.columns import PROSE, Column
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.desk.part_order import PlacedPanel
from cms.models import Holding, Prose
from exhibitions.bookings import bookings, taken
from exhibitions.dates import stay_in_words
from exhibitions.itinerary import clash
from exhibitions.opening import read_rest_days, run_of


class Exhibition(Prose, Holding):
    """An exhibition, standing or travelling; its date is its run, with both days."""

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
    venue = models.CharField(
        _("场地"), max_length=200, blank=True, help_text=_("留空则写“关联”里地点的名称；这里可写到几楼几厅。")
    )
    venue_en = models.CharField(_("英文场地"), max_length=200, blank=True)
    hours = models.CharField(_("开放时间"), max_length=300, blank=True, help_text=_("照来源写；没有来源就留空。"))
    hours_en = models.CharField(_("英文开放时间"), max_length=300, blank=True)
    rest_days = models.CharField(
        _("休息日"),
        max_length=60,
        blank=True,
        help_text=_("每周不开放的日子，如“周一”或“周一、周二”；天天开放写“无”。不知道就留空，页面不写今天开不开。"),
    )
    admission = models.CharField(_("票务"), max_length=300, blank=True)
    admission_en = models.CharField(_("英文票务"), max_length=300, blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("organiser"), FieldPanel("organiser_en")]),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("venue_en")]),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("hours_en")]),
        FieldPanel("rest_days"),
        FieldRowPanel([FieldPanel("admission"), FieldPanel("admission_en")]),
        PlacedPanel("legs", heading=_("巡展行程"), label=_("一站")),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (
        *PROSE,
        Column("主办", "organiser"),
        Column("英文主办", "organiser_en"),
        Column("场地", "venue"),
        Column("英文场地", "venue_en"),
        Column("开放时间", "hours"),
        Column("英文开放时间", "hours_en"),
        Column("休息日", "rest_days"),
        Column("票务", "admission"),
        Column("英文票务", "admission_en"),
    )
    subpage_types: ClassVar[list[str]] = ["exhibitions.Section"]

    class Meta:
        verbose_name = _("展览")
        verbose_name_plural = pgettext_lazy("复数", "展览")

    @classmethod
    def served(cls) -> "models.QuerySet[Exhibition]":
        """Fetch the cover alone: its sizes are fetched together with those of the exhibits."""
        return cls.objects.select_related("cover")

    def clean(self) -> None:
        """Check that the days of rest can be read."""
        super().clean()
        try:
            read_rest_days(self.rest_days)
        except ValueError:
            message = _("读不懂“%(text)s”。请写星期几，如“周一”“周一、周二”；天天开放写“无”。")
            raise ValidationError({"rest_days": message % {"text": self.rest_days}}) from None

    def clean_parts(self) -> None:
        """Refuse two legs of one exhibition at the same time, and name them."""
        if pair := clash(self.legs.all()):
            message = _("巡展两站时间重叠：“%(one)s”与“%(other)s”。")
            raise ValidationError(message % {"one": pair[0].venue, "other": pair[1].venue})

    def clean_beside_others(self) -> None:
        """Refuse a leg at a venue that another exhibition has on one of its days, and say which."""
        if found := taken(self.legs.all(), bookings(Exhibition.objects.exclude(pk=self.pk))):
            leg, other = found
            message = _("“%(venue)s”%(days)s已经排给《%(title)s》。")
            told = {"venue": leg.venue, "days": stay_in_words(other.leg), "title": other.title}
            raise ValidationError(message % told)

    def jsonld(self) -> dict[str, str]:
        """Say where it stands, and on which days it begins and ends where both are known."""
        run = run_of(self.date_edtf)
        days = {"startDate": run.first, "endDate": run.last} if run else {}
        return {"location": say(self, "venue").text, **{name: day.isoformat() for name, day in days.items() if day}}

    def text_parts(self) -> list[TextPart]:
        """Find an exhibition by where it stands and who put it up."""
        return [*map(TextPart, (self.venue, self.organiser)), *super().text_parts()]

    def text_parts_en(self) -> list[TextPart]:
        """Find an exhibition by where it stands and who put it up in English."""
        return [*map(TextPart, (self.venue_en, self.organiser_en)), *super().text_parts_en()]
