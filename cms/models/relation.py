"""Relations from holding to holding, read from both ends."""

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

if TYPE_CHECKING:  # A name that there is for mypy alone.
    from django.utils.functional import _StrPromise as StrPromise


class Role(models.TextChoices):
    """What the first holding is to the second, as tables and forms name it; the names follow CIDOC-CRM's properties in sense."""

    ABOUT = "about", pgettext_lazy("关联", "关于")
    DEPICTS = "depicts", pgettext_lazy("关联", "描绘")
    BY = "by", pgettext_lazy("关联", "作者")
    SPEAKER = "speaker", pgettext_lazy("关联", "主讲")
    ORGANISER = "organiser", pgettext_lazy("关联", "主办")
    AT = "at", pgettext_lazy("关联", "地点")
    DURING = "during", pgettext_lazy("关联", "时期")
    MENTIONS = "mentions", pgettext_lazy("关联", "提及")
    FOUNDED = "founded", pgettext_lazy("关联", "创建")
    LIVED_AT = "lived_at", pgettext_lazy("关联", "居住")
    BURIED_AT = "buried_at", pgettext_lazy("关联", "葬于")
    SERVED_AT = "served_at", pgettext_lazy("关联", "任职")
    PART_OF = "part_of", pgettext_lazy("关联", "属于")
    FOLLOWS = "follows", pgettext_lazy("关联", "承接")
    HOLDS = "holds", pgettext_lazy("关联", "收藏")
    RELATED = "related", pgettext_lazy("关联", "相关")


class Ends(NamedTuple):
    """A relation as a reader is told it, before the name of the other: on the page that has it, and on the page of its target."""

    here: "StrPromise"
    there: "StrPromise"


SAID: dict[str, Ends] = {
    Role.ABOUT: Ends(pgettext_lazy("关联", "关于"), _("见于")),
    Role.DEPICTS: Ends(pgettext_lazy("关联", "描绘"), _("形象见于")),
    Role.BY: Ends(_("作者："), _("作品：")),
    Role.SPEAKER: Ends(_("主讲人："), pgettext_lazy("另一头", "主讲")),
    Role.ORGANISER: Ends(_("主办者："), pgettext_lazy("另一头", "主办")),
    Role.AT: Ends(_("地点："), _("在此地：")),
    Role.DURING: Ends(_("时期："), _("在这一时期：")),
    Role.MENTIONS: Ends(pgettext_lazy("关联", "提及"), _("提及于")),
    Role.FOUNDED: Ends(pgettext_lazy("关联", "创建"), _("创建者：")),
    Role.LIVED_AT: Ends(_("居住于"), _("曾居此地：")),
    Role.BURIED_AT: Ends(pgettext_lazy("关联", "葬于"), _("葬于此地：")),
    Role.SERVED_AT: Ends(_("任职于"), _("曾任职于此：")),
    Role.PART_OF: Ends(pgettext_lazy("关联", "属于"), _("包括")),
    Role.FOLLOWS: Ends(pgettext_lazy("关联", "承接"), _("后续：")),
    Role.HOLDS: Ends(pgettext_lazy("关联", "收藏"), _("收藏于")),
    Role.RELATED: Ends(_("参见"), _("参见")),
}


class Relation(Orderable):
    """One holding's tie to another, with the words that the source uses for it; `key` is what makes two of them one."""

    key: ClassVar = ("holding", "role", "target")

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
