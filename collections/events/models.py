"""Events: lectures, openings, contests, outreach; each its own record, related to exhibitions and people."""

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
from cms.dates import ordinal
from cms.models import Holding, Prose
from events.days import days, hours

CALENDAR = "calendar"
"""The address beside the events at which the calendar stands; no event may take it."""


class Event(Prose, Holding):
    """Something that took or takes place; `starts` and `ends` are moments, the date may be vaguer."""

    code, glyph, tone, schema_type = "EV", "事", "jiao", "Event"
    shelf = ShelfSpec("events", "活动", "Events", group="know")
    changes_by_the_minute = True

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("讲座")
        OPENING = "opening", _("展览开幕")
        CONTEST = "contest", _("竞赛")
        COMMUNITY = "community", _("进社区")
        COMPANY = "company", _("进企业")
        SCHOOL = "school", _("进学校")
        OTHER = "other", _("其他")

    event_type = models.CharField(_("活动类型"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    starts = models.DateTimeField(
        _("开始"), null=True, blank=True, help_text=_("照本馆的钟。不知道几点的，两处都留空，只写“时间”。")
    )
    ends = models.DateTimeField(
        _("结束"), null=True, blank=True, help_text=_("过了半夜的写第二天；不知道几点散的留空。")
    )
    venue = models.CharField(_("场地"), max_length=300, blank=True)
    venue_en = models.CharField(_("英文场地"), max_length=300, blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldPanel("event_type"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("venue_en")]),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (
        *PROSE,
        Column("活动类型", "event_type", "choice"),
        Column("开始", "starts", "moment"),
        Column("结束", "ends", "moment"),
        Column("场地", "venue"),
        Column("英文场地", "venue_en"),
    )

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = pgettext_lazy("复数", "活动")

    def clean(self) -> None:
        """Refuse an end before the start, a start on a day that the date rules out, and the address of the calendar."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("结束不能早于开始。")})
        if self.ends and not self.starts:
            raise ValidationError({"starts": _("有结束而没有开始。")})
        if self.starts and self.contradicted():
            raise ValidationError({"starts": _("开始的日子不在“时间”所说的日子里。")})
        if self.slug == CALENDAR:
            raise ValidationError({"slug": _("这个路径是活动月历的，请换一个。")})

    def contradicted(self) -> bool:
        """Whether a date that is certain leaves no room for the day on which it begins."""
        taken = days(self)
        if taken is None or self.date_certainty != self.Certainty.CERTAIN:
            return False
        first = taken.first.toordinal()
        early = self.date_earliest is not None and first < self.date_earliest
        return early or (self.date_latest is not None and first > self.date_latest)

    def settle_date(self) -> None:
        """Take the days from the moments where no date is written, so that lists and decades know them."""
        super().settle_date()
        taken = days(self) if self.starts and not (self.date_text or self.date_edtf) else None
        if taken and taken.last:
            self.date_earliest, self.date_latest = (
                ordinal(on.year, on.month, on.day) for on in (taken.first, taken.last)
            )

    def jsonld(self) -> dict[str, str]:
        """Say when and where it takes place: moments where there are hours, else days."""
        taken, when = days(self), hours(self)
        ends = (self.starts, when.end and self.ends) if when else (taken.first, taken.last) if taken else (None, None)
        said = {name: at.isoformat() for name, at in zip(("startDate", "endDate"), ends, strict=True) if at}
        return said | {"location": say(self, "venue").text}

    def text_parts(self) -> list[TextPart]:
        """Find an event by its venue."""
        return [TextPart(self.venue), *super().text_parts()]

    def text_parts_en(self) -> list[TextPart]:
        """Find an event by its venue in English."""
        return [TextPart(self.venue_en), *super().text_parts_en()]
