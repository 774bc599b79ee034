"""Works of the chronicle, their chapters (卷) and their entries (条目)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel

from cms.catalogue.columns import PROSE, Column
from cms.catalogue.marc import MarcMap
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.models import Holding, Prose

CHRONICLE = ShelfSpec(
    "chronicle",
    "编年",
    "Chronicle",
    "编年",
    "Chronicle",
    1,
    "徐汇从一座塔、一个人、三条河说起。",
    "The history of the district, leaf by leaf.",
)
BODY = [FieldPanel("body"), FieldPanel("body_en")]
NUMBER = Column("次序", "number", "integer")


class Work(Prose, Holding):
    """A book on the district, with or without its text."""

    code, glyph, tone, schema_type = "WK", "书", "hui", "Book"
    shelf = ShelfSpec("works", "典籍", "Works")
    author = models.CharField(_("作者"), max_length=300, blank=True)
    author_en = models.CharField(_("英文作者"), max_length=300, blank=True)
    edition = models.CharField(_("版本"), max_length=300, blank=True)
    edition_en = models.CharField(_("英文版本"), max_length=300, blank=True)
    publisher = models.CharField(_("出版者"), max_length=300, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    source_url = models.URLField(_("来源网址"), max_length=500, blank=True)
    licence = models.CharField(_("许可"), max_length=200, blank=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("author"), FieldPanel("author_en")]),
        FieldRowPanel([FieldPanel("edition"), FieldPanel("edition_en")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("isbn")]),
        FieldRowPanel([FieldPanel("source_url"), FieldPanel("licence")]),
        *BODY,
    ]
    kind_columns = (
        *PROSE,
        Column("作者", "author"),
        Column("英文作者", "author_en"),
        Column("版本", "edition"),
        Column("英文版本", "edition_en"),
        Column("出版者", "publisher"),
        Column("ISBN", "isbn", "isbn"),
        Column("来源网址", "source_url"),
        Column("许可", "licence"),
    )
    marc = MarcMap(edition=("edition", "edition_en"), address="source_url")
    subpage_types: ClassVar[list[str]] = ["chronicle.Chapter", "chronicle.Entry"]

    class Meta:
        verbose_name = _("典籍")
        verbose_name_plural = pgettext_lazy("复数", "典籍")

    def text_parts(self) -> list[TextPart]:
        """Find a book by its makers as well."""
        return [*map(TextPart, (self.author, self.edition, self.publisher, self.isbn)), *super().text_parts()]

    def text_parts_en(self) -> list[TextPart]:
        """Find a book by its makers in English."""
        return [TextPart(self.author_en), TextPart(self.edition_en), *super().text_parts_en()]


class Chapter(Prose, Holding):
    """A chapter or juan of a work."""

    code, glyph, tone, schema_type = "CH", "卷", "shi", "Chapter"
    order = "number"
    number = models.PositiveIntegerField(_("次序"), default=0)
    kind_panels: ClassVar[list[Panel]] = [FieldPanel("number"), *BODY]
    kind_columns = (*PROSE, NUMBER)
    parent_page_types: ClassVar[list[str]] = ["chronicle.Work"]
    subpage_types: ClassVar[list[str]] = ["chronicle.Entry"]

    class Meta:
        verbose_name = _("卷")
        verbose_name_plural = pgettext_lazy("复数", "卷")


class Entry(Prose, Holding):
    """One entry of the chronicle: a leaf that is read by itself."""

    code, glyph, tone, schema_type = "EN", "史", "shi", "Article"
    order = "number"
    shelf = CHRONICLE
    number = models.PositiveIntegerField(_("次序"), default=0)
    kind_panels: ClassVar[list[Panel]] = [FieldPanel("number"), *BODY]
    kind_columns = (*PROSE, NUMBER)
    parent_page_types: ClassVar[list[str]] = ["cms.Shelf", "chronicle.Work", "chronicle.Chapter"]

    class Meta:
        verbose_name = _("条目")
        verbose_name_plural = pgettext_lazy("复数", "条目")
