"""Relations from holding to holding, read from both ends."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable


class Role(models.TextChoices):
    """What the first holding is to the second; the names follow CIDOC-CRM's properties in sense."""

    ABOUT = "about", _("关于")
    DEPICTS = "depicts", _("描绘")
    BY = "by", _("作者")
    SPEAKER = "speaker", _("主讲")
    ORGANISER = "organiser", _("主办")
    AT = "at", _("地点")
    DURING = "during", _("时期")
    MENTIONS = "mentions", _("提及")
    FOUNDED = "founded", _("创建")
    LIVED_AT = "lived_at", _("居住")
    BURIED_AT = "buried_at", _("葬于")
    SERVED_AT = "served_at", _("任职")
    PART_OF = "part_of", _("属于")
    FOLLOWS = "follows", _("承接")
    HOLDS = "holds", _("收藏")
    RELATED = "related", _("相关")


# What a relation is called on the page of its other end.
INVERSE = {
    Role.ABOUT: _("见于"),
    Role.DEPICTS: _("描绘它的"),
    Role.BY: _("作品"),
    Role.SPEAKER: _("主讲的活动"),
    Role.ORGANISER: _("主办的活动"),
    Role.AT: _("在此发生"),
    Role.DURING: _("这一时期"),
    Role.MENTIONS: _("提到它的"),
    Role.FOUNDED: _("创建者"),
    Role.LIVED_AT: _("居住过的人"),
    Role.BURIED_AT: _("葬于此的人"),
    Role.SERVED_AT: _("任职的人"),
    Role.PART_OF: _("包括"),
    Role.FOLLOWS: _("后续"),
    Role.HOLDS: _("收藏于"),
    Role.RELATED: _("相关"),
}


class Relation(Orderable):
    """One holding's tie to another, with the words that the source uses for it."""

    holding = ParentalKey("cms.Holding", on_delete=models.CASCADE, related_name="relations")
    role = models.CharField(_("角色"), max_length=12, choices=Role.choices, default=Role.ABOUT)
    target = models.ForeignKey("cms.Holding", on_delete=models.CASCADE, related_name="inbound", verbose_name=_("馆藏"))
    as_printed = models.CharField(_("原文写法"), max_length=200, blank=True)
    source = models.CharField(_("出处"), max_length=500, blank=True)

    panels: ClassVar = [
        FieldPanel("role"),
        PageChooserPanel("target"),
        FieldPanel("as_printed"),
        FieldPanel("source"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("关联")
        verbose_name_plural = _("关联")

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.target_id}"
