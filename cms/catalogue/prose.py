"""Running text: its paragraphs, headings and quotations, the marks of old books, and links made from relations."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LEAF = re.compile(r"⟦([^⟦⟧]{1,40})⟧")
UNENCODED = re.compile(r"〖([^〖〗]{1,20})〗")
MARKS = re.compile(r"⟦(?P<leaf>[^⟦⟧]{1,40})⟧|〖(?P<char>[^〖〗]{1,20})〗|⟨(?P<note>[^⟨⟩]*)⟩")
LACKING = "〓"
IN_ENGLISH = "-en"
"""Ends the fragments of English paragraphs, so that a page can show both texts."""
EMPTY_LINE = re.compile(r"\n[ \t\u3000]*\n+")


@dataclass(frozen=True)
class Link:
    """Where a name in the text leads, and which underline it gets: pn person, pl place, wk work."""

    url: str
    css: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: text, or a leaf, an unencoded character, a note, a link; `marked` when it was looked for."""

    form: str
    text: str
    link: Link | None = None
    pieces: tuple["Piece", ...] = ()
    marked: bool = False

    @property
    def plain(self) -> str:
        """The text as `plain` gives it to search."""
        if self.form == "note":
            return "".join(piece.plain for piece in self.pieces)
        return {"leaf": "", "unencoded": LACKING}.get(self.form, self.text)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or quotation; `anchor` is its permanent address on the page."""

    form: str
    anchor: str
    pieces: tuple[Piece, ...] = field(default=())

    @property
    def in_english(self) -> bool:
        """Whether it is of a translation."""
        return self.anchor.endswith(IN_ENGLISH)

    @property
    def text(self) -> str:
        """The text alone."""
        return "".join(piece.plain for piece in self.pieces)


class TextPart(NamedTuple):
    """A stretch of text that search should find, and the fragment at which it stands on the page: none is the top."""

    text: str
    anchor: str = ""


def anchor(number: int, suffix: str = "") -> str:
    """Return the fragment of a paragraph, counted from 1: `p3`; a translation's has a suffix, `p3-en`, on every page."""
    return f"p{number}{suffix}"


def raw_paragraphs(body: str) -> list[str]:
    """Split a body at its empty lines."""
    return [p.strip("\n") for p in EMPTY_LINE.split(body.replace("\r\n", "\n")) if p.strip()]


def plain(text: str) -> str:
    """Return a text without the marks of old books: leaves vanish, notes stand open, lacking characters are 〓."""
    return UNENCODED.sub(LACKING, LEAF.sub("", text)).replace("⟨", "").replace("⟩", "")


def plain_paragraphs(body: str) -> list[str]:
    """Return the paragraphs as search should read them, one for each block of `blocks`."""
    return [plain(re.sub(r"^(##|>) ", "", p)) for p in raw_paragraphs(body)]


def parts(body: str, suffix: str = "") -> list[TextPart]:
    """Return the paragraphs as search should read them, each with its fragment."""
    return [TextPart(text, anchor(number, suffix)) for number, text in enumerate(plain_paragraphs(body), 1)]


LETTER = re.compile(r"[^\W\d_\u3400-\u9fff\uf900-\ufaff]")
# A name that the name of a road or a lane begins with is part of that: 南京 in 南京西路.
LONGER = "[东西南北中東]{0,2}[一二三四五六七八九十]?(?:路|街|弄|大道|支路)"


def whole(name: str) -> str:
    """Return the pattern of a name that stands by itself: not inside a word of letters, nor at the head of a road's name."""
    before = r"(?<![^\W_\u3400-\u9fff\uf900-\ufaff])" if LETTER.match(name) else ""
    if LETTER.match(name[-1]):
        return rf"{before}{re.escape(name)}(?![^\W_\u3400-\u9fff\uf900-\ufaff])"
    return f"{before}{re.escape(name)}(?!{LONGER})"


class Linker:
    """Turns names of related holdings into links, once a paragraph each."""

    def __init__(self, names: Mapping[str, Link]) -> None:
        self.names = names
        longest_first = sorted(names, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(whole, longest_first))) if names else None

    def pieces(self, text: str, used: set[str]) -> Iterator[Piece]:
        """Yield the text with the first standing of each name as a link."""
        if self.pattern is None:
            yield Piece("text", text)
            return
        end = 0
        for found in self.pattern.finditer(text):
            link = self.names[found[0]]
            if link.url in used:
                continue
            used.add(link.url)
            if found.start() > end:
                yield Piece("text", text[end : found.start()])
            yield Piece("link", found[0], link)
            end = found.end()
        if end < len(text):
            yield Piece("text", text[end:])


def marked(text: str, linker: Linker, used: set[str]) -> Iterator[Piece]:
    """Yield the pieces of one paragraph."""
    end = 0
    for found in MARKS.finditer(text):
        if found.start() > end:
            yield from linker.pieces(text[end : found.start()], used)
        if found["leaf"]:
            yield Piece("leaf", found["leaf"])
        elif found["char"]:
            yield Piece("unencoded", found["char"])
        else:
            yield Piece("note", "", pieces=tuple(marked(found["note"], Linker({}), set())))
        end = found.end()
    if end < len(text):
        yield from linker.pieces(text[end:], used)


def blocks(body: str, names: Mapping[str, Link] | None = None, suffix: str = "") -> list[Block]:
    """Return the blocks of a body with its names linked; `suffix` ends the fragments of a translation."""
    linker, made = Linker(names or {}), []
    for number, text in enumerate(raw_paragraphs(body), 1):
        form = {"## ": "heading", "> ": "quote"}.get(text[:3], "quote" if text.startswith("> ") else "paragraph")
        if form != "paragraph":
            text = re.sub(r"^(##|>) ", "", text)
        made.append(Block(form, anchor(number, suffix), tuple(marked(text, linker, set()))))
    return made
