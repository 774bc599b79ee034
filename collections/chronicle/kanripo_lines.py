"""Reading one file of the Kanripo text format into lines: leaves, indents, small notes, characters without a code."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

INDENT = "\u3000"
WIDTH = 21
"""Characters of a full woodblock line, where a file is too short to tell."""
LARGEST = 20 * 1024 * 1024
"""Bytes of one file; the longest juan of a real book has a hundredth of it."""
LEAF = re.compile(r"<pb:([A-Za-z0-9_.:-]*)>")
OTHER_TAG = re.compile(r"<md:[A-Za-z0-9_.:-]*>")
UNENCODED = re.compile(r"&([A-Za-z]+[A-Za-z0-9+-]{1,18});")
NOTE = re.compile(r"\(([^()/]*)/?([^()/]*)\)")
PROPERTY = re.compile(r"#\+(\w+):?\s*(.*)")
DRAWER = re.compile(r":[A-Za-z_-]+:")
OURS = str.maketrans("⟦⟧⟨⟩〖〗", "〚〛〈〉【】")
"""Brackets that mean something to the library, and what a source's own become."""
ORG_HEADING = re.compile(r"(\*{1,8})[ \t]+(\S.*)")
MARKS = re.compile(r"⟦[^⟦⟧]*⟧")
SPREAD = re.compile(INDENT + "{4,}")


class GazetteerError(Exception):
    """A folder or file that cannot be read; the message is for the librarian and names file and line."""


@dataclass
class Line:
    """One woodblock line. `marks` are the leaves that begin before it; `level` is that of an org heading.

    `opens` says that the header named a new section (JUAN) right before it.
    """

    text: str
    number: int
    indent: int = 0
    width: int = 0
    marks: str = ""
    leaf: str = ""
    level: int = 0
    opens: bool = False

    @property
    def spread(self) -> bool:
        """Whether wide gaps stretch it, as between a title and its author: it only looks full."""
        return bool(SPREAD.search(self.text))


@dataclass
class Source:
    """One file: what its header says, its lines in order (empty ones part paragraphs), its sections (JUAN)."""

    path: Path
    properties: dict[str, str] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marks: str = ""
    width: int = 0
    opening: bool = False

    @property
    def title(self) -> str:
        """The book's name as the header gives it, without what follows a slash."""
        return self.properties.get("TITLE", "").split(" / ")[0].strip()

    def full(self, line: Line) -> bool:
        """Whether a line reaches the foot of its column, so that the text runs on in the next."""
        return bool(self.width) and line.width >= self.width - 1 and not line.spread and not line.level


def text_of(path: Path) -> str:
    """Return a file's text; GazetteerError for what is empty, unreadable or not UTF-8."""
    try:
        if path.stat().st_size > LARGEST:
            raise GazetteerError(_("%(file)s：文件超过 20 MB，不像一卷书。") % {"file": path.name})
        raw = path.read_bytes()
    except OSError as error:
        raise GazetteerError(
            _("%(file)s：读不出来（%(why)s）。") % {"file": path.name, "why": error.strerror}
        ) from None
    if not raw.strip():
        raise GazetteerError(_("%(file)s：文件是空的。") % {"file": path.name})
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = _("%(file)s 第 %(line)d 行：不是 UTF-8 编码，请先转成 UTF-8。")
        raise GazetteerError(message % {"file": path.name, "line": line}) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = _("%(file)s 第 %(line)d 行：有空字符，不是文本文件，或是没有标明的 UTF-16 编码。")
        raise GazetteerError(message % {"file": path.name, "line": line})
    return text.replace("\r\n", "\n").replace("\r", "\n")


def leaf_of(name: str) -> str:
    """Return `013-1a` of `KR2k0023_WYG_013-1a`, or the last part of any other identifier."""
    return name.rsplit("_", 1)[-1][:40]


def note(found: re.Match[str]) -> str:
    """Write a note of two columns, the right one first, as one; an empty one vanishes."""
    inside = found[1] + found[2]
    return f"⟨{inside}⟩" if inside.strip() else ""


def read_text(text: str) -> str:
    """Turn the marks of a line into those of the library: ⟦leaf⟧, ⟨note⟩, 〖code〗."""
    text = UNENCODED.sub(r"〖\1〗", OTHER_TAG.sub("", text.translate(OURS)))
    return NOTE.sub(note, LEAF.sub(lambda found: f"⟦{leaf_of(found[1])}⟧", text))


def width_of(text: str) -> int:
    """Return how many characters of the column a line takes; a note takes the longer of its two columns."""
    plain = UNENCODED.sub("〓", LEAF.sub("", OTHER_TAG.sub("", text)))
    return len(NOTE.sub(lambda found: "〓" * max(len(found[1]), len(found[2])), plain).rstrip(INDENT + " \t"))


def check_tags(path: Path, number: int, text: str) -> None:
    """Refuse a leaf tag that was cut off: the text after it would be cited from the wrong leaf."""
    rest = LEAF.sub(lambda found: "" if leaf_of(found[1]) else found[0], text)
    if "<pb" in rest:
        message = _("%(file)s 第 %(line)d 行：换叶标记 <pb:…> 不完整。")
        raise GazetteerError(message % {"file": path.name, "line": number})


def make_line(text: str, number: int, leaf: str) -> Line:
    """Read one woodblock line; marks before its first character go to `marks`."""
    made = Line("", number, leaf=leaf)
    while found := LEAF.match(text):
        made.marks, made.leaf, text = made.marks + read_text(found[0]), leaf_of(found[1]), text[found.end() :]
    heading = ORG_HEADING.match(text)
    if heading:
        made.level, text = len(heading[1]), heading[2]
    bare = text.lstrip(INDENT + " \t")
    made.indent, made.width = len(text) - len(bare), width_of(text)
    made.text = read_text(bare).rstrip(INDENT + " \t")
    return made


def take_property(source: Source, name: str, value: str, leaf: str, number: int) -> None:
    """Keep what a `#+` line says; a second JUAN within a file begins another section of it."""
    key, _space, rest = value.partition(" ")
    if name.upper() == "PROPERTY":
        name, value = key, rest
    name, value = name.upper(), value.strip()
    if name == "JUAN" and value not in source.sections:
        source.opening = bool(source.sections)
        source.sections.append(value)
        source.lines.append(Line("", number, leaf=leaf))
    source.properties.setdefault(name, value)


def read_source(path: Path) -> Source:
    """Read one file; GazetteerError names the file and the line that cannot be read."""
    source, leaf, text = Source(path), "", text_of(path)
    in_drawer = False
    for number, row in enumerate(text.split("\n"), 1):
        in_drawer = row.startswith(":PROPERTIES:") or (in_drawer and bool(DRAWER.match(row)))
        if in_drawer:
            continue
        if row.startswith("#"):
            if found := PROPERTY.match(row):
                take_property(source, found[1], found[2], leaf, number)
            continue
        check_tags(path, number, row)
        leaf = take_row(source, row, number, leaf)
    source.width = full_width(source.lines) if "¶" in text else 0
    return source


def take_row(source: Source, row: str, number: int, leaf: str) -> str:
    """Add the woodblock lines of one line of the file, and return the leaf that it ends on."""
    pieces = row.split("¶")
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    for piece in pieces:
        line = make_line(piece, number, leaf)
        inner = MARKS.findall(line.text)
        leaf = inner[-1][1:-1] if inner else line.leaf
        if line.marks and not line.text:
            source.marks += line.marks
            continue
        if line.text:
            line.marks, source.marks = source.marks + line.marks, ""
            line.opens, source.opening = source.opening, False
        source.lines.append(line)
    return leaf


def full_width(lines: list[Line]) -> int:
    """Return how many characters a full line of this file has: the commonest of the long widths."""
    widths = Counter(line.width for line in lines if line.width >= 10 and "⟨" not in line.text and not line.spread)
    if not widths or widths.most_common(1)[0][1] < 8:
        return WIDTH
    return widths.most_common(1)[0][0]
