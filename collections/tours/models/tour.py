"""Tours: an ordered way through the library's things, for one audience, in one language, within a time."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from cms.columns import PROSE, Column
from cms.models import Holding, Prose
from cms.shelves import ShelfSpec
from tours.models.telling import Audience, Language

LONGEST_TOUR = 600
"""Minutes."""


class Tour(Prose, Holding):
    """A guide's tour; it is the guide's own (`owner`) until it is opened to visitors by publishing it."""

    code, glyph, tone, schema_type = "TR", "导", "jiao", "TouristTrip"
    shelf = ShelfSpec(
        "tours",
        "导览",
        "Tours",
        "导览",
        "Tours",
        6,
        "跟着讲解员走，也可以自己走：每一站有图、有故事、有出处。",
        "Follow a guide, or walk by yourself: each stop has its picture, its story and its sources.",
    )
    audience = models.CharField(_("讲给"), max_length=10, choices=Audience.choices, default=Audience.GENERAL)
    language = models.CharField(_("语言"), max_length=10, choices=Language.choices, default=Language.CHINESE)
    minutes = models.PositiveSmallIntegerField(
        _("时长"), default=45, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TOUR)],
        help_text=_("给了多少分钟，步行在内。"),
    )  # fmt: skip
    start = models.CharField(_("起点"), max_length=300, blank=True)
    start_en = models.CharField(_("英文起点"), max_length=300, blank=True)
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    thanks = models.CharField(_("改编自"), max_length=300, blank=True)
    thanks_en = models.CharField(_("英文改编自"), max_length=300, blank=True)

    kind_panels: ClassVar[list] = [
        FieldRowPanel([FieldPanel("audience"), FieldPanel("language"), FieldPanel("minutes")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("start_en")]),
        FieldRowPanel([FieldPanel("thanks"), FieldPanel("thanks_en")]),
        InlinePanel("stops", heading=_("各站"), label=_("一站")),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (
        *PROSE,
        Column("讲给", "audience", "choice"),
        Column("语言", "language", "choice"),
        Column("时长", "minutes", "integer"),
        Column("起点", "start"),
        Column("英文起点", "start_en"),
        Column("改编自", "thanks"),
        Column("英文改编自", "thanks_en"),
    )

    class Meta:
        verbose_name = _("导览")
        verbose_name_plural = _("导览")
