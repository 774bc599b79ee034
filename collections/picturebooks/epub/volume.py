"""What stands in a book's EPUB, as plain values: equal values give equal bytes."""

import hashlib
from dataclasses import dataclass
from datetime import UTC

from django.utils.translation import gettext as _

from cms.catalogue.bilingual import CHINESE, ENGLISH, in_english, say
from cms.pages.absolute_urls import absolute
from media.models import Image
from media.renditions import ready
from picturebooks.epub.leaves import SHEET, Leaf, Plate, leaf_of, words_for
from picturebooks.epub.tracks import Reel, clock, tracks_of
from picturebooks.models import Book, Spread
from picturebooks.setting import clean, fitted
from picturebooks.taking import has_all_words, pictures_of

FORM = 2
"""Counted up when books that were made before should be made anew."""


@dataclass(frozen=True)
class Maker:
    """Somebody who made the book, by the role that MARC's relators give (aut, ill, trl); `name` in the reader's language."""

    name: str
    role: str
    label: str


@dataclass(frozen=True)
class Volume:
    """A book in the language of one reader, with the other beside it."""

    uid: str
    lang: str
    languages: tuple[str, ...]
    address: str
    titles: tuple[tuple[str, str], ...]
    summary: tuple[str, str]
    makers: tuple[Maker, ...]
    publisher: str
    rights: str
    rights_uri: str
    modified: str
    cover: Plate | None
    leaves: tuple[Leaf, ...]
    plates: tuple[Plate, ...]
    reels: tuple[Reel, ...]
    described: bool
    sample: bool
    labels: tuple[tuple[str, str], ...]

    @property
    def has_pinyin(self) -> bool:
        """Whether anything stands over any character."""
        return any(paragraph.has_pinyin for leaf in self.leaves for paragraph in leaf.chinese)

    @property
    def told_for(self) -> str:
        """How long the whole is read aloud, as SMIL writes it; empty where nobody reads."""
        lasts = sum(track.lasts for leaf in self.leaves for track in leaf.told)
        return clock(lasts) if lasts else ""

    @property
    def narrators(self) -> list[str]:
        """Who reads, each once."""
        return list(dict.fromkeys(reel.reader for reel in self.reels if reel.reader))

    @property
    def cover_shape(self) -> tuple[int, int]:
        """Pixels of the cover's picture on its page."""
        wide, high = fitted(SHEET, (self.cover.width, self.cover.height) if self.cover else None, SHEET.pictures[0])
        return round(wide), round(high)

    @property
    def fingerprint(self) -> str:
        """A hash of all that goes in."""
        return hashlib.blake2b(f"{FORM} {self!r}".encode(), digest_size=12).hexdigest()


def volume_of(book: Book) -> Volume:
    """Return the volume of a book as it is now, in the active language; the book has its spreads and their sizes at hand."""
    spreads: list[Spread] = list(book.spreads.all())
    shelf = Shelf()
    cover = shelf.plate(book.cover or spreads[0].image, _("封面"))
    tracks, reels = tracks_of(book, spreads)
    leaves = tuple(
        leaf_of(spread, number, shelf.plate(spread.image, words_for(spread.image, number)), tracks.get(number, ()))
        for number, spread in enumerate(spreads, 1)
    )
    titles = [(clean(book.title), CHINESE), (clean(book.title_en), ENGLISH)]
    ordered = [pair for pair in (titles[::-1] if in_english() else titles) if pair[0].strip()]
    about = say(book, "summary")
    said = [CHINESE] * any(leaf.chinese for leaf in leaves) + [ENGLISH] * any(leaf.english for leaf in leaves)
    return Volume(
        uid=book.uid,
        lang=ENGLISH if in_english() else CHINESE,
        languages=tuple(sorted(said or [CHINESE], key=lambda lang: (lang == ENGLISH) != in_english())),
        address=absolute(f"{'/en' if in_english() else ''}/id/{book.uid}"),
        titles=tuple(ordered),
        summary=(clean(about.text), about.lang),
        makers=tuple(makers_of(book)),
        publisher=clean(book.publisher),
        rights=clean(str(book.get_rights_uri_display()) if book.rights_uri else _("权利未说明")),
        rights_uri=book.rights_uri,
        modified=changed_at(book),
        cover=cover,
        leaves=leaves,
        plates=tuple(shelf.plates.values()),
        reels=reels,
        described=has_all_words(pictures_of(book, spreads)),
        sample=book.sample,
        labels=tuple(labels().items()),
    )


class Shelf:
    """The pictures of a volume, each once, in the order in which they are first seen."""

    def __init__(self) -> None:
        self.plates: dict[str, Plate] = {}

    def plate(self, image: Image | None, instead: str) -> Plate | None:
        """Return the largest size of a picture with its words, or `instead` of those; None where there is no size of it yet."""
        sizes = ready(image) if image else {}
        if not sizes:
            return None
        size = sizes[max(sizes)]
        first = self.plates.get(size.file.name)
        words = say(image, "alt")
        made = Plate(
            name=first.name if first else f"images/picture-{len(self.plates) + 1:03d}.webp",
            file=size.file.name,
            width=size.width,
            height=size.height,
            alt=clean(words.text.strip() or instead),
            lang=words.lang if words.text.strip() else (ENGLISH if in_english() else CHINESE),
        )
        self.plates.setdefault(size.file.name, made)
        return made


def makers_of(book: Book) -> list[Maker]:
    """Return who made a book, with the role of each."""
    roles = (("author", "aut", _("作者")), ("illustrator", "ill", _("绘者")), ("translator", "trl", _("译者")))
    found = [(clean(say(book, field).text.strip()), role, label) for field, role, label in roles]
    return [Maker(name, role, label) for name, role, label in found if name]


def changed_at(book: Book) -> str:
    """Return when a book was last published, in UTC, as `dcterms:modified` wants it."""
    moment = book.last_published_at or book.latest_revision_created_at or book.first_published_at
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "2000-01-01T00:00:00Z"


def labels() -> dict[str, str]:
    """Return the words of the volume itself, in the active language."""
    return {
        "contents": _("目录"),
        "cover": _("封面"),
        "end": _("版权页"),
        "pages": _("各幅"),
        "rights": _("权利"),
        "address": _("永久地址"),
        "publisher": _("出版者"),
        "sample": _("示例：为演示而编。"),
        "access": _("每一幅有图，有中文和英文；版面固定，文字可以朗读。"),
    }
