"""Reading a folder of the Kanripo text format into a book with its juans and entries."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext as _

from chronicle.kanripo_layout import RULED, Paragraph, author_in, body, headings, listed, paragraphs, title
from chronicle.kanripo_lines import INDENT, MARKS, GazetteerError, Source, read_source

__all__ = ["Book", "GazetteerError", "Item", "Juan", "files_of", "read_book", "read_cover", "read_juan"]

FILE = re.compile(r"(?P<id>[A-Za-z0-9]{2,20})_(?P<number>\d{1,5})\.txt")
IDENTIFIER = re.compile(r"[A-Za-z0-9]{2,20}")
EDITION = re.compile(r"^\s*\|\s*(\S+?)\s*\|\s*【(.+?)】", re.MULTILINE)
OF_KANRIPO = re.compile(r"KR[1-6][a-z][0-9]{4}")
"""The numbers that Kanripo gives; a header with one says where its text was taken from."""
LONGEST_NAME = 200
LONGEST_OPENING = 60
"""Han characters. What stands before a juan's first heading belongs to the juan when it is no longer than this."""


@dataclass
class Item:
    """One entry of a juan: its heading (may be empty), its text, and the leaf on which it begins."""

    heading: str
    level: int
    body: str
    first_leaf: str

    @property
    def last_leaf(self) -> str:
        """The leaf on which it ends."""
        marks = MARKS.findall(self.body)
        return marks[-1][1:-1] if marks else self.first_leaf


@dataclass
class Juan:
    """One file of the book. `opening` is the colophon before the first entry."""

    number: int
    title: str
    opening: str = ""
    entries: list[Item] = field(default_factory=list)


@dataclass
class Book:
    """A gazetteer; `author` as the first colophon names him, with his dynasty, or None.

    `from_kanripo` is whether the files' own header says that the text is Kanripo's; a name of that form proves nothing.
    """

    id: str
    title: str
    edition: str
    author: str | None
    from_kanripo: bool = False
    juans: list[Juan] = field(default_factory=list)


def files_of(folder: Path) -> list[tuple[int, Path]]:
    """Return the juans' files by number; GazetteerError when this is no folder of the format."""
    if not folder.is_dir():
        raise GazetteerError(_("没有“%(folder)s”这个文件夹。") % {"folder": folder})
    found = [
        (match, path) for path in sorted(folder.iterdir()) if (match := FILE.fullmatch(path.name)) and path.is_file()
    ]
    if not found:
        message = _("“%(folder)s”里没有 KR2k0023_001.txt 这样的文件，不是汉籍リポジトリ（Kanripo）的文件夹。")
        raise GazetteerError(message % {"folder": folder})
    books = sorted({match["id"] for match, _path in found})
    if len(books) > 1:
        message = _("“%(folder)s”里混有几部书：%(books)s。请一部一个文件夹。")
        raise GazetteerError(message % {"folder": folder, "books": "、".join(books)})
    files = sorted((int(match["number"]), path) for match, path in found)
    for (number, path), (other, twin) in pairwise(files):
        if number == other:
            message = _("%(file)s 与 %(twin)s 是同一卷。")
            raise GazetteerError(message % {"file": path.name, "twin": twin.name})
    return files


def opening_length(made: list[Paragraph], heads: set[int]) -> int:
    """Return how many paragraphs at the head of a juan are its colophon."""
    end = min(heads, default=len(made))
    if end < len(made) and sum(p.han for p in made[:end]) <= LONGEST_OPENING:
        return end
    if sum(p.han for p in made) <= LONGEST_OPENING:
        return len(made)
    short = 0
    while short < min(end, 3) and made[short].lines == 1 and made[short].han <= 16:
        short += 1
    return short


def entries(made: list[Paragraph], heads: set[int], start: int) -> list[Item]:
    """Cut the paragraphs at their headings; headings with nothing between them are one."""
    items: list[Item] = []
    position = start
    while position < len(made):
        first = made[position]
        names: list[Paragraph] = []
        while position in heads or (names and position + 1 in heads and RULED.fullmatch(made[position].text)):
            names.append(made[position])
            position += 1
        end = min((n for n in heads if n >= position), default=len(made))
        marks = "".join(p.marks + "".join(MARKS.findall(p.text)) for p in names)
        text = marks + body(listed(made[position:end]))
        items.append(Item(" · ".join(title(p.text) for p in names), max(first.level, 1), text, first.leaf))
        position = end
    return items


def to_juan(number: int, source: Source) -> Juan:
    """Lay out one file."""
    made = paragraphs(source)
    if not made:
        raise GazetteerError(_("%(file)s：只有标记，没有正文。") % {"file": source.path.name})
    heads = headings(made, source)
    start = opening_length(made, heads)
    name = INDENT.join(source.sections) or (_("卷首") if number == 0 else _("卷%(number)d") % {"number": number})
    return Juan(number, name[:LONGEST_NAME], body(made[:start]), entries(made, heads, start))


def read_juan(number: int, path: Path) -> Juan:
    """Read one file; GazetteerError names the file and line that cannot be read."""
    return to_juan(number, read_source(path))


def author_of(source: Source) -> str | None:
    """Return who wrote the book, as `〔明〕王鏊`, from the colophon of its first juan."""
    for line in source.lines[:6]:
        if author := author_in(line.text):
            return author
    return None


def edition_of(folder: Path, source: Source) -> str:
    """Return the name of the edition from the folder's Readme, or its code."""
    code = source.properties.get("BASEEDITION", "").strip()
    readme = folder / "Readme.org"
    names = dict(EDITION.findall(readme.read_text("utf-8", "replace"))) if readme.is_file() else {}
    return names.get(code, code)


def read_cover(folder: Path) -> Book:
    """Read what the folder says of the book, without its text."""
    files = files_of(folder)
    source = read_source(next((path for number, path in files if number), files[0][1]))
    name = source.title
    if not name:
        raise GazetteerError(_("%(file)s：开头没有 #+TITLE 一行，不知道书名。") % {"file": source.path.name})
    identifier = source.properties.get("ID", "").strip()
    from_kanripo = bool(OF_KANRIPO.fullmatch(identifier))
    if not IDENTIFIER.fullmatch(identifier) and (named := FILE.fullmatch(files[0][1].name)):
        identifier = named["id"]
    return Book(
        identifier, name[:LONGEST_NAME], edition_of(folder, source)[:LONGEST_NAME], author_of(source), from_kanripo
    )


def read_book(folder: Path | str) -> Book:
    """Read a whole book; GazetteerError with a message for the librarian when it cannot be read."""
    folder = Path(folder)
    book = read_cover(folder)
    book.juans = [read_juan(number, path) for number, path in files_of(folder)]
    return book
