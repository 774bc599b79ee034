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
from cms.models import Holding, Prose


class Event(Prose, Holding):
    """Something that took or takes place; `starts` and `ends` are moments, the date may be vaguer."""

    code, glyph, tone, schema_type = "EV", "事", "jiao", "Event"
    shelf = ShelfSpec("events", "活动", "Events")

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("讲座")
        OPENING = "opening", _("展览开幕")
        CONTEST = "contest", _("竞赛")
        COMMUNITY = "community", _("进社区")
        COMPANY = "company", _("进企业")
        SCHOOL = "school", _("进学校")
        OTHER = "other", _("其他")

    event_type = models.CharField(_("活动类型"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    starts = models.DateTimeField(_("开始"), null=True, blank=True)
    ends = models.DateTimeField(_("结束"), null=True, blank=True)
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
        """Refuse an end before the start."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("结束不能早于开始。")})

    def jsonld(self) -> dict[str, str]:
        """Say when and where it takes place."""
        moments = {"startDate": self.starts, "endDate": self.ends}
        return {name: at.isoformat() for name, at in moments.items() if at} | {"location": say(self, "venue").text}

    def text_parts(self) -> list[TextPart]:
        """Find an event by its venue."""
        return [TextPart(self.venue), *super().text_parts()]

    def text_parts_en(self) -> list[TextPart]:
        """Find an event by its venue in English."""
        return [TextPart(self.venue_en), *super().text_parts_en()]
