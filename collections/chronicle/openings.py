"""What the paragraphs of an old book are about, read from how they begin: a contents where the printers gave none.

Gazetteers open an article with its subject: 虎丘山在府城西北七里, 方惟深字子通.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cms.catalogue.prose import Block

SUBJECT = re.compile(r"([^\s　〓]{2,9}?)(?=[在字]|其先|初名|一名|即今)")
COLOPHON = re.compile(r"\S*[卷巻][〇一二三四五六七八九十百上中下]+")
LONGEST = 9
FEWEST = 4
"""Articles. A text with fewer is seen at a glance."""


@dataclass(frozen=True)
class Opening:
    """The first words of a paragraph, and its fragment on the page."""

    anchor: str
    words: str


def first_words(block: Block) -> str:
    """Return the subject of a paragraph, or the characters that it begins with."""
    text = ""
    for piece in block.pieces:
        if piece.form in ("text", "link"):
            text += piece.text
        elif piece.form == "note" and text:
            break
    if found := SUBJECT.match(text):
        return found[1]
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def openings(blocks: Sequence[Block]) -> list[Opening]:
    """Return the contents of a text from an old book; empty where it has headings, no leaves or few paragraphs."""
    if any(b.form == "heading" for b in blocks) or not any(p.form == "leaf" for b in blocks for p in b.pieces):
        return []
    made = [Opening(b.anchor, words) for b in blocks if (words := first_words(b)) and not COLOPHON.fullmatch(words)]
    return made if len(made) >= FEWEST else []
