"""Words set in lines where no browser of ours sets them: which pieces stay together, and how large they can be."""

import re
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from picturebooks.pinyin import Pair
from picturebooks.reading import ruby

CLOSING = frozenset("，。！？；：、）》〉」』】〕”’…—～·,.!?;:)]}%")
"""What begins no line."""
OPENING = frozenset("（《〈「『【〔“‘([{")
"""What ends none."""
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say."""
ENGLISH = 0.68
"""The size of English beside Chinese of 1."""
Group = tuple[Pair, ...]


@dataclass(frozen=True)
class Sheet:
    """A page: its size, what is left free round it and below the picture, all in one unit.

    `pictures` are the heights that a picture may have, `sizes` those of the type; the largest at which the words have room
    are taken, the `small` ones beside the lowest picture alone.
    """

    width: float
    height: float
    edge: float
    gap: float
    pictures: tuple[float, ...]
    sizes: tuple[float, ...]
    small: tuple[float, ...]

    @property
    def column(self) -> float:
        """How wide the words may run."""
        return self.width - 2 * self.edge


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of Chinese in groups that no line break parts; each piece is a text and the syllables over it."""

    groups: tuple[Group, ...]

    @property
    def has_pinyin(self) -> bool:
        """Whether anything stands over it."""
        return any(over for group in self.groups for _base, over in group)

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(base for group in self.groups for base, _over in group)


def clean(text: str) -> str:
    """Return a text that XML can hold."""
    return UNPRINTABLE.sub("", text)


def chinese(text: str, pinyin: str) -> tuple[Paragraph, ...]:
    """Return a spread's Chinese, paragraph by paragraph, with its pinyin where that fits."""
    pairs = ruby(clean(text), clean(pinyin))
    blocks = [list(block) for broken, block in groupby(pairs, lambda pair: pair[0] == "\n") if not broken]
    made = (Paragraph(grouped(block)) for block in blocks)
    return tuple(paragraph for paragraph in made if paragraph.plain.strip())


def english(text: str) -> tuple[str, ...]:
    """Return a spread's English, paragraph by paragraph."""
    return tuple(line.strip() for line in clean(text).splitlines() if line.strip())


def grouped(pairs: list[Pair]) -> tuple[Group, ...]:
    """Put marks to what they belong to: closing ones to the piece before, opening ones to the piece after."""
    made: list[list[Pair]] = []
    for base, over in pairs:
        before = made[-1][-1][0] if made else ""
        if made and not base.isspace() and (base[0] in CLOSING or before in OPENING):
            made[-1].append((base, over))
        else:
            made.append([(base, over)])
    return tuple(map(tuple, made))


def height_of(paragraphs: tuple[Paragraph, ...], lines: tuple[str, ...], size: float, width: float) -> float:
    """Return about how high a spread's words stand in a column, all in the same unit; `size` is that of the Chinese.

    A syllable is wider than the character under it; English is set at two thirds of the size, half as wide as high.
    """
    high = 0.0
    for paragraph in paragraphs:
        wide, lead = (1.4, 2.1) if paragraph.has_pinyin else (1.0, 1.65)
        high += ceil(len(paragraph.plain) * wide * size / width + 0.3) * size * lead + size * 0.3
    small = size * ENGLISH
    for line in lines:
        high += ceil(len(line) * 0.52 * small / width + 0.3) * small * 1.45 + small * 0.4
    return high


def layout(
    sheet: Sheet, shape: tuple[int, int] | None, zh: tuple[Paragraph, ...], lines: tuple[str, ...]
) -> tuple[float, float, float]:
    """Return the width and the height of a picture of a shape, and the size of the type; 0 where the words have no room."""
    tries = [(tall, size) for tall in sheet.pictures for size in sheet.sizes]
    tries += [(sheet.pictures[-1], size) for size in sheet.small]
    wide = high = 0.0
    for tall, size in tries:
        wide, high = fitted(sheet, shape, tall)
        room = sheet.height - 2 * sheet.edge - (high + sheet.gap if high else 0)
        if height_of(zh, lines, size, sheet.column) <= room:
            return wide, high, size
    return wide, high, 0


def fitted(sheet: Sheet, shape: tuple[int, int] | None, tall: float) -> tuple[float, float]:
    """Return the width and the height of a picture of a shape in pixels, no wider than the words and no taller than said."""
    if shape is None:
        return 0, 0
    scale = min(sheet.column / shape[0], tall / shape[1])
    return shape[0] * scale, shape[1] * scale
