"""Tours: an ordered way through the library's things, for one audience, in one language, within a time."""

import re
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.url_routing import RouteResult

from cms.catalogue.columns import PROSE, Column
from cms.catalogue.shelves import ShelfSpec
from cms.desk.part_order import PlacedPanel
from cms.models import Holding, Prose
from tours.flight import HEADER, use_of
from tours.language import remember
from tours.models.telling import Audience, Language

LONGEST_TOUR = 600
"""Minutes."""
NUMBER = re.compile(r"[1-9][0-9]{0,3}")


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
        "go",
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

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("audience"), FieldPanel("language"), FieldPanel("minutes")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("start_en")]),
        FieldRowPanel([FieldPanel("thanks"), FieldPanel("thanks_en")]),
        PlacedPanel("stops", heading=_("各站"), label=pgettext_lazy("导览", "一站")),
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
        verbose_name_plural = pgettext_lazy("复数", "导览")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answer for the pages of its stops too, `3/` below its own address."""
        if self.live and len(path_components) == 1 and NUMBER.fullmatch(path_components[0]):
            return RouteResult(self, kwargs={"number": int(path_components[0])})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, number: int = 0, **kwargs: Any) -> HttpResponse:
        """Draw the tour or a stop, and remember the language of a stop for the next code that is scanned.

        Http404 where it is asked for to be kept and its rights do not allow that.
        """
        if use_of(request) == "offline" and not self.use_offline:
            raise Http404
        answer = super().serve(request, *args, number=number, **kwargs)
        patch_vary_headers(answer, [HEADER])
        # What the worker fetches to keep is no choice of the reader's, who may have changed the language meanwhile.
        return remember(answer) if number and use_of(request) == "web" else answer

    def get_template(self, request: HttpRequest, *args: Any, number: int = 0, **kwargs: Any) -> str:
        """A stop has a page of its own."""
        return "tours/stop.html" if number else super().get_template(request, *args, **kwargs)
