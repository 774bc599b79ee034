"""Bilingual picture books and their spreads."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.models import Orderable

from cms.catalogue.bilingual import say
from cms.catalogue.columns import PROSE, Column
from cms.catalogue.marc import MarcMap
from cms.catalogue.prose import TextPart
from cms.catalogue.shelves import ShelfSpec
from cms.desk.part_order import PlacedPanel
from cms.models import Holding, Part, Prose
from picturebooks.aloud.fields import ALOUD_COLUMNS, ALOUD_PANELS, ReadAloud
from picturebooks.reading import misfit

OLDEST, LONGEST = 120, 600
"""The greatest age in years, and the longest reading in minutes, that anybody means."""


class Book(ReadAloud, Prose, Holding):
    """A picture book; without spreads it is a record alone.

    `age_from` and `age_to` are in years, `minutes` is how long it takes to read aloud.
    """

    class Level(models.TextChoices):
        LISTENING = "listening", _("听大人读")
        BEGINNING = "beginning", _("学着自己读")
        ALONE = "alone", _("自己读")
        FLUENT = "fluent", _("读长一点的")

    code, glyph, tone, schema_type = "PB", "绘", "hui", "Book"
    covers_its_shelf = True
    shelf = ShelfSpec(
        "picturebooks",
        "绘本",
        "Picture books",
        "",
        "",
        2,
        "图、中文、英文，和孩子一页一页读。",
        "A picture, Chinese and English, to read with a child page by page.",
    )
    author = models.CharField(_("作者"), max_length=300, blank=True)
    author_en = models.CharField(_("英文作者"), max_length=300, blank=True)
    illustrator = models.CharField(_("绘者"), max_length=300, blank=True)
    illustrator_en = models.CharField(_("英文绘者"), max_length=300, blank=True)
    translator = models.CharField(_("译者"), max_length=300, blank=True)
    translator_en = models.CharField(_("英文译者"), max_length=300, blank=True)
    publisher = models.CharField(_("出版者"), max_length=300, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    reading_level = models.CharField(_("阅读程度"), max_length=10, choices=Level.choices, blank=True)
    age_from = models.PositiveSmallIntegerField(
        _("从几岁"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("到几岁"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)], help_text=_("不写就是“几岁起”。")
    )
    minutes = models.PositiveSmallIntegerField(
        _("读几分钟"), null=True, blank=True, validators=[MaxValueValidator(LONGEST)]
    )
    after_reading = models.TextField(
        _("读完以后"),
        blank=True,
        help_text=_("一行一件事，最多三行，如：找一片叶：数一数，它有几个尖？不写就用通用的三件。"),
    )
    after_reading_en = models.TextField(_("英文读完以后"), blank=True)
    # What it was called in the folder that it came from: `import_book` knows it again by this, however its title changes.
    origin = models.CharField(_("导入名"), max_length=200, blank=True, editable=False, db_index=True)

    kind_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("author"), FieldPanel("author_en")]),
        FieldRowPanel([FieldPanel("illustrator"), FieldPanel("illustrator_en")]),
        FieldRowPanel([FieldPanel("translator"), FieldPanel("translator_en")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("isbn")]),
        FieldRowPanel(
            [FieldPanel("reading_level"), FieldPanel("age_from"), FieldPanel("age_to"), FieldPanel("minutes")]
        ),
        PlacedPanel("spreads", heading=_("对开页"), label=_("对开页")),
        *ALOUD_PANELS,
        FieldRowPanel([FieldPanel("after_reading"), FieldPanel("after_reading_en")]),
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
        Column("阅读程度", "reading_level", "choice"),
        Column("从几岁", "age_from", "integer"),
        Column("到几岁", "age_to", "integer"),
        Column("读几分钟", "minutes", "integer"),
        Column("读完以后", "after_reading"),
        Column("英文读完以后", "after_reading_en"),
        Column("导入名", "origin"),
        *ALOUD_COLUMNS,
    )
    marc = MarcMap(
        illustrator=("illustrator", "illustrator_en"), translator=("translator", "translator_en"), readers="abcj"
    )
    exclude_fields_in_copy: ClassVar[list[str]] = [*Holding.exclude_fields_in_copy, "origin"]

    class Meta:
        verbose_name = _("绘本")
        verbose_name_plural = pgettext_lazy("复数", "绘本")

    def clean(self) -> None:
        """Refuse an age that ends before it begins."""
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("“到几岁”比“从几岁”小。")})

    @property
    def ages(self) -> str:
        """For whom it is, by age: `4–6 岁`, `4 岁起`; empty where nothing is known."""
        if self.age_from is None or self.age_from == self.age_to:
            return "" if self.age_to is None else _("%(to)s 岁") % {"to": self.age_to}
        if self.age_to is None:
            return _("%(from)s 岁起") % {"from": self.age_from}
        return _("%(from)s–%(to)s 岁") % {"from": self.age_from, "to": self.age_to}

    def for_whom(self, language: str) -> list[TextPart]:
        """Return for whom it is, in a language."""
        with translation.override(language):
            return [TextPart(str(self.get_reading_level_display())), TextPart(str(self.ages))]

    def jsonld(self) -> dict[str, str]:
        """Say who made it, and its number in the trade."""
        makers = {name: say(self, name).text for name in ("author", "illustrator", "translator")}
        return {**makers, "publisher": self.publisher, "isbn": self.isbn}

    def text_parts(self) -> list[TextPart]:
        """Find a book by what its spreads say."""
        spreads = (TextPart(spread.text, f"spread-{number}") for number, spread in enumerate(self.spreads.all(), 1))
        own = map(TextPart, (self.author, self.illustrator, self.translator, self.publisher, self.isbn))
        return [*own, *self.for_whom("zh-hans"), *super().text_parts(), *spreads]

    def text_parts_en(self) -> list[TextPart]:
        """Find a book by the English of its spreads."""
        spreads = (TextPart(spread.text_en, f"spread-{number}") for number, spread in enumerate(self.spreads.all(), 1))
        makers = map(TextPart, (self.author_en, self.illustrator_en, self.translator_en))
        return [*makers, *self.for_whom("en"), *super().text_parts_en(), *spreads]


class Spread(ReadAloud, Orderable, Part):
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
        *ALOUD_COLUMNS,
    )
    key = ("book", "sort_order")

    book = ParentalKey(Book, on_delete=models.CASCADE, related_name="spreads")
    image = models.ForeignKey(
        "media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("图片")
    )
    text = models.TextField(pgettext_lazy("对开页", "文字"), blank=True)
    text_en = models.TextField(_("英文文字"), blank=True)
    pinyin = models.TextField(
        _("拼音"),
        blank=True,
        help_text=_(
            "一个词连写，词和词之间空格，标点不写，如：我 也 晒 一会儿 写成 wǒ yě shài yíhuìr；请逐字校对多音字。"
        ),
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("image"),
        FieldPanel("text"),
        FieldPanel("text_en"),
        FieldPanel("pinyin"),
        FieldRowPanel([FieldPanel("sound_zh"), FieldPanel("sound_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("对开页")
        verbose_name_plural = pgettext_lazy("复数", "对开页")

    def __str__(self) -> str:
        return self.text[:30]

    def clean(self) -> None:
        """Refuse pinyin that does not fit the text: readers would see it over no character."""
        super().clean()
        if found := misfit(self.text, self.pinyin):
            message = _(
                "拼音和文字对不上：文字有 %(characters)d 个汉字，拼音有 %(syllables)d 个音节，到“%(where)s”这里读不通。"
                "一个词连写，词和词之间空格；儿化音连写，如 huār。"
            )
            raise ValidationError({"pinyin": message % vars(found)})
