"""Stories: what a guide retells, in versions by length, audience and language."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, Panel
from wagtail.models import Orderable

from cms.catalogue.columns import Column
from cms.catalogue.prose import IN_ENGLISH, TextPart, parts
from cms.catalogue.shelves import ShelfSpec
from cms.models import Holding, Part
from tours.models.telling import Audience, Language, Length

MOST_LINES = 3
LONGEST_VERSION = 20_000
"""Characters; ten minutes of speech are some 2,000."""


def three_lines(text: str) -> None:
    """Accept up to three lines."""
    if len(text.splitlines()) > MOST_LINES:
        raise ValidationError(_("最多三行，一行一句。"), code="lines")


class Story(Holding):
    """A story of this library's own; it tells of the holdings that it is related to, and shows their pictures."""

    code, glyph, tone, schema_type = "SY", "话", "jiao", "Article"
    shelf = ShelfSpec(
        "stories",
        "故事",
        "Stories",
        intro="讲给人听的故事：三十秒、三分钟、十分钟，各有一个讲法。",
        intro_en="Stories to be told aloud: in thirty seconds, three minutes or ten.",
    )
    lines = models.TextField(
        _("记住三句"), blank=True, validators=[MaxLengthValidator(300), three_lines],
        help_text=_("讲的时候不看稿也要说到的三句，一行一句。"),
    )  # fmt: skip
    lines_en = models.TextField(_("英文记住三句"), blank=True, validators=[MaxLengthValidator(600), three_lines])

    kind_panels: ClassVar[list[Panel]] = [
        FieldPanel("lines"),
        FieldPanel("lines_en"),
        InlinePanel("versions", heading=pgettext_lazy("复数", "讲法"), label=_("讲法")),
    ]
    kind_columns = (Column("记住三句", "lines"), Column("英文记住三句", "lines_en"))

    class Meta:
        verbose_name = _("故事")
        verbose_name_plural = pgettext_lazy("复数", "故事")

    def said_in(self, language: str) -> list["StoryVersion"]:
        """Return the versions in a language, the fullest first; it comes before its shorter ones in a search too."""
        own = (version for version in self.versions.all() if version.language == language)
        return sorted(own, key=lambda v: (-v.length, v.audience != Audience.GENERAL, v.audience))

    def text_parts(self) -> list[TextPart]:
        """Find a story by all that is told in Chinese."""
        told = (part for v in self.said_in(Language.CHINESE) for part in parts(v.text, v.suffix))
        return [*super().text_parts(), *told]

    def text_parts_en(self) -> list[TextPart]:
        """Find a story by all that is told in English."""
        told = (part for v in self.said_in(Language.ENGLISH) for part in parts(v.text, v.suffix))
        return [*super().text_parts_en(), *told]


class StoryVersion(Orderable, Part):
    """One telling of a story: plain paragraphs to be read aloud."""

    columns = (
        Column("所属编号", "story", "owner", required=True),
        Column("长短", "length", "choice", required=True),
        Column("讲给", "audience", "choice", required=True),
        Column("语言", "language", "choice", required=True),
        Column("讲稿", "text", required=True),
    )
    key = ("story", "length", "audience", "language")

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="versions")
    length = models.PositiveSmallIntegerField(_("长短"), choices=Length.choices, default=Length.MIDDLE)
    audience = models.CharField(_("讲给"), max_length=10, choices=Audience.choices, default=Audience.GENERAL)
    language = models.CharField(_("语言"), max_length=10, choices=Language.choices, default=Language.CHINESE)
    text = models.TextField(_("讲稿"), validators=[MaxLengthValidator(LONGEST_VERSION)])

    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("length"), FieldPanel("audience"), FieldPanel("language")]),
        FieldPanel("text"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("讲法")
        verbose_name_plural = pgettext_lazy("复数", "讲法")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("story", "length", "audience", "language"), name="tours_one_version_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return " · ".join(map(str, self.sides))

    @property
    def sides(self) -> tuple[str, str, str]:
        """How long, to whom, in which language, in words."""
        return (self.get_length_display(), self.get_audience_display(), self.get_language_display())

    @property
    def suffix(self) -> str:
        """What ends the fragments of its paragraphs on the story's page."""
        ending = IN_ENGLISH if self.language == Language.ENGLISH else ""
        return f"-{self.length}-{self.audience}{ending}"
