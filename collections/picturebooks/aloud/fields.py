"""Where a recording is chosen: a book's of the whole, a spread's of its own words, one a language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from cms.catalogue.columns import Column

ALOUD_COLUMNS = (
    Column("录音", "sound_zh", "sound"),
    Column("录音朗读者", "sound_zh.reader", "sound_text"),
    Column("录音时间", "sound_zh.times", "sound_text"),
    Column("英文录音", "sound_en", "sound"),
    Column("英文录音朗读者", "sound_en.reader", "sound_text"),
    Column("英文录音时间", "sound_en.times", "sound_text"),
)
ALOUD_PANELS = [
    MultiFieldPanel(
        [
            HelpPanel(template="picturebooks/admin/aloud_link.html"),
            FieldRowPanel([FieldPanel("sound_zh"), FieldPanel("sound_en")]),
        ],
        heading=_("读给孩子听"),
    )
]


class ReadAloud(models.Model):
    """Has a recording of its Chinese and one of its English, or none.

    They are no pair of one text in two languages, so neither is named as the Chinese of such a pair is.
    """

    sound_zh = models.ForeignKey(
        "media.Sound", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("录音")
    )
    sound_en = models.ForeignKey(
        "media.Sound", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("英文录音")
    )

    class Meta:
        abstract = True
