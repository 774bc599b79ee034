"""Postcards: two pictures, what they point to, and the stamps on them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from cms.catalogue.columns import PROSE, Column
from cms.catalogue.filters import Filter, ReadyList, Value
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.models import Holding, Part, Prose


class Postcard(Prose, Holding):
    """A card with a picture on either side, sent by somebody, kept in an album."""

    code, glyph, tone, schema_type = "PC", "片", "ying", "VisualArtwork"
    shelf = ShelfSpec("postcards", "明信片", "Postcards", group="know")
    runs_in_calendar = True

    back = models.ForeignKey(
        "media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("背面")
    )
    sender = models.ForeignKey(
        "cms.Holding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("寄信人")
    )
    greeting = models.CharField(_("附言"), max_length=200, blank=True)

    kind_panels: ClassVar[list] = [
        FieldPanel("back"),
        PageChooserPanel("sender"),
        FieldPanel("greeting"),
        InlinePanel("stamps", heading=_("邮票"), label=_("一枚邮票")),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (
        *PROSE,
        Column("背面", "back", "picture"),
        Column("背面说明", "back.alt", "picture_text"),
        Column("寄信人", "sender", "holding"),
        Column("附言", "greeting"),
    )

    kind_filters = (Filter("sent", _("寄信人"), (Value("unknown", _("没写谁寄的"), lambda: models.Q(sender=None)),)),)
    kind_lists = (ReadyList(_("没写谁寄的"), "kind=postcard&sent=unknown"),)

    class Meta:
        verbose_name = _("明信片")
        verbose_name_plural = pgettext_lazy("复数", "明信片")

    def text_parts(self) -> list[TextPart]:
        """Find a card by its greeting and its stamps."""
        return [
            TextPart(self.greeting, "greeting"),
            *super().text_parts(),
            *(TextPart(s.value) for s in self.stamps.all()),
        ]


class Stamp(Orderable, Part):
    """A stamp on a card, with its picture."""

    columns = (
        Column("所属编号", "postcard", "owner", required=True),
        Column("次序", "sort_order", "place", required=True),
        Column("面值", "value"),
        Column("图片", "image", "picture"),
    )
    key = ("postcard", "sort_order")

    postcard = ParentalKey(Postcard, on_delete=models.CASCADE, related_name="stamps")
    value = models.CharField(_("面值"), max_length=50, blank=True)
    image = models.ForeignKey(
        "media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("图片")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("邮票")
        verbose_name_plural = pgettext_lazy("复数", "邮票")

    def __str__(self) -> str:
        return self.value
