"""Bilingual picture books and their spreads."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.models import Orderable

from cms.catalogue.bilingual import say
from cms.catalogue.columns import PROSE, Column
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.desk.part_order import PlacedPanel
from cms.models import Holding, Part, Prose
from picturebooks.reading import misfit


class Book(Prose, Holding):
    """A picture book; without spreads it is a record alone."""

    code, glyph, tone, schema_type = "PB", "绘", "hui", "Book"
    covers_its_shelf = True
    shelf = ShelfSpec(
        "picturebooks",
        "绘本",
        "Picture books",
        "绘本",
        "Books",
        2,
        "图、中文、英文，和孩子一页一页读。",
        "Picture, Chinese and English, page by page.",
    )
    author = models.CharField(_("作者"), max_length=300, blank=True)
    author_en = models.CharField(_("英文作者"), max_length=300, blank=True)
    illustrator = models.CharField(_("绘者"), max_length=300, blank=True)
    illustrator_en = models.CharField(_("英文绘者"), max_length=300, blank=True)
    translator = models.CharField(_("译者"), max_length=300, blank=True)
    translator_en = models.CharField(_("英文译者"), max_length=300, blank=True)
    publisher = models.CharField(_("出版者"), max_length=300, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    # What it was called in the folder that it came from: `import_book` knows it again by this, however its title changes.
    origin = models.CharField(_("导入名"), max_length=200, blank=True, editable=False, db_index=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("author"), FieldPanel("author_en")]),
        FieldRowPanel([FieldPanel("illustrator"), FieldPanel("illustrator_en")]),
        FieldRowPanel([FieldPanel("translator"), FieldPanel("translator_en")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("isbn")]),
        PlacedPanel("spreads", heading=_("对开页"), label=_("对开页")),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
    kind_columns = (
        *PROSE,
        Column("作者", "author"),
        Column("英文作者", "author_en"),
        Column("绘者", "illustrator"),
        Column("英文绘者", "illustrator_en"),
        Column("译者", "translator"),
        Column("英文译者", "translator_en"),
        Column("出版者", "publisher"),
        Column("ISBN", "isbn", "isbn"),
        Column("导入名", "origin"),
    )
    exclude_fields_in_copy: ClassVar[list[str]] = [*Holding.exclude_fields_in_copy, "origin"]

    class Meta:
        verbose_name = _("绘本")
        verbose_name_plural = _("绘本")

    def jsonld(self) -> dict[str, str]:
        """Say who made it, and its number in the trade."""
        makers = {name: say(self, name).text for name in ("author", "illustrator", "translator")}
        return {**makers, "publisher": self.publisher, "isbn": self.isbn}

    def text_parts(self) -> list[TextPart]:
        """Find a book by what its spreads say."""
        spreads = (TextPart(spread.text, f"spread-{number}") for number, spread in enumerate(self.spreads.all(), 1))
        own = map(TextPart, (self.author, self.illustrator, self.translator, self.publisher, self.isbn))
        return [*own, *super().text_parts(), *spreads]

    def text_parts_en(self) -> list[TextPart]:
        """Find a book by the English of its spreads."""
        spreads = (TextPart(spread.text_en, f"spread-{number}") for number, spread in enumerate(self.spreads.all(), 1))
        makers = map(TextPart, (self.author_en, self.illustrator_en, self.translator_en))
        return [*makers, *super().text_parts_en(), *spreads]


class Spread(Orderable, Part):
    """Two facing pages: one picture, and the words in both languages."""

    columns = (
        Column("所属编号", "book", "owner", required=True),
        Column("次序", "sort_order", "place", required=True),
        Column("文字", "text"),
        Column("英文文字", "text_en"),
        Column("拼音", "pinyin"),
        Column("图片", "image", "picture"),
        Column("图片说明", "image.alt", "picture_text"),
        Column("英文图片说明", "image.alt_en", "picture_text"),
    )
    key = ("book", "sort_order")

    book = ParentalKey(Book, on_delete=models.CASCADE, related_name="spreads")
    image = models.ForeignKey(
        "media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("图片")
    )
    text = models.TextField(pgettext_lazy("对开页", "文字"), blank=True)
    text_en = models.TextField(_("英文文字"), blank=True)
    pinyin = models.TextField(
        _("拼音"), blank=True, help_text=_("每个汉字一个音节，空格隔开，标点不写；请逐字校对多音字。")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("对开页")
        verbose_name_plural = _("对开页")

    def __str__(self) -> str:
        return self.text[:30]

    def clean(self) -> None:
        """Refuse pinyin that does not fit the text: readers would see it over no character."""
        super().clean()
        if found := misfit(self.text, self.pinyin):
            message = _(
                "拼音和文字对不上：文字有 %(characters)d 个汉字，拼音有 %(syllables)d 个音节，到“%(where)s”这里读不通。"
                "每个汉字一个音节，空格隔开；儿化音连写，如 huār。"
            )
            raise ValidationError({"pinyin": message % vars(found)})
