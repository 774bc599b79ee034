"""Running text in two languages, as plain paragraphs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Prose(models.Model):
    """A body of text; an empty line parts paragraphs, `## ` begins a heading, `> ` a quotation.

    Old books also carry `⟦013-1a⟧` where a leaf begins and `⟨…⟩` round small notes. Links to people,
    places and works are made from the relations when a page is drawn, never typed.
    """

    body = models.TextField(
        _("正文"),
        blank=True,
        help_text=_("空一行分段；“## ”起头是小标题，“> ”起头是引文。人名地名的链接由“关联”自动生成。"),
    )
    body_en = models.TextField(_("英文正文"), blank=True)

    class Meta:
        abstract = True
