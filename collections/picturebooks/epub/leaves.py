"""The pages of a fixed layout: a picture above, the words below, as large as they can be."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from media.models import Image
from picturebooks.aloud.sentences import chinese_sentences, english_sentences
from picturebooks.epub.tracks import Track, parted
from picturebooks.models import Spread
from picturebooks.reading import misfit
from picturebooks.setting import Paragraph, Sheet, chinese, clean, english, layout

SHEET = Sheet(
    width=900,
    height=1200,
    edge=48,
    gap=36,
    pictures=(700, 560, 420, 300),
    sizes=(44, 40, 36, 32, 29, 26),
    small=(23, 20),
)
"""Pixels, as the viewport says."""


@dataclass(frozen=True)
class Plate:
    """A picture in the volume: its name there, its file in the library, its pixels, its words and their language."""

    name: str
    file: str
    width: int
    height: int
    alt: str
    lang: str


@dataclass(frozen=True)
class Leaf:
    """One spread: its words by paragraph, and these in their sentences, pinyin that fits none of them, and the pixels of picture and type.

    `size` 0 says that the words are too many for a page: they are left to run on.
    """

    number: int
    name: str
    title: str
    plate: Plate | None
    wide: int
    high: int
    chinese: tuple[Paragraph, ...]
    english: tuple[str, ...]
    apart: str
    size: int
    chinese_parts: tuple[tuple[Paragraph, ...], ...] = ()
    english_parts: tuple[tuple[str, ...], ...] = ()
    told: tuple[Track, ...] = ()


def words_for(image: Image | None, number: int) -> str:
    """Return what is said of a picture that nobody has described."""
    return _("第 %(n)s 幅的图") % {"n": number}


def leaf_of(spread: Spread, number: int, plate: Plate | None, told: tuple[Track, ...] = ()) -> Leaf:
    """Return the page of a spread; what is read aloud of it lights its sentences."""
    zh = chinese(spread.text, spread.pinyin)
    en = english(spread.text_en)
    apart = " ".join(clean(spread.pinyin).split()) if misfit(spread.text, spread.pinyin) else ""
    shape = (plate.width, plate.height) if plate else None
    wide, high, size = layout(SHEET, shape, zh, (*en, *([apart] if apart else [])))
    return Leaf(
        number=number,
        name=f"spread-{number:03d}",
        title=_("第 %(n)s 幅") % {"n": number},
        plate=plate,
        wide=round(wide),
        high=round(high),
        chinese=zh,
        english=en,
        chinese_parts=parted(zh, chinese_sentences(spread)),
        english_parts=tuple(tuple(english_sentences(line)) for line in en),
        apart=apart,
        size=round(size),
        told=told,
    )
