"""From the lines of an old book to its paragraphs and headings, told apart by indents and by how full lines are."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from chronicle.kanripo_lines import INDENT, MARKS, Line, Source

HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
NOTES = re.compile(r"⟨[^⟨⟩]*⟩")
NOTE_SEAM = re.compile(r"⟩((?:⟦[^⟦⟧]*⟧)*)$")
GAP = re.compile(INDENT + "{2,}")
HEADING_INDENTS = (2, 3, 4)
LONGEST_HEADING = 14
SHORTEST_BODY = 20
"""Han characters. Indented lines that are mostly followed by less are lists of names, not headings."""
COMMENTS = ("考證", "名義", "右", "按", "案")
AUTHOR = re.compile(rf"{INDENT}(\S{{1,2}})[{INDENT} ]+([^\s⟨⟦]{{2,4}})[{INDENT} ]*[撰修纂輯辑編编著]$")
"""How a colophon names an author: 元　徐碩　撰, at the foot of its line or alone."""
BYLINE = re.compile(r"[\[〔（⟨【](\S{1,3}?)[\]〕）⟩】]\s*([^\s⟨⟦\[\]]{2,8}?)\s*[撰修纂輯辑編编著]")
"""How texts of today do: [清]某某 撰, a line of its own."""
SENTENCE = re.compile("[。！？；，]")
RULED = re.compile(r"[^\s　]{1,4}[路府州縣司]|[^\s　]{4,10}[牓榜]")
"""Short lines that rule what follows: an administrative unit, the list of one year's graduates."""


@dataclass
class Paragraph:
    """Lines joined to one text. `marks` are the leaves that begin right before it."""

    text: str
    indent: int
    leaf: str
    marks: str = ""
    lines: int = 1
    level: int = 0
    opens: bool = False
    hanging: int | None = None
    last: Line | None = field(default=None, repr=False)

    @property
    def han(self) -> int:
        """How many Han characters it has outside its small notes."""
        return len(HAN.findall(NOTES.sub("", self.text)))


def han(text: str) -> str:
    """Return the Han characters of a text, in order."""
    return "".join(HAN.findall(text))


def habits(source: Source) -> dict[int, int]:
    """Return, for paragraphs that begin at an indent, where their further lines mostly stand in this file.

    At the same indent, or one or two characters deeper: books differ, and so do the parts of one book.
    """
    steps: Counter[tuple[int, int]] = Counter()
    for above, below in pairwise(source.lines):
        if above.text and below.text and source.full(above) and not below.text.startswith(COMMENTS):
            steps[above.indent, below.indent - above.indent] += 1
    starts = {indent for indent, _step in steps}
    return {indent: indent + max((0, 1, 2), key=lambda step: steps[indent, step]) for indent in starts}


def runs_on(source: Source, paragraph: Paragraph, line: Line, further: dict[int, int]) -> bool:
    """Tell whether a line continues the paragraph above it."""
    if line.level or line.opens or not paragraph.last or not source.full(paragraph.last):
        return False
    if paragraph.hanging is not None:
        return line.indent == paragraph.hanging
    if line.indent > paragraph.indent and line.text.startswith(COMMENTS):
        return False
    habit = further.get(paragraph.indent, paragraph.indent)
    return line.indent in {habit, paragraph.indent + 1} if habit == paragraph.indent else line.indent == habit


def join(paragraph: Paragraph, line: Line) -> None:
    """Add a line; a note that runs over the end of a line becomes one note again."""
    before, after = paragraph.text + line.marks, line.text
    if after.startswith("⟨") and NOTE_SEAM.search(before):
        before, after = NOTE_SEAM.sub(r"\1", before), after[1:]
    paragraph.text, paragraph.last = before + after, line
    paragraph.lines += 1
    if paragraph.hanging is None:
        paragraph.hanging = line.indent


def paragraphs(source: Source) -> list[Paragraph]:
    """Return the paragraphs of a file in order."""
    made: list[Paragraph] = []
    further, broken = habits(source), True
    for line in source.lines:
        if not line.text:
            broken = True
        elif not broken and runs_on(source, made[-1], line, further):
            join(made[-1], line)
        else:
            made.append(
                Paragraph(line.text, line.indent, line.leaf, line.marks, last=line, level=line.level, opens=line.opens)
            )
            broken = False
    if source.marks and made:
        made[-1].text += source.marks
    return made


def words_of(paragraph: Paragraph) -> str:
    """Return what a heading would be called: its text without notes and without what stands at the foot."""
    return NOTES.sub("", MARKS.sub("", paragraph.text)).split(INDENT * 3)[0].strip(INDENT)


def author_in(text: str) -> str | None:
    """Return the author whom a line names, as `〔明〕王鏊`."""
    found = BYLINE.fullmatch(text.strip()) or AUTHOR.search(INDENT + text)
    return f"〔{found[1]}〕{found[2]}" if found else None


def could_head(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph has the shape of a heading: one short indented line with text of its own."""
    words = words_of(paragraph)
    return (
        paragraph.lines == 1
        and paragraph.indent in HEADING_INDENTS
        and 0 < len(HAN.findall(words)) <= LONGEST_HEADING
        and len(GAP.findall(paragraph.text)) < 2
        and not words.startswith(COMMENTS)
        and not SENTENCE.search(words)
        and not BYLINE.fullmatch(words)
    )


def printed_headings(made: list[Paragraph]) -> set[int]:
    """Return the short lines at the indent of the file's first one, unless lists are what stands at that indent."""
    shapes = [n for n, p in enumerate(made) if could_head(p) and n + 1 < len(made)]
    if not shapes:
        return set()
    first = shapes[0]
    level = [n for n in shapes if made[n].indent == made[first].indent]
    alone = [n for n in level if n == first or (n - 1 not in level and n + 1 not in level)]
    bodies = [sum(p.han for p in made[n + 1 : end]) for n, end in zip(alone, [*alone[1:], len(made)], strict=True)]
    are_lists = median(bodies) < SHORTEST_BODY or len(level) > 2 * len(alone)
    return {first} if are_lists else set(alone)


def outdented_headings(made: list[Paragraph], name: str) -> set[int]:
    """Return the short lines at the margin that stand over indented text, as plain texts from elsewhere set them.

    The book's own name at the head, and what stands over its author, is none.
    """
    return {
        n
        for n, (p, below) in enumerate(pairwise(made))
        if p.indent == 0
        and p.lines == 1
        and 0 < p.han <= LONGEST_HEADING
        and p.text != name
        and not SENTENCE.search(p.text)
        and below.indent > 0
        and not author_in(below.text)
        and not author_in(p.text)
    }


def headings(made: list[Paragraph], source: Source) -> set[int]:
    """Return the positions of the headings: org ones where there are any, or those told by their looks."""
    stars = {n for n, p in enumerate(made) if p.level}
    if not source.width and not stars and (found := outdented_headings(made, source.title)):
        return found
    opened = {n for n, p in enumerate(made) if p.opens and p.lines == 1 and p.han <= LONGEST_HEADING}
    return opened | (stars or printed_headings(made))


def is_list_line(paragraph: Paragraph) -> bool:
    """Tell whether it is a short indented line, as names and distances in lists are."""
    return paragraph.lines == 1 and paragraph.indent >= 2 and len(paragraph.text) <= 20 + 2 * paragraph.text.count("⟨")


def listed(made: list[Paragraph]) -> list[Paragraph]:
    """Draw the lines of each list together into one paragraph, a space between them."""
    drawn: list[Paragraph] = []
    for paragraph in made:
        above = drawn[-1] if drawn else None
        if above and above.indent == paragraph.indent and above.level == -1 and is_list_line(paragraph):
            above.text += INDENT + paragraph.marks + paragraph.text
            continue
        if is_list_line(paragraph):
            paragraph.level = -1
        drawn.append(paragraph)
    return drawn


def title(text: str) -> str:
    """Return a heading as a line of its own: no marks, and no wide gaps."""
    return GAP.sub(INDENT, MARKS.sub("", text)).strip(INDENT)


def body(made: list[Paragraph]) -> str:
    """Write paragraphs as the library's prose; a leaf that begins at a subheading is marked right after it."""
    written, waiting = [], ""
    for number, paragraph in enumerate(made):
        waiting += paragraph.marks
        follows = number + 1 < len(made)
        if follows and paragraph.lines == 1 and paragraph.indent < 2 and RULED.fullmatch(paragraph.text):
            written.append(f"## {paragraph.text}")
            continue
        text = GAP.sub(INDENT, paragraph.text)
        written.append(waiting + text)
        waiting = ""
    return "\n\n".join(written) + waiting
