"""What stands on each page of a booklet, as plain values for the sheet."""

from collections.abc import Iterator
from typing import Any

from cms.pages.printing import settable
from picturebooks.booklet.folding import padded, sides
from picturebooks.epub.leaves import Leaf, Plate
from picturebooks.epub.volume import Volume
from picturebooks.setting import Paragraph, Sheet, fitted, height_of, layout

MM = 0.3528
"""Millimetres of a point."""
SHEET = Sheet(
    width=148,
    height=210,
    edge=12,
    gap=6,
    pictures=(105, 88, 70, 50),
    sizes=tuple(points * MM for points in (26, 23, 20, 18, 16, 14, 12.5)),
    small=tuple(points * MM for points in (11, 10)),
)
"""A5, in millimetres; the foot with the page's number stands in the edge."""
SMALLEST = SHEET.small[-1]
Words = tuple[tuple[Paragraph, ...], tuple[str, ...]]
"""What is said on a page: Chinese by paragraph, and English."""
BLANK: dict[str, Any] = {"kind": "blank"}


def booklet(volume: Volume) -> dict[str, Any]:
    """Return the values of a booklet: its sides, each with two pages, and the words of the whole."""
    front = [cover(volume)]
    for leaf in volume.leaves:
        front += pages_of(leaf)
    pages = padded(front, end(volume), BLANK)
    numbered = [{**page, "number": number} for number, page in enumerate(pages, 1)]
    values = {
        "lang": "zh" if volume.lang.startswith("zh") else "en",
        "title": volume.titles[0][0],
        "sides": [list(side) for side in sides(numbered)],
    }
    made: dict[str, Any] = settable(values)
    return made


def cover(volume: Volume) -> dict[str, Any]:
    """Return the first page."""
    labels = dict(volume.labels)
    wide, high = fitted(SHEET, shape_of(volume.cover), SHEET.pictures[0])
    return {
        "kind": "cover",
        "picture": picture(volume.cover, wide, high),
        "titles": [{"text": text, "lang": short(lang)} for text, lang in volume.titles],
        "makers": [f"{maker.label} {maker.name}" for maker in volume.makers],
        "sample": labels["sample"] if volume.sample else "",
    }


def end(volume: Volume) -> dict[str, Any]:
    """Return the last page: who made the book, how it may be used, where it stands."""
    labels = dict(volume.labels)
    facts = [(maker.label, maker.name) for maker in volume.makers]
    if volume.publisher:
        facts.append((labels["publisher"], volume.publisher))
    facts += [(labels["rights"], f"{volume.rights} {volume.rights_uri}".strip()), (labels["address"], volume.address)]
    return {
        "kind": "end",
        "titles": [{"text": text, "lang": short(lang)} for text, lang in volume.titles],
        "facts": [list(fact) for fact in facts],
        "sample": labels["sample"] if volume.sample else "",
    }


def pages_of(leaf: Leaf) -> Iterator[dict[str, Any]]:
    """Yield the page of a spread, and more where its words have no room beside the picture."""
    lines = (*([leaf.apart] if leaf.apart else []), *leaf.english)
    wide, high, size = layout(SHEET, shape_of(leaf.plate), leaf.chinese, lines)
    if size:
        yield {"kind": "spread", "picture": picture(leaf.plate, wide, high), **words(leaf.chinese, lines, size)}
        return
    if leaf.plate:
        wide, high = fitted(SHEET, shape_of(leaf.plate), SHEET.height - 2 * SHEET.edge)
        yield {"kind": "spread", "picture": picture(leaf.plate, wide, high), **words((), (), SMALLEST)}
    for zh, en in poured(leaf.chinese, lines):
        yield {"kind": "spread", "picture": None, **words(zh, en, SMALLEST)}


def poured(
    zh: tuple[Paragraph, ...], lines: tuple[str, ...]
) -> Iterator[tuple[tuple[Paragraph, ...], tuple[str, ...]]]:
    """Yield the words page by page, in the smallest type; what is longer than a page is parted between words."""
    room = SHEET.height - 2 * SHEET.edge
    page: Words = ((), ())
    pieces: list[Paragraph | str] = [*pieces_of(zh), *(part for line in lines for part in parts_of(line))]
    for piece in pieces:
        more = with_piece(page, piece)
        if any(page) and height_of(*more, SMALLEST, SHEET.column) > room:
            yield page
            more = with_piece(((), ()), piece)
        page = more
    yield page


def with_piece(page: Words, piece: Paragraph | str) -> Words:
    """Return the words of a page with one paragraph more."""
    zh, en = page
    return (zh, (*en, piece)) if isinstance(piece, str) else ((*zh, piece), en)


def pieces_of(paragraphs: tuple[Paragraph, ...], most: int = 240) -> Iterator[Paragraph]:
    """Yield paragraphs, those of very many groups in several."""
    for paragraph in paragraphs:
        for start in range(0, len(paragraph.groups), most):
            yield Paragraph(paragraph.groups[start : start + most])


def parts_of(line: str, most: int = 900) -> Iterator[str]:
    """Yield a line in parts that end between words, where there are any."""
    while len(line) > most:
        cut = line.rfind(" ", 1, most)
        cut = most if cut < 0 else cut
        yield line[:cut]
        line = line[cut:].lstrip()
    yield line


def words(zh: tuple[Paragraph, ...], lines: tuple[str, ...], size: float) -> dict[str, Any]:
    """Return the words of a page, the Chinese in groups that stay together."""
    return {
        "size": round(size, 2),
        "zh": [{"py": one.has_pinyin, "groups": [list(map(list, group)) for group in runs(one)]} for one in zh],
        "en": list(lines),
    }


def runs(paragraph: Paragraph) -> list[Any]:
    """Return a paragraph's groups; one without pinyin is a single run, which the sheet breaks by itself."""
    return list(paragraph.groups) if paragraph.has_pinyin else [((paragraph.plain, ""),)]


def shape_of(plate: Plate | None) -> tuple[int, int] | None:
    """Return the pixels of a picture."""
    return (plate.width, plate.height) if plate else None


def picture(plate: Plate | None, wide: float, high: float) -> dict[str, Any] | None:
    """Return a picture by the name of its file beside the sheet, in millimetres."""
    if plate is None:
        return None
    return {"file": file_name(plate), "alt": plate.alt, "wide": round(wide, 1), "high": round(high, 1)}


def file_name(plate: Plate) -> str:
    """Return what a picture is called beside the sheet."""
    return plate.name.rpartition("/")[2].replace(".webp", ".jpg")


def short(lang: str) -> str:
    """Return a language as the sheet knows it."""
    return "zh" if lang.startswith("zh") else "en"
