"""The pack for a phone: one HTML file with its pictures inside, which asks for nothing else and runs no script."""

import base64
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.translation import override

from cms.pages.numerals import in_words
from media.renditions import WIDTHS
from tours.guiding.packs import content, leaving
from tours.guiding.packs.content import Advance
from tours.guiding.packs.leaving import TOO_LARGE, Left, withheld
from tours.guiding.packs.pictures import Ready, read
from tours.guiding.told import Picture, Telling, Told
from tours.models import Language, Pack

MOST_BYTES = 30 * 1024 * 1024
FOR_TEXT = 8 * 1024 * 1024
"""Bytes kept free of pictures at least; two hundred stops of ten minutes are some 2 MB."""


@dataclass(frozen=True)
class Shown:
    """A picture in the file: its WebP as a data: address."""

    picture: Picture
    kept: Ready

    @property
    def address(self) -> str:
        """The picture itself (RFC 2397)."""
        return f"data:image/webp;base64,{base64.b64encode(self.kept.data).decode()}"

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return (len(self.kept.data) + 2) // 3 * 4


@dataclass(frozen=True)
class Page:
    """One stop in the file."""

    told: Told
    word: str
    pictures: tuple[Shown, ...]


def html(telling: Telling, pack: Pack, advance: Advance, most: int = MOST_BYTES) -> tuple[bytes, list[Left]]:
    """Return the file (UTF-8), at most `most` bytes, and what was left out of it."""
    left = withheld(telling)
    pages = fitting(telling, left, most - min(FOR_TEXT, most // 2), advance)
    with override(pack.language):
        context = {
            **content.cover(telling, pack),
            "telling": telling,
            "pages": pages,
            "left": leaving.in_words(left, pack.form),
            "english": pack.language == Language.ENGLISH,
        }
        made = render_to_string("tours/packs/single.html", context).encode("utf-8", "replace")
    if len(made) > most:
        # Scripts may be very long; a file without pictures is better than none.
        raise ValueError(f"{len(made)} bytes of text")
    return made, left


def fitting(telling: Telling, left: list[Left], room: int, advance: Advance) -> list[Page]:
    """Return the stops with their pictures as large as there is room for; the last ones go when nothing else helps."""
    for width in sorted(WIDTHS, reverse=True):
        pages, missing, size = shown(telling, width, room, advance)
        if size <= room:
            left += missing
            return pages
    left += missing
    return trimmed(pages, left, room)


def shown(telling: Telling, width: int, room: int, advance: Advance) -> tuple[list[Page], list[Left], int]:
    """Return the stops with pictures up to `width`, what cannot be read, and the bytes; it stops reading once over."""
    pages, missing, size = [], [], 0
    smallest = width == min(WIDTHS)
    for told in telling.stops:
        found = []
        for picture in () if told.empty else told.pictures:
            if kept := read(picture.image, width):
                found.append(Shown(picture, kept))
            else:
                missing.append(content.unread(told.number, picture))
        size += sum(one.size for one in found)
        pages.append(Page(told, in_words(told.number), tuple(found)))
        advance(told.number)
        if size > room and not smallest:
            break
    return pages, missing, size


def trimmed(pages: list[Page], left: list[Left], room: int) -> list[Page]:
    """Keep the pictures that there is room for, in the order of the stops: first the first of each."""
    kept: dict[int, list[Shown]] = {page.told.number: [] for page in pages}
    most = max((len(page.pictures) for page in pages), default=0)
    for turn in range(most):
        for page in pages:
            for one in page.pictures[turn : turn + 1]:
                room -= one.size
                if room >= 0:
                    kept[page.told.number].append(one)
                else:
                    of = one.picture.holding.pk
                    left.append(Left(stop=page.told.number, why=TOO_LARGE, of=of, characters=""))
    return [replace(page, pictures=tuple(kept[page.told.number])) for page in pages]
